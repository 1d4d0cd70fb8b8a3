namespace ImovoSim.Contracts;

/// <summary>A client whose weekly limit is 100.00: to the penny, and from Monday to Monday in London.</summary>
internal static class WeeklyLimits
{
    private static Case Limit(string id, string sentence, string fact, Func<Talk, Task> holds, params string[] needs) =>
        new(id, sentence) { Facts = [fact], Roles = [Role.Limited], Needs = [Capability.Limit, .. needs], Holds = holds };

    private static Case Week(string id, string sentence, string before, string after) =>
        Limit(id, sentence, "Q63", async talk =>
        {
            await talk.SetClock(before);
            await talk.Request(Role.Limited, "100.00");
            await talk.Request(Role.Limited, "1.00");
            await talk.SetClock(after);
            await talk.Request(Role.Limited, "1.00");
        }, Capability.Clock);

    private static Func<Talk, Task> Asks(params string[] values) => async talk =>
    {
        foreach (var value in values) await talk.Request(Role.Limited, value);
    };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Limit("to-the-penny", "The limit itself is issued, and a pound more is not", "Q63", Asks("60.00", "40.00", "1.00")),
        Limit("one-penny-over", "A penny over the limit is refused and costs nothing: the rest is still there", "Q63", Asks("60.00", "40.01", "40.00", "1.00")),
        Limit("at-once-whole", "The whole limit may go into one voucher", "Q63", Asks("100.00", "1.00")),
        Limit("with-id", "The other call says it in its own word", "Q63", async talk =>
        {
            await talk.RequestWithId(Role.Limited, "100.00");
            await talk.RequestWithId(Role.Limited, "1.00");
        }),
        Limit("both-calls-share-it", "Both calls spend the same limit", "Q63", async talk =>
        {
            await talk.Request(Role.Limited, "60.00");
            await talk.RequestWithId(Role.Limited, "60.00");
            await talk.RequestWithId(Role.Limited, "40.00");
            await talk.Request(Role.Limited, "1.00");
        }),
        Limit("cancelling-frees-nothing", "A cancelled voucher still counts", "Q63", async talk =>
        {
            var voucher = await talk.Request(Role.Limited, "100.00");
            await talk.Cancel(voucher, Client.Limited);
            await talk.Request(Role.Limited, "1.00");
        }),
        Limit("value-before-limit", "A wrong value is named before a spent limit", "Q42", Asks("100.00", "100.01", "0", "1.00")),
        Limit("spent-at-once", "Ten requests at once for twenty pounds each issue five vouchers, never six", "Q63", talk =>
            talk.AtOnce(10, Call.Post("/VoucherRequest/Request?campaignCode={limited}&customerReference={own reference}&value=20.00") with { Client = Client.Limited, Role = Role.Limited, Value = "20.00" }),
            Capability.AtOnce),
        Week("winter-week", "The week ends at midnight on Sunday", "2026-01-18T23:59:59+00:00", "2026-01-19T00:00:00+00:00"),
        Week("summer-week", "In summer the week ends at London's midnight, an hour before Greenwich's", "2026-07-05T23:59:59+01:00", "2026-07-06T00:00:00+01:00"),
        Week("clocks-go-forward", "The week in which the clocks go forward ends at the new midnight", "2026-03-29T23:59:59+01:00", "2026-03-30T00:00:00+01:00"),
        Week("clocks-go-back", "The week in which the clocks go back ends at the new midnight", "2026-10-25T23:59:59+00:00", "2026-10-26T00:00:00+00:00"),
        Week("saturday-is-not-the-end", "The week does not end on Saturday", "2026-07-04T23:59:59+01:00", "2026-07-05T00:00:00+01:00"),
        Week("new-year-is-not-the-end", "The week does not end with the year", "2026-12-31T23:59:59+00:00", "2027-01-01T00:00:00+00:00"),
        Week("not-seven-days", "The week is the calendar's: what was spent on Sunday is forgotten on Monday, not after seven days", "2026-07-12T12:00:00+01:00", "2026-07-13T09:00:00+01:00"),
        Week("a-month-is-not-the-end", "The week does not end with the month", "2026-06-30T23:59:59+01:00", "2026-07-01T00:00:00+01:00"),
    ];
}
