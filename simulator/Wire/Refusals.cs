using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>One refusal in the vendor's words: sentences on Request and CancelVoucher, codes on RequestVoucherWithId.</summary>
internal sealed record Wording(Reason Reason, string Sentence, string Code, bool Documented = false);

/// <summary>Every refusal that the vendor can send. Words that are not documented stand in no source but this table.</summary>
internal static class Refusals
{
    public static readonly IReadOnlyList<Wording> Table =
    [
        new(Reason.CampaignUnknown, "Unable to create voucher: the campaign code submitted does not exist", "InvalidCampaign", Documented: true),
        new(Reason.ValueInvalid, "Unable to create voucher: the value entered is invalid", "InvalidValue", Documented: true),
        new(Reason.WeeklyLimitReached, "Unable to create voucher: the client weekly value limit has been reached", "ClientWeeklyValueLimitReached", Documented: true),
        new(Reason.AddressMissing, "Unable to create voucher: the address is required", "address is required", Documented: true),
        new(Reason.PostCodeMissing, "Unable to create voucher: the post code is required", "post code is required", Documented: true),
        new(Reason.NameMissing, "Unable to create voucher: the customer name is required", "customer name is required", Documented: true),
        new(Reason.VoucherNotFound, "Voucher not found", "VoucherNotFound", Documented: true),
        new(Reason.AlreadyCancelledOrRedeemed, "Voucher is already cancelled or redeemed", "VoucherAlreadyCancelledOrRedeemed", Documented: true),
        new(Reason.CampaignCodeMissing, "Unable to create voucher: the campaign code is required", "campaign code is required"),
        new(Reason.ReferenceMissing, "Unable to create voucher: the customer reference is required", "customer reference is required"),
        new(Reason.ReferenceLimitReached, "Unable to create voucher: a live voucher already exists for the supplied customer reference", "CustomerVoucherLimitReached"),
        new(Reason.CampaignForeign, "Unable to create voucher: the campaign code submitted belongs to another client", "CampaignNotAllowed"),
        new(Reason.CampaignClosed, "Unable to create voucher: the campaign is not open", "CampaignNotOpen"),
        new(Reason.ValueOverMaximum, "Unable to create voucher: the value entered is over the agreed maximum", "ValueOverMaximum"),
        new(Reason.TextTooLong, "Unable to create voucher: a parameter is too long", "ParameterTooLong"),
        new(Reason.PostCodeInvalid, "Unable to create voucher: the post code is invalid", "post code is invalid"),
        new(Reason.ContactInvalid, "Unable to create voucher: the customer reference is not a mobile number or email address", "InvalidDeliveryRecipient"),
        new(Reason.CodeMissing, "Voucher code is required", "VoucherCodeRequired"),
        new(Reason.VoucherExpired, "Voucher has expired", "VoucherExpired"),
        new(Reason.Unexpected, "Unexpected error", "Unexpected error"),
    ];

    private static readonly Dictionary<Reason, Wording> ByReason = Table.ToDictionary(wording => wording.Reason);

    public static string Text(Operation operation, Reason reason, Profile facts)
    {
        var wording = ByReason[Shown(operation, reason, facts)];
        var codes = facts[Facts.Vocabulary] switch
        {
            "sentences" => false,
            "codes" => true,
            _ => operation == Operation.RequestVoucherWithId,
        };
        return codes ? wording.Code : wording.Sentence;
    }

    public static int Status(Operation operation, IReadOnlyList<Reason> reasons, Profile facts) => operation switch
    {
        _ when reasons.Contains(Reason.Unexpected) => 500,
        Operation.Request => facts.Says(Facts.RequestStatus, "200") ? 200 : 400,
        Operation.RequestVoucherWithId when reasons.Any(IsRequired) => facts.Says(Facts.RequiredStatus, "200") ? 200 : 400,
        Operation.RequestVoucherWithId => facts.Says(Facts.WithIdStatus, "200") ? 200 : 400,
        _ => facts[Facts.CancelStatus] switch
        {
            "404-when-not-found" => reasons[0] is Reason.VoucherNotFound ? 404 : 200,
            var status => status == "200" ? 200 : 400,
        },
    };

    private static bool IsRequired(Reason reason) => reason is
        Reason.CampaignCodeMissing or Reason.ReferenceMissing or Reason.AddressMissing or Reason.PostCodeMissing or Reason.NameMissing;

    // Some questions have the answer that the vendor does not tell two reasons apart.
    private static Reason Shown(Operation operation, Reason reason, Profile facts) => reason switch
    {
        Reason.CampaignForeign when facts.Says(Facts.ForeignCampaign, "as-unknown-campaign") => Reason.CampaignUnknown,
        Reason.CampaignClosed when facts.Says(Facts.ClosedCampaign, "as-unknown-campaign") => Reason.CampaignUnknown,
        Reason.CampaignCodeMissing when operation == Operation.Request && facts.Says(Facts.NoCampaign, "does-not-exist") => Reason.CampaignUnknown,
        Reason.CodeMissing when facts.Says(Facts.NoCode, "not-found") => Reason.VoucherNotFound,
        _ => reason,
    };
}
