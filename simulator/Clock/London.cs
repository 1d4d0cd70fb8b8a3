namespace ImovoSim.Clock;

/// <summary>The wall clock that the vendor's dates are read from.</summary>
internal static class London
{
    private static readonly TimeZoneInfo Zone = Find();

    public static DateTime Wall(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Wall(instant));

    /// <summary>
    /// The instant of a wall-clock time. Of the two instants of a repeated hour it is the later, so that nothing
    /// expires twice; a time that the spring change skips is the instant of the change.
    /// </summary>
    public static DateTimeOffset Instant(DateTime wall)
    {
        wall = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(wall))
        {
            var skipped = wall.Date.AddHours(1);
            return new DateTimeOffset(skipped, TimeSpan.Zero);
        }

        var offset = Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Min() : Zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset);
    }

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static TimeZoneInfo Find()
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        }
        catch (TimeZoneNotFoundException)
        {
            throw new SettingException(
                "This system does not know the time zone Europe/London: install tzdata, or copy /usr/share/zoneinfo/Europe/London from a system that has it.");
        }
    }
}
