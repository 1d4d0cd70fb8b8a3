using ImovoSim.Campaigns;
using ImovoSim.Clock;
using ImovoSim.Fidelity;

namespace ImovoSim.Vouchers;

/// <summary>When a voucher ends: the last day by the campaign's validity and end, the time of day by its mode.</summary>
internal static class Expiry
{
    private static readonly TimeSpan LastTick = TimeSpan.FromDays(1) - TimeSpan.FromTicks(1);
    private static readonly TimeSpan LastMillisecond = TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1);

    /// <summary>The instant, or null where the campaign's end forbids the voucher.</summary>
    public static DateTimeOffset? Of(Campaign campaign, DateTimeOffset now, Profile facts)
    {
        var (mode, issued) = (Mode(campaign, facts), Wall(now, facts));
        if (campaign.Validity is not { } validity)
            return Instant(campaign.Ends!.Value, At(mode, issued.TimeOfDay), facts);
        // The wall clock skips and repeats an hour a year, which hours that are exact must not.
        var exact = mode == ExpiryTime.TimeOfIssue && validity is { Months: 0, Days: 0 };
        var expiry = exact ? Wall(now + validity.Time, facts) : Counted(validity, facts).After(issued);
        var last = DateOnly.FromDateTime(expiry);
        if (campaign.Ends is { } ends && ends < last && !facts.Says(Facts.CampaignEnd, "is-ignored"))
            return facts.Says(Facts.CampaignEnd, "refuses") ? null : Instant(ends, At(mode, LastTick), facts);
        return exact ? now + validity.Time : Instant(last, At(mode, expiry.TimeOfDay), facts);
    }

    /// <summary>The wall clock that the answer prints.</summary>
    public static DateTime Wall(DateTimeOffset instant, Profile facts) =>
        facts.Says(Facts.ExpiryZone, "utc") ? new DateTime(instant.UtcTicks) : London.Wall(instant);

    private static DateTimeOffset Instant(DateOnly day, TimeSpan timeOfDay, Profile facts)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue) + timeOfDay;
        return facts.Says(Facts.ExpiryZone, "utc") ? new DateTimeOffset(wall, TimeSpan.Zero) : London.Instant(wall);
    }

    private static ExpiryTime Mode(Campaign campaign, Profile facts) => facts[Facts.ExpiryTime] switch
    {
        "end-of-day-7-digits" => ExpiryTime.EndOfDay7Digits,
        "end-of-day-3-digits" => ExpiryTime.EndOfDay3Digits,
        "time-of-issue" => ExpiryTime.TimeOfIssue,
        _ => campaign.ExpiryTime,
    };

    private static TimeSpan At(ExpiryTime mode, TimeSpan timeOfDay) => mode switch
    {
        ExpiryTime.EndOfDay7Digits => LastTick,
        ExpiryTime.EndOfDay3Digits => LastMillisecond,
        _ => timeOfDay,
    };

    private static Duration Counted(Duration validity, Profile facts) => facts[Facts.Validity] switch
    {
        "day-of-issue-is-the-first" when validity.Days > 0 => validity with { Days = validity.Days - 1 },
        "calendar-months" => validity with { Months = validity.Months + validity.Days / 30, Days = validity.Days % 30 },
        _ => validity,
    };
}
