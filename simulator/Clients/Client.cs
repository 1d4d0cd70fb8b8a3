using System.Collections.Immutable;
using ImovoSim.Clock;

namespace ImovoSim.Clients;

/// <summary>The SHA-256 of an API key: what is kept of it, and what it is found by.</summary>
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D);

/// <summary>The value issued on one London day.</summary>
internal readonly record struct DayTotal(DateOnly Day, long Pence);

/// <summary>A client and everything of it that a decision needs beside single vouchers.</summary>
/// <param name="Seed">Its chance: codes and tokens follow from this and from the count of its vouchers.</param>
/// <param name="LastSerial">How many vouchers it has.</param>
/// <param name="DayTotals">What its weekly limit counts, by day.</param>
/// <param name="FirstLimit">The weekly limit that it was made with, which a reset brings back.</param>
/// <param name="LastMessage">How many messages it was sent.</param>
/// <param name="Steering">What else its owner has asked for, as JSON; null where nothing.</param>
internal sealed record Client(
    long Id,
    string Name,
    KeyHash Key,
    bool IsSandbox,
    ulong Seed,
    CampaignGrant Grant,
    long? WeeklyLimit,
    ClockSetting Clock,
    long LastSerial,
    ImmutableArray<DayTotal> DayTotals,
    DateTimeOffset LastUsed,
    long? FirstLimit = null,
    string? Steering = null,
    long LastMessage = 0)
{
    // More days than any week needs, because a clock can be set back; few enough to be written with every batch.
    public const int DaysKept = 400;

    /// <summary>Nobody else is called as sandboxes are: a name would not tell which is meant.</summary>
    public const string NameOfSandbox = "sandbox-";

    public const string NameForm = $"\"name\" must be 1 to 64 letters, digits, _, - and ., and not begin with {NameOfSandbox}.";

    public static bool IsNameOfSandbox(string name) => name.StartsWith(NameOfSandbox, StringComparison.OrdinalIgnoreCase);

    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= 64 } && !IsNameOfSandbox(name) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.');

    /// <summary>Names are given once, however they are written.</summary>
    public bool IsCalled(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is the other but for what vouchers that are issued count up: most changes are that, and less is written for them.</summary>
    public bool DiffersInCountsOnly(Client other) =>
        this == other with { LastSerial = LastSerial, DayTotals = DayTotals, LastUsed = LastUsed, LastMessage = LastMessage };

    public long IssuedBetween(DateOnly from, DateOnly to)
    {
        long sum = 0;
        foreach (var total in DayTotals)
        {
            if (total.Day >= from && total.Day <= to)
                sum += total.Pence;
        }

        return sum;
    }

    /// <summary>A day that is no longer kept has nothing to give back, and none gives more than it has.</summary>
    public ImmutableArray<DayTotal> WithoutTotal(DateOnly day, long pence)
    {
        var counted = IssuedBetween(day, day);
        return counted > 0 ? WithTotal(day, -Math.Min(pence, counted)) : DayTotals;
    }

    public ImmutableArray<DayTotal> WithTotal(DateOnly day, long pence)
    {
        for (var i = DayTotals.Length - 1; i >= 0; i--)
        {
            if (DayTotals[i].Day == day)
                return DayTotals.SetItem(i, new DayTotal(day, DayTotals[i].Pence + pence));
        }

        var totals = DayTotals.Add(new DayTotal(day, pence));
        // A clock can be set back before all of them, so the one least likely to be in a week again is not always the oldest.
        return totals.Length > DaysKept ? totals.Remove(totals.MaxBy(total => Math.Abs(total.Day.DayNumber - day.DayNumber))) : totals;
    }
}

/// <summary>Which campaigns a client may use: codes, <c>*</c> for all, <c>!CODE</c> for all but that, also where it stands alone.</summary>
internal sealed record CampaignGrant(string Text)
{
    private readonly string[] _entries = Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static CampaignGrant All { get; } = new("*");

    public bool Equals(CampaignGrant? other) => Text == other?.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public bool Allows(string code)
    {
        var allowed = _entries.Length > 0 && _entries.All(entry => entry.StartsWith('!'));
        foreach (var entry in _entries)
        {
            if (entry == "*" || entry.Equals(code, StringComparison.OrdinalIgnoreCase))
                allowed = true;
            else if (entry.StartsWith('!') && entry.AsSpan(1).Equals(code, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return allowed;
    }
}
