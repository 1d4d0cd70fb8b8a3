namespace ImovoSim.Contracts;

/// <summary>Expiry dates around the edges of London's days, months and years.</summary>
internal static class ExpiryDates
{
    private static Case At(string id, string sentence, string fact, params string[] instants) =>
        new(id, sentence)
        {
            Facts = [fact], Roles = [Role.Cash, Role.Id], Needs = [Capability.Clock],
            Holds = async talk =>
            {
                foreach (var instant in instants)
                {
                    await talk.SetClock(instant);
                    await talk.Request(Role.Cash, "20.00");
                    await talk.RequestWithId(Role.Id, "1.00");
                }
            },
        };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        At("summer-midnight", "In summer the day begins at London's midnight, not Greenwich's", "Q22", "2026-06-30T23:59:59+01:00", "2026-07-01T00:00:00+01:00", "2026-07-01T00:59:59+01:00"),
        At("winter-midnight", "In winter the day begins at Greenwich's midnight", "Q22", "2026-01-15T23:59:59+00:00", "2026-01-16T00:00:00+00:00"),
        At("across-the-clocks-going-forward", "Thirty days across the spring change are thirty days of the calendar", "Q23", "2026-03-28T23:30:00+00:00", "2026-03-29T23:30:00+01:00"),
        At("across-the-clocks-going-back", "Thirty days across the autumn change are thirty days of the calendar", "Q23", "2026-10-24T23:30:00+01:00", "2026-10-25T23:30:00+00:00"),
        At("days-not-months", "Validity counts days, not months: from the end of January it reaches March", "Q23", "2026-01-31T12:00:00+00:00"),
        At("leap-day", "The 29th of February is a day", "Q23", "2028-01-30T12:00:00+00:00", "2028-02-29T12:00:00+00:00"),
        At("year-end", "A voucher issued in December expires in the next year", "Q23", "2026-12-31T23:30:00+00:00"),
        At("september", "September is written with three letters", "Q30", "2026-08-15T12:00:00+01:00", "2026-06-10T12:00:00+01:00"),
        At("every-month", "Months are written in English, three letters each", "Q30", "2026-03-25T12:00:00+00:00", "2026-05-01T12:00:00+01:00", "2026-09-10T12:00:00+01:00", "2026-11-10T12:00:00+00:00"),
        new("time-of-issue-in-summer", "A campaign that counts from the moment of issue prints London's time of day, in summer too")
        {
            Facts = ["Q21", "Q22"], Roles = [Role.Brief], Needs = [Capability.Clock],
            Holds = async talk =>
            {
                await talk.SetClock("2026-07-15T14:20:30.1234567+01:00");
                await talk.Request(Role.Brief, "5.00");
                await talk.SetClock("2026-07-15T23:59:30.5000000+01:00");
                await talk.Request(Role.Brief, "5.00");
            },
        },
    ];
}
