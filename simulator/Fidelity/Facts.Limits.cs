namespace ImovoSim.Fidelity;

internal static partial class Facts
{
    public static readonly Fact SameReference = new(61, "same-reference",
        "What does the same customer reference get a second time on one campaign?", ["new-voucher", "same-voucher", "refused"],
        Assumed, "The page promises no idempotency; subscriptions of the same service have a refusal of their own. The other answers count vouchers issued while they are in force.",
        "Two identical calls: compare the codes.");

    public static readonly Fact LimitWindow = new(63, "weekly-limit-window",
        "Which days make the week?", ["iso-week-london", "last-seven-days"],
        Assumed, "The page has the name of the refusal only.", "Ask i-movo; a probe would burn the limit.");

    public static readonly Fact LimitBoundary = new(63, "weekly-limit-boundary",
        "Is a week filled to the penny refused?", ["refused-over", "refused-at"],
        Assumed, "\"Reached\" in the refusal's name allows both.", "Ask i-movo.");

    public static readonly Fact LimitAfterCancel = new(63, "weekly-limit-after-cancel",
        "Does a cancelled voucher free its value?", ["no", "yes"],
        Assumed, "No source.", "Ask i-movo.");

    public static readonly Fact LimitOnRequest = new(64, "weekly-limit-on-request",
        "Does the limit hold on Request?", ["yes", "no"],
        Assumed, "The page shows it with RequestVoucherWithId only; its words on Request are invented.", "Ask i-movo.");

    public static readonly Fact RefusedCounts = new(65, "refused-value-counts",
        "Does a value that the limit refused count towards it?", ["no", "yes"],
        Assumed, "No source.", "Ask i-movo.");

    private static Fact[] Limits() => [SameReference, LimitWindow, LimitBoundary, LimitAfterCancel, LimitOnRequest, RefusedCounts];
}
