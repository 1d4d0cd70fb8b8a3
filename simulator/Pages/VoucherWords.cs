using ImovoSim.Campaigns;
using ImovoSim.Vouchers;

namespace ImovoSim.Pages;

/// <summary>What a voucher's page says of it, by the kind of its campaign. The words are the simulator's own.</summary>
internal sealed record VoucherWords(string Worth, string What, IReadOnlyList<string> Steps, IReadOnlyList<string> Terms)
{
    public static VoucherWords For(Campaign campaign, Voucher voucher)
    {
        var pounds = $"£{Money.Text(voucher.Pence)}";
        return campaign.Kind switch
        {
            CampaignKind.Cash => Of(campaign, voucher, pounds, "in cash, paid out at any PayPoint",
                "Wait for the receipt. When it says that the redemption was successful, you get your cash.", "It is paid out whole, once, in cash."),
            CampaignKind.Energy => Of(campaign, voucher, pounds, "of energy credit at any PayPoint",
                "The credit goes on your key or card. For a smart meter, type in the 20 digits at the foot of the receipt.", "It is credit for a prepayment meter. It is not paid out in cash."),
            CampaignKind.Discount => Of(campaign, voucher, $"{pounds} off", "what you buy in the shop",
                "The discount is taken off what you pay.", "It is not paid out in cash, and gives no change."),
            CampaignKind.Product => Of(campaign, voucher, "Free", $"product in the shop, worth {pounds} to the shop",
                "The product is yours, and you pay nothing.", "It is for the one product that it was given for. It is not paid out in cash."),
            _ => Of(campaign, voucher, "Newspaper", $"worth {pounds} of its cover price",
                "Take your paper. You pay only what it costs beyond the voucher.", "It is for the newspaper that it was given for. It is not paid out in cash."),
        };
    }

    private static VoucherWords Of(Campaign campaign, Voucher voucher, string worth, string what, string last, string term)
    {
        var steps = new List<string> { "Take this page to the shop, on your phone or on paper." };
        if (campaign.Kind == CampaignKind.Energy)
            steps.Add("Take your gas card, electricity key or smart meter card with you.");
        if (voucher.Id is not null)
            steps.Add("Take a document with your name and address: a driving licence, a bank statement, a council tax bill or a utility bill. The shop compares it with what this page shows.");
        steps.Add(campaign.Kind is CampaignKind.Cash or CampaignKind.Energy ? "Have the barcode scanned." : "Have the barcode scanned before you pay.");
        steps.Add(campaign.Kind == CampaignKind.Cash
            ? $"If it cannot be scanned, the assistant uses CASHOUT > I-MOVO > {voucher.Code} > ENTER."
            : $"If it cannot be scanned, the assistant keys in {voucher.Code}.");
        steps.Add(last);
        return new VoucherWords(worth, what, steps,
        [
            term,
            campaign.Uses == 1 ? "It can be used once." : "Each use is counted when the shop's terminal accepts it.",
            "After its last day it is worth nothing; whoever sent it decides whether there is a new one.",
            "Keep the number to yourself: whoever shows it first can use it.",
        ]);
    }
}
