namespace ImovoSim.Client;

internal static class LondonTime
{
    public static readonly TimeZoneInfo Zone = Find();

    public static DateTimeOffset ToInstant(DateTime london)
    {
        if (Zone.IsInvalidTime(london))
            // No London clock ever shows this time: it goes from 00:59 to 02:00, at 01:00 UTC.
            return TimeZoneInfo.ConvertTime(new DateTimeOffset(london.Date.AddHours(1), TimeSpan.Zero), Zone);
        // A repeated time counts as winter time, its second pass: until then no clock shows a later time.
        var offset = Zone.IsAmbiguousTime(london) ? Zone.GetAmbiguousTimeOffsets(london).Min() : Zone.GetUtcOffset(london);
        return new DateTimeOffset(london, offset);
    }

    public static DateTime FromInstant(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

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
