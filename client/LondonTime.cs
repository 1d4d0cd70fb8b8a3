namespace ImovoSim.Client;

internal static class LondonTime
{
    public static readonly TimeZoneInfo Zone = Find();

    /// Asks the zone about instants, never about local times, whose edges .NET gets wrong by a tick.
    public static DateTimeOffset ToInstant(DateTime london)
    {
        // A repeated time counts as winter time, its second pass: until then no clock shows a later time.
        // Before 1996 there are no vouchers, but there is 0001-01-01, which is how .NET says that it has no date.
        if (Winter(london) is var winter && (london.Year < 1996 || Zone.GetUtcOffset(winter) == winter.Offset))
            return winter;
        var summer = new DateTimeOffset(london, TimeSpan.FromHours(1));
        if (Zone.GetUtcOffset(summer) == summer.Offset)
            return summer;
        // No London clock ever shows this time: it goes from 00:59 to 02:00, at 01:00 UTC.
        return Winter(london.Date.AddHours(1)).ToOffset(summer.Offset);
    }

    public static DateTime FromInstant(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    private static DateTimeOffset Winter(DateTime london) => new(london, TimeSpan.Zero);

    private static TimeZoneInfo Find() =>
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone : ByRule();

    /// Small container images have no time zones. The rule since 1996: the last Sundays of March and October, 01:00 UTC.
    internal static TimeZoneInfo ByRule()
    {
        var spring = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 1, 0, 0), 3, 5, DayOfWeek.Sunday);
        var autumn = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 10, 5, DayOfWeek.Sunday);
        var summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), spring, autumn);
        return TimeZoneInfo.CreateCustomTimeZone("Europe/London", TimeSpan.Zero, "London", "GMT", "BST", [summer]);
    }
}
