namespace ImovoSim.Fidelity;

internal static partial class Facts
{
    public static readonly Fact CancelPlace = new(66, "cancel-parameters-place",
        "Where does CancelVoucher read voucherCode?", ["query-and-form", "query", "form", "query-form-and-json"],
        Assumed, "The page's sample has it in the query.", "A code that does not exist, in JSON.");

    public static readonly Fact CancelTwice = new(67, "cancel-twice",
        "What does a second cancel get?", ["already-cancelled", "success"],
        Documented, "\"Voucher is already cancelled or redeemed\".", "Cancel twice.");

    public static readonly Fact CancelExpired = new(68, "cancel-expired",
        "What does cancelling an expired voucher get?", ["success", "already-cancelled", "own-words"],
        Assumed, "The refusal names two states, and expired is neither.", "Keep a voucher past its expiry.");

    public static readonly Fact ForeignVoucher = new(69, "foreign-voucher",
        "What does cancelling another client's voucher get?", ["not-found", "success", "401"],
        Assumed, "Anything else would tell whose codes exist.", "Two keys.");

    public static readonly Fact NoCode = new(70, "cancel-without-code",
        "What does CancelVoucher without voucherCode get?", ["not-found", "is-required", "400-problem"],
        Assumed, "No source.", "CancelVoucher without parameters.");

    public static readonly Fact CodeForm = new(70, "cancel-code-form",
        "Which forms of a code does CancelVoucher take?", ["trimmed", "exact", "trimmed-or-link-tail"],
        Assumed, "No source.", "A code with a space, then with the two letters of its link.");

    public static readonly Fact CancelPartUsed = new(71, "cancel-part-used",
        "What does cancelling a voucher get that was used, but not up?", ["success", "already-cancelled"],
        Assumed, "No source.", "A news voucher after its first day.");

    public static readonly Fact CancelBody = new(73, "cancel-success-body",
        "What does a cancelled voucher's answer carry?", ["flag", "flag-and-message"],
        Documented, "The page's sample; sister endpoints add a message of OK.", "Cancel a live voucher.");

    private static Fact[] Cancelling() =>
        [CancelPlace, CancelTwice, CancelExpired, ForeignVoucher, NoCode, CodeForm, CancelPartUsed, CancelBody];
}
