namespace ImovoSim.Contracts.Tests.Deviations;

/// <summary>Other weekly limits: each counts by itself what the limited client asks for, and lets a sandbox issue the vouchers.</summary>
internal static class Limits
{
    private const decimal Limit = 100.00m;

    private delegate bool Allows(List<Spent> spent, decimal asked, DateTimeOffset now);

    private sealed record Spent(DateTimeOffset At, decimal Pounds, string Code) { public bool Cancelled { get; set; } }

    private static Deviation Other(string kind, string name, Allows allows, Func<Asked, bool>? unlimited = null, bool countsRefused = false) => new(kind, name, clock =>
    {
        List<Spent> spent = [];
        return async (asked, simulator) =>
        {
            if (asked.Key?.StartsWith("limited-key-", StringComparison.Ordinal) != true) return await simulator(asked);
            var sandbox = asked.WithKey("sim_" + asked.Key);
            if (asked.IsCancel)
            {
                lock (spent) spent.Find(voucher => voucher.Code == asked.Code)?.Cancelled = true;
                return await simulator(sandbox);
            }
            var reply = await simulator(sandbox);
            if (!reply.Issues) return reply;
            var now = clock.GetUtcNow();
            if (unlimited?.Invoke(asked) == true) return reply;
            bool allowed;
            lock (spent)
            {
                allowed = allows(spent, asked.Pounds!.Value, now);
                if (allowed || countsRefused) spent.Add(new(now, asked.Pounds.Value, reply.Code!));
            }
            return allowed ? reply : Reply.Refusal(asked.IsWithId ? "ClientWeeklyValueLimitReached" : "Unable to create voucher: the client weekly value limit has been reached");
        };
    });

    private static decimal This(List<Spent> spent, DateTimeOffset now, Func<DateTimeOffset, object> week) => spent.Where(voucher => week(voucher.At).Equals(week(now))).Sum(voucher => voucher.Pounds);

    private static Func<DateTimeOffset, object> Week(DayOfWeek first, Func<DateTimeOffset, DateTime> day) =>
        instant => day(instant).Date.AddDays(-(((int)day(instant).DayOfWeek - (int)first + 7) % 7));

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static DateTime London(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    private static readonly Func<DateTimeOffset, object> Right = Week(DayOfWeek.Monday, London);

    private static Deviation Calendar(string name, Func<DateTimeOffset, object> week) =>
        Other("calendar", name, (spent, asked, now) => This(spent, now, week) + asked <= Limit);

    /// <summary>The same limit by another hand, to show that what is caught is the deviation and not the hand.</summary>
    public static Deviation None { get; } = Other("none", "the weekly limit is what it should be", (spent, asked, now) => This(spent, now, Right) + asked <= Limit);

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Other("arithmetic", "there is no weekly limit", (_, _, _) => true),
        Other("arithmetic", "the weekly limit itself is too much", (spent, asked, now) => This(spent, now, Right) + asked < Limit),
        Other("arithmetic", "the weekly limit looks at what was spent, not at what is asked", (spent, _, now) => This(spent, now, Right) < Limit),
        Other("arithmetic", "the weekly limit is for each voucher", (_, asked, _) => asked <= Limit),
        Other("arithmetic", "the weekly limit counts whole pounds", (spent, asked, now) => This(spent, now, Right) + decimal.Truncate(asked) <= Limit),
        Other("arithmetic", "a cancelled voucher gives its value back to the week", (spent, asked, now) => This([.. spent.Where(voucher => !voucher.Cancelled)], now, Right) + asked <= Limit),
        Other("arithmetic", "a refused request counts", (spent, asked, now) => This(spent, now, Right) + asked <= Limit, countsRefused: true),
        Other("arithmetic", "the other call knows no weekly limit", (spent, asked, now) => This(spent, now, Right) + asked <= Limit, unlimited: asked => asked.IsWithId),
        Other("arithmetic", "the weekly limit counts vouchers, not pounds", (spent, _, _) => spent.Count < 100),
        Calendar("the week ends at Greenwich's midnight", Week(DayOfWeek.Monday, instant => instant.UtcDateTime)),
        Calendar("the week ends on Saturday", Week(DayOfWeek.Sunday, London)),
        Calendar("the week ends with the year", instant => (Right(instant), London(instant).Year)),
        Calendar("the week ends with the month", instant => (Right(instant), London(instant).Month)),
        Calendar("the limit is for a day", instant => London(instant).Date),
        Calendar("the limit is for a month", instant => (London(instant).Year, London(instant).Month)),
        Calendar("the week is London's without summer time", Week(DayOfWeek.Monday, instant => instant.UtcDateTime.AddHours(1))),
        Other("calendar", "the week is any seven days", (spent, asked, now) => spent.Where(voucher => now - voucher.At < TimeSpan.FromDays(7)).Sum(voucher => voucher.Pounds) + asked <= Limit),
        Other("calendar", "the week never ends", (spent, asked, _) => spent.Sum(voucher => voucher.Pounds) + asked <= Limit),
        Deviation.Instead("validation", "the limit is looked at before the value", (asked, reply) => asked.Key?.StartsWith("limited", StringComparison.Ordinal) == true && reply.Says("value entered is invalid"),
            async (asked, simulator) => await simulator(asked.WithValue("1.00"))),
        // What was read before others had written: after the fifth voucher, as many pounds as two more still seem to be there.
        Other("concurrency", "parallel requests overspend the week", (spent, asked, now) => This(spent, now, Right) - (spent.Count > 4 ? 40m : 0m) + asked <= Limit),
    ];
}
