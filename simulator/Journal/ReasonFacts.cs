using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Journal;

/// <summary>Which facts a refusal rests on: what the vendor's page does not settle, and another answer could turn.</summary>
internal static class ReasonFacts
{
    private static readonly Dictionary<Reason, Fact[]> RestsOn = new()
    {
        [Reason.CampaignCodeMissing] = [Facts.NoCampaign, Facts.Blank, Facts.CheckOrder],
        [Reason.ReferenceMissing] = [Facts.NoReference, Facts.Blank, Facts.CheckOrder],
        [Reason.AddressMissing] = [Facts.Blank, Facts.RequiredList, Facts.RequiredOrder],
        [Reason.PostCodeMissing] = [Facts.Blank, Facts.RequiredList, Facts.RequiredOrder],
        [Reason.NameMissing] = [Facts.Blank, Facts.RequiredList, Facts.RequiredOrder],
        [Reason.TextTooLong] = [Facts.LongText],
        [Reason.PostCodeInvalid] = [Facts.PostCodeForm],
        [Reason.CampaignUnknown] = [Facts.CampaignMatch, Facts.EnergyOnRequest, Facts.IdCampaignOnRequest, Facts.PlainCampaignWithId],
        [Reason.CampaignForeign] = [Facts.ForeignCampaign],
        [Reason.CampaignClosed] = [Facts.ClosedCampaign, Facts.CampaignEnd],
        [Reason.ValueInvalid] = [Facts.NoValue, Facts.FixedValue, Facts.ZeroValue, Facts.UnderMinimum, Facts.OverMaximum, Facts.ThirdDecimal, Facts.Unparsable, Facts.Thousands],
        [Reason.ValueOverMaximum] = [Facts.OverMaximum],
        [Reason.WeeklyLimitReached] = [Facts.LimitWindow, Facts.LimitBoundary, Facts.LimitAfterCancel, Facts.LimitOnRequest, Facts.RefusedCounts],
        [Reason.ReferenceLimitReached] = [Facts.SameReference],
        [Reason.ContactInvalid] = [Facts.Undeliverable],
        [Reason.CodeMissing] = [Facts.NoCode],
        [Reason.VoucherNotFound] = [Facts.ForeignVoucher, Facts.CodeForm],
        [Reason.VoucherExpired] = [Facts.CancelExpired],
        [Reason.AlreadyCancelledOrRedeemed] = [Facts.CancelTwice, Facts.CancelExpired, Facts.CancelPartUsed],
    };

    public static IReadOnlyList<Fact> Of(Reason reason) => RestsOn.GetValueOrDefault(reason, []);
}
