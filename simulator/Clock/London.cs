namespace ImovoSim.Clock;

/// <summary>The wall clock that the vendor's dates are read from.</summary>
internal static class London
{
    private static readonly TimeZoneInfo Zone = Find();
    private static readonly Spell[]?[] Years = new Spell[DateTime.MaxValue.Year + 1][];

    public static DateTime Wall(DateTimeOffset instant) => new(instant.UtcTicks + Offset(instant.UtcTicks));

    /// <summary>The same instant, written with London's offset.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(new TimeSpan(Offset(instant.UtcTicks)));

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Wall(instant));

    /// <summary>
    /// The instant of a wall-clock time. Of the two instants of a repeated hour it is the later, so that nothing
    /// expires twice; a time that the spring change skips is the instant of the change.
    /// </summary>
    public static DateTimeOffset Instant(DateTime wall)
    {
        // The zone is asked about instants only: asked about wall clocks, .NET 10 is wrong in the last second before a change.
        var (before, after) = (Offset(wall.Ticks - TimeSpan.TicksPerDay), Offset(Math.Min(wall.Ticks + TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks)));
        var (early, late) = (wall.Ticks - Math.Max(before, after), wall.Ticks - Math.Min(before, after));
        if (Offset(late) == wall.Ticks - late)
            return new DateTimeOffset(late, TimeSpan.Zero);
        return new DateTimeOffset(Offset(early) == wall.Ticks - early ? early : Change(early, late), TimeSpan.Zero);
    }

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static long Offset(long utcTicks)
    {
        var year = new DateTime(utcTicks).Year;
        var spells = Years[year] ??= SpellsOf(year);
        var i = spells.Length - 1;
        while (spells[i].From > utcTicks)
            i--;
        return spells[i].Offset;
    }

    // Two or three spells of one offset each, found once a year by halving: asking the zone costs more than the rest of an answer's dates.
    private static Spell[] SpellsOf(int year)
    {
        var start = new DateTime(year, 1, 1).Ticks;
        var spells = new List<Spell> { new(start, Ask(start)) };
        for (var month = 1; month <= 12; month++)
        {
            var end = month == 12 ? new DateTime(year, 12, 31).Ticks + TimeSpan.TicksPerDay - 1 : new DateTime(year, month + 1, 1).Ticks;
            if (Ask(end) == spells[^1].Offset)
                continue;
            var change = Change(new DateTime(year, month, 1).Ticks, end);
            spells.Add(new Spell(change, Ask(change)));
        }

        return [.. spells];
    }

    // The first tick of the other offset.
    private static long Change(long from, long to)
    {
        var before = Ask(from);
        while (to - from > 1)
        {
            var middle = from + (to - from) / 2;
            (from, to) = Ask(middle) == before ? (middle, to) : (from, middle);
        }

        return to;
    }

    private static long Ask(long utcTicks) => Zone.GetUtcOffset(new DateTimeOffset(utcTicks, TimeSpan.Zero)).Ticks;

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

    private readonly record struct Spell(long From, long Offset);
}
