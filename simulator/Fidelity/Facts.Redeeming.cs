namespace ImovoSim.Fidelity;

internal static partial class Facts
{
    public static readonly Fact RedeemText = new(75, "redeem-success-text",
        "What is a terminal told when a voucher is redeemed?", ["worth", "success"],
        Assumed, "Both were seen: \"Redemption successful - transaction is worth £13.20\" in a client of 2014, \"Success\" in one of 2020, neither from a terminal of today.",
        "Redeem a voucher at a shop and read the receipt.");

    public static readonly Fact RedeemAmount = new(75, "redeem-amount",
        "What does one use of a voucher of several uses take?", ["by-campaign", "from-one-balance", "whole-value-each-time"],
        Assumed, "A newspaper voucher is worth a cover price every day; what others of several uses do, no source says: here they share one balance.",
        "Redeem a part of a voucher of several uses twice.");

    public static readonly Fact VoidWindow = new(76, "void-window",
        "Which redemptions can be voided?", ["same-terminal-same-day", "same-day", "any"],
        Assumed, "No source; tills commonly void what they sold themselves, until the day ends.", "Redeem, and void at another terminal.");

    private static Fact[] Redeeming() => [RedeemText, RedeemAmount, VoidWindow];
}
