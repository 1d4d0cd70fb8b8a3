using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Fidelity;
using ImovoSim.Storage;

namespace ImovoSim.Vouchers;

/// <summary>Issues a voucher, or says why not.</summary>
internal sealed class Issue(IssueRequest request, Rulebook rules, DateTimeOffset real) : Change(real)
{
    private static readonly Dictionary<string, string[]> Orders = Fidelity.Facts.CheckOrder.Answers.ToDictionary(order => order, order => order.Split('-'));

    private Profile Facts => rules.Facts;

    public IssueRequest Request => request;

    /// <summary>The campaign asked for, whoever may use it.</summary>
    public Campaign? Campaign { get; } = Find(request.CampaignCode, rules);

    public override (string Campaign, string Reference)? NeedsReference(Client client) =>
        Campaign is not null && PerReference(Campaign, Facts) ? (Campaign.Code, request.CustomerReference ?? "") : null;

    // Only one kind of fault can need the voucher before.
    public override long NeedsVoucher(Client client) =>
        Asked?.Asked?.Kind == FaultKinds.SameVoucher || FaultPlan.CanNeedVoucherBefore(client) ? client.LastSerial : 0;

    protected override FaultSubject Subject(Client client, Found found) => new(
        Campaign?.Code ?? request.CampaignCode, request.CustomerReference,
        found.Voucher is { } last && last.Serial > Samples.All.Length && last.Campaign == Campaign?.Code, Campaign?.ByService == true);

    protected override Outcome? Repeat(Found found) => new([], found.Voucher);

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        var today = London.Day(now);
        var (refusals, pence) = Check(client, today);
        if (refusals.Count > 0)
            return new Outcome(refusals);
        if (OverLimit(client, today, pence))
            return RefuseByLimit(client, today, pence);
        if (IssueChecks.DeliveryContact(request, Campaign!, Facts) is { } unreachable)
            return Outcome.Refuse(unreachable);
        IReadOnlyList<Voucher> live = found.ForReference.Count == 0 ? [] : [.. found.ForReference.Where(voucher => voucher.Live(now))];
        if (live.Count > 0 && Facts.Says(Fidelity.Facts.SameReference, "same-voucher"))
            return new Outcome([], live[0], Issued: true);
        if (live.Count >= MostPerReference())
            return Outcome.Refuse(Reason.ReferenceLimitReached);
        if (Expiry.Of(Campaign!, now, Facts) is not { } expiresAt)
            return Outcome.Refuse(Reason.CampaignClosed);
        return Make(client, pence, now, today, expiresAt);
    }

    /// <summary>What the rules refuse of it that look at nothing but the client and the request.</summary>
    public IReadOnlyList<Reason> Refusals(Client client, DateTimeOffset now)
    {
        var today = London.Day(now);
        var (refusals, pence) = Check(client, today);
        if (refusals.Count > 0)
            return refusals;
        return OverLimit(client, today, pence) ? [Reason.WeeklyLimitReached]
            : IssueChecks.DeliveryContact(request, Campaign!, Facts) is { } unreachable ? [unreachable] : [];
    }

    private static Campaign? Find(string? code, Rulebook rules)
    {
        if (code is null)
            return null;
        if (!rules.Facts.Says(Fidelity.Facts.CampaignMatch, "exact"))
            return rules.Campaigns.Find(code.Trim());
        return rules.Campaigns.Find(code) is { } campaign && campaign.Code == code ? campaign : null;
    }

    private (List<Reason> Refusals, long Pence) Check(Client client, DateOnly today)
    {
        var refusals = new List<Reason>();
        long pence = 0;
        foreach (var stage in Orders[Facts[Fidelity.Facts.CheckOrder]])
        {
            if (stage == "required")
                IssueChecks.Required(request, Facts, refusals);
            else if (stage == "campaign" && !refusals.Contains(Reason.CampaignCodeMissing) && IssueChecks.Campaign(request, Campaign, client, today, Facts) is { } reason)
                refusals.Add(reason);
            else if (stage == "value" && Campaign is not null)
                pence = CheckValue(refusals);
            if (refusals.Count > 0 && (request.WithId || Facts.Says(Fidelity.Facts.RequestErrors, "first")))
                break;
        }

        var one = request.WithId ? Facts.Says(Fidelity.Facts.RequiredList, "first") : Facts.Says(Fidelity.Facts.RequestErrors, "first");
        return (one && refusals.Count > 1 ? [refusals[0]] : refusals, pence);
    }

    private long CheckValue(List<Reason> refusals)
    {
        var (pence, refusal) = IssueChecks.Value(request.Value, Campaign!, Facts);
        if (refusal is { } reason)
            refusals.Add(reason);
        return pence;
    }

    private bool OverLimit(Client client, DateOnly today, long pence) =>
        (request.WithId || Facts.Says(Fidelity.Facts.LimitOnRequest, "yes")) && WeeklyLimit.Refuses(client, today, pence, Facts);

    private Outcome RefuseByLimit(Client client, DateOnly today, long pence) =>
        new([Reason.WeeklyLimitReached], Client: Facts.Says(Fidelity.Facts.RefusedCounts, "yes")
            ? client with { DayTotals = client.WithTotal(today, pence) }
            : null);

    /// <summary>The code of a client's voucher of that count; null where the campaign's codes are used up.</summary>
    public static string? CodeOf(ulong seed, long serial, Campaign campaign, Profile facts)
    {
        var length = facts.Says(Fidelity.Facts.CodeLength, "by-campaign") ? campaign.CodeLength : facts.Says(Fidelity.Facts.CodeLength, "10") ? 10 : 12;
        var luhn = facts.Says(Fidelity.Facts.CheckDigit, "luhn") || (campaign.Luhn && facts.Says(Fidelity.Facts.CheckDigit, "by-campaign"));
        return serial >= VoucherCode.Capacity(length) ? null : VoucherCode.For(seed, serial, length, luhn, facts);
    }

    private static bool PerReference(Campaign campaign, Profile facts) =>
        campaign.MaximumPerReference is not null || !facts.Says(Fidelity.Facts.SameReference, "new-voucher");

    /// <summary>Whether the store must find its vouchers by their reference: to count them, or because their link has nothing else.</summary>
    public static bool FoundByReference(Campaign campaign, Profile facts) => PerReference(campaign, facts) || WebLink.IsByReference(campaign);

    private int MostPerReference() =>
        Facts.Says(Fidelity.Facts.SameReference, "refused") ? 1 : Campaign!.MaximumPerReference ?? int.MaxValue;

    private Outcome Make(Client client, long pence, DateTimeOffset now, DateOnly today, DateTimeOffset expiresAt)
    {
        var campaign = Campaign!;
        var serial = client.LastSerial + 1;
        if (CodeOf(client.Seed, serial, campaign, Facts) is not { } code)
            return Outcome.Refuse(Reason.Unexpected);
        var voucher = new Voucher(
            serial, code, campaign.Code, pence, now, expiresAt, request.CustomerReference ?? "", request.DeliveryRecipient,
            request.WithId ? new IdBlock(request.CustomerName!, request.Address!, request.PostCode!) : null,
            WebLink.Tail(campaign, client.Seed, serial, code, Facts), campaign.Uses, PerReference: FoundByReference(campaign, Facts));
        var messages = new Sending(rules, now, Real).Of(client, campaign, voucher, Strike);
        var after = client with { LastSerial = serial, DayTotals = client.WithTotal(today, pence), LastMessage = client.LastMessage + messages.Count };
        return new Outcome([], voucher, after, Issued: true, Changed: true, Messages: messages);
    }
}
