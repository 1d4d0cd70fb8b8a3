namespace ImovoSim.Tests;

internal abstract record Step(int Client);

internal sealed record IssueStep(int Client, string Campaign, int Pence, string Reference) : Step(Client);

/// Cancels the n-th voucher of an owner, or a code that nobody has.
internal sealed record CancelStep(int Client, int Owner, int Voucher) : Step(Client);

internal sealed record WaitStep(TimeSpan Time) : Step(0);

/// The rules once more, as simply as they can be said: lists, and London's clock by its own rule.
internal sealed class Model(DateTime utc, IReadOnlyList<(string Campaigns, int? Limit)> clients)
{
    private readonly List<Issued>[] _issued = [.. clients.Select(_ => new List<Issued>())];
    private DateTime _utc = utc;

    public string Expect(Step step) => step switch
    {
        WaitStep wait => Wait(wait),
        CancelStep cancel => Cancel(cancel),
        _ => Issue((IssueStep)step),
    };

    private string Wait(WaitStep step)
    {
        _utc += step.Time;
        return "";
    }

    private string Issue(IssueStep step)
    {
        var (campaigns, limit) = clients[step.Client];
        if (step.Campaign == "NOPE")
            return "CampaignUnknown";
        if (!campaigns.Split(' ').Contains(step.Campaign))
            return "CampaignForeign";
        if (step.Campaign == "CLOSED")
            return "CampaignClosed";
        var pence = step.Campaign switch { "OFF50P" => 50, "ONEPER" => 100, _ => step.Pence };
        var (least, most) = step.Campaign switch { "THINK" or "LIMITED" => (1_00, 100_00), "CAMP01" => (1, 100_00), "SHORT" => (1_00, 10_00), _ => (0, 100_00) };
        if (pence < least || pence > most)
            return "ValueInvalid";
        var week = Monday(London(_utc));
        if (_issued[step.Client].Where(issued => Monday(issued.Day) == week).Sum(issued => issued.Pence) + pence > limit)
            return "WeeklyLimitReached";
        if (step.Campaign == "ONEPER" && _issued[step.Client].Exists(other => other.Reference == step.Reference && !other.Cancelled && London(_utc).Date <= other.Day.Date.AddDays(30)))
            return "ReferenceLimitReached";
        _issued[step.Client].Add(new Issued(London(_utc), pence, step.Campaign == "ONEPER" ? step.Reference : null));
        return $"issued {pence}";
    }

    private string Cancel(CancelStep step)
    {
        if (step.Client != step.Owner || step.Voucher >= _issued[step.Owner].Count)
            return "VoucherNotFound";
        var voucher = _issued[step.Owner][step.Voucher];
        if (voucher.Cancelled)
            return "AlreadyCancelledOrRedeemed";
        voucher.Cancelled = true;
        return "cancelled";
    }

    private static DateTime London(DateTime utc) =>
        utc >= LastSunday(utc.Year, 3) && utc < LastSunday(utc.Year, 10) ? utc.AddHours(1) : utc;

    private static DateTime LastSunday(int year, int month)
    {
        var day = new DateTime(year, month, 31, 1, 0, 0);
        return day.AddDays(-(int)day.DayOfWeek);
    }

    private static DateTime Monday(DateTime day) => day.Date.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private sealed record Issued(DateTime Day, int Pence, string? Reference)
    {
        public bool Cancelled { get; set; }
    }
}
