using System.Text.RegularExpressions;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Fidelity;

namespace ImovoSim.Vouchers;

/// <summary>The checks of a request for a voucher, one method a stage; the order of the stages is a fact.</summary>
internal static partial class IssueChecks
{
    private const int LongestText = 256;

    public static void Required(IssueRequest request, Profile facts, List<Reason> refusals)
    {
        if (Missing(request.CampaignCode, facts))
            refusals.Add(Reason.CampaignCodeMissing);
        if (Missing(request.CustomerReference, facts) && (request.WithId || !facts.Says(Facts.NoReference, "issued")))
            refusals.Add(Reason.ReferenceMissing);
        if (request.WithId)
            refusals.AddRange(RequiredId(request, facts));
        if (facts.Says(Facts.LongText, "256-characters") && TooLong(request))
            refusals.Add(Reason.TextTooLong);
    }

    public static Reason? Campaign(IssueRequest request, Campaign? campaign, Client client, DateOnly today, Profile facts)
    {
        if (campaign is null)
            return Reason.CampaignUnknown;
        if (!client.Grant.Allows(campaign.Code))
            return Reason.CampaignForeign;
        if (!campaign.Open(today))
            return Reason.CampaignClosed;
        return ServedHere(request, campaign, facts) ? null : Reason.CampaignUnknown;
    }

    /// <summary>The value in pence, or why it is none.</summary>
    public static (long Pence, Reason? Refusal) Value(AskedValue asked, Campaign campaign, Profile facts)
    {
        if (asked is { Given: true, Number: null } && facts.Says(Facts.Unparsable, "treated-as-missing"))
            asked = AskedValue.Absent;
        if (asked.Number == 0 && facts.Says(Facts.ZeroValue, "treated-as-missing"))
            asked = AskedValue.Absent;
        if (campaign.Fixed is { } face)
            return Fixed(asked, face, facts);
        if (!asked.Given)
            return Absent(campaign, facts);
        return InWholePence(asked.Number, facts) is { } pounds and > 0 ? InBounds(pounds, campaign, facts) : (0, Reason.ValueInvalid);
    }

    public static Reason? DeliveryContact(IssueRequest request, Campaign campaign, Profile facts)
    {
        if (!campaign.ByService || facts.Says(Facts.Undeliverable, "issued"))
            return null;
        return Contact.CanBeReached(Sending.Recipient(request.DeliveryRecipient, request.CustomerReference, facts)) ? null : Reason.ContactInvalid;
    }

    private static IEnumerable<Reason> RequiredId(IssueRequest request, Profile facts)
    {
        var nameFirst = facts.Says(Facts.RequiredOrder, "name-address-post-code");
        var noName = Missing(request.CustomerName, facts);
        if (noName && nameFirst)
            yield return Reason.NameMissing;
        if (Missing(request.Address, facts))
            yield return Reason.AddressMissing;
        if (Missing(request.PostCode, facts))
            yield return Reason.PostCodeMissing;
        if (noName && !nameFirst)
            yield return Reason.NameMissing;
        if (facts.Says(Facts.PostCodeForm, "yes") && request.PostCode is { Length: > 0 } postCode && !UkPostCode().IsMatch(postCode.Trim()))
            yield return Reason.PostCodeInvalid;
    }

    private static bool Missing(string? text, Profile facts) =>
        facts.Says(Facts.Blank, "missing") ? string.IsNullOrWhiteSpace(text) : string.IsNullOrEmpty(text);

    private static bool TooLong(IssueRequest request) =>
        TooLong(request.CampaignCode) || TooLong(request.CustomerReference) || TooLong(request.DeliveryRecipient)
        || TooLong(request.CustomerName) || TooLong(request.Address) || TooLong(request.PostCode);

    private static bool TooLong(string? text) => text?.Length > LongestText;

    private static bool ServedHere(IssueRequest request, Campaign campaign, Profile facts)
    {
        if (request.WithId)
            return campaign.Id != IdCheck.None || facts.Says(Facts.PlainCampaignWithId, "yes");
        if (campaign.Kind == CampaignKind.Energy && facts.Says(Facts.EnergyOnRequest, "as-unknown-campaign"))
            return false;
        return campaign.Id == IdCheck.None || (campaign.Id == IdCheck.Shown && facts.Says(Facts.IdCampaignOnRequest, "unless-id-is-required"));
    }

    private static (long, Reason?) Fixed(AskedValue asked, long face, Profile facts) => facts[Facts.FixedValue] switch
    {
        "invalid-value" when asked.Given => (0, Reason.ValueInvalid),
        "applied" when asked.Given => InWholePence(asked.Number, facts) is { } pounds and > 0 and <= 1_000_000 ? (Money.ToPence(pounds), null) : (0, Reason.ValueInvalid),
        _ => (face, null),
    };

    private static (long, Reason?) Absent(Campaign campaign, Profile facts) => facts[Facts.NoValue] switch
    {
        "zero" => (0, null),
        "default-or-invalid" when campaign.DefaultValue is { } pence => (pence, null),
        _ => (0, Reason.ValueInvalid),
    };

    private static (long, Reason?) InBounds(decimal pounds, Campaign campaign, Profile facts)
    {
        if (pounds > Money.ToPounds(campaign.Most))
            return facts[Facts.OverMaximum] switch
            {
                "clamped" => (campaign.Most, null),
                "own-words" => (0, Reason.ValueOverMaximum),
                _ => (0, Reason.ValueInvalid),
            };
        if (pounds < Money.ToPounds(campaign.Least) && facts.Says(Facts.UnderMinimum, "invalid-value"))
            return (0, Reason.ValueInvalid);
        return (Money.ToPence(pounds), null);
    }

    private static decimal? InWholePence(decimal? number, Profile facts)
    {
        if (number is not { } pounds || decimal.Round(pounds, 2) == pounds)
            return number;
        return facts[Facts.ThirdDecimal] switch
        {
            "rounded" => decimal.Round(pounds, 2, MidpointRounding.AwayFromZero),
            "truncated" => decimal.Round(pounds, 2, MidpointRounding.ToZero),
            _ => null,
        };
    }

    [GeneratedRegex("^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}$")]
    private static partial Regex UkPostCode();
}
