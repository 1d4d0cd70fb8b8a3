using ImovoSim.Campaigns;

namespace ImovoSim.Clock;

/// <summary>How a clock moves on: months and days along London's calendar, hours and less exactly.</summary>
internal static class Advance
{
    /// <summary>A frozen clock stays frozen, at its later instant; any other runs on from there.</summary>
    public static ClockSetting By(Duration duration, ClockSetting clock, DateTimeOffset real)
    {
        var to = To(duration, clock.At(real));
        return clock.FrozenAt is null ? new ClockSetting(to - real, null) : new ClockSetting(default, to);
    }

    /// <summary>The Mondays 00:00 London that lie after the one instant and not after the other.</summary>
    public static IEnumerable<DateOnly> WeeksTurned(DateTimeOffset from, DateTimeOffset to)
    {
        for (var monday = London.Monday(London.Day(from)).AddDays(7); ; monday = monday.AddDays(7))
        {
            if (London.Instant(monday.ToDateTime(TimeOnly.MinValue)) > to)
                yield break;
            yield return monday;
        }
    }

    private static DateTimeOffset To(Duration duration, DateTimeOffset from)
    {
        if (duration.Months > 12 * 200 || duration.Days > 366 * 200 || duration.Time > TimeSpan.FromDays(366 * 200))
            return DateTimeOffset.MaxValue;
        var day = duration with { Time = TimeSpan.Zero };
        // A duration of hours only must not pass by the wall clock, which skips and repeats an hour a year.
        return (day is { Months: 0, Days: 0 } ? from : London.Instant(day.After(London.Wall(from)))) + duration.Time;
    }
}
