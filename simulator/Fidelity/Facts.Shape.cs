namespace ImovoSim.Fidelity;

internal static partial class Facts
{
    public static readonly Fact ExpiryQuoted = new(20, "expiry-quoted",
        "Is expiryDate a quoted string?", ["yes", "no"],
        "observed 2026-03-25", "The page prints it both ways; a public client's tests quote it, and unquoted it is no JSON.", "Any success.");

    public static readonly Fact ExpiryTime = new(21, "expiry-time",
        "What time of day does expiryDate carry?", ["by-campaign", "end-of-day-7-digits", "end-of-day-3-digits", "time-of-issue"],
        Assumed, "The page's two samples end at .9999999 and .999; a public client's test has a time of day.", "One success on each campaign.");

    public static readonly Fact ExpiryZone = new(22, "expiry-zone",
        "Whose wall clock is expiryDate?", ["london", "utc"],
        Assumed, "A customer who reads \"to 23-Jun\" means the UK's day.", "In summer time, issue at 23:30 London and read the date.");

    public static readonly Fact Validity = new(23, "validity-arithmetic",
        "How is the last day counted?", ["day-of-issue-plus-n", "day-of-issue-is-the-first", "calendar-months"],
        Assumed, "No source.", "One success on a known date.");

    public static readonly Fact CampaignEnd = new(24, "campaign-end",
        "What if the campaign ends before the validity does?", ["caps-expiry", "refuses", "is-ignored"],
        Assumed, "No source.", "One success on a campaign that ends soon.");

    public static readonly Fact BalanceScale = new(25, "balance-scale",
        "How many decimals has balance?", ["two", "at-least-one", "as-few-as-needed"],
        Documented, "Both of the page's samples have two, as a decimal(n,2) column gives.", "value=20.");

    public static readonly Fact FixedBalance = new(26, "balance-of-fixed-campaign",
        "What balance has a voucher whose campaign fixes its value?", ["face-value", "zero", "one", "omitted"],
        Assumed, "A public client reads balance as optional.", "One success on such a campaign.");

    public static readonly Fact ErrorsOnSuccess = new(27, "error-messages-on-success",
        "Does a success carry errorMessages?", ["omitted", "null", "empty-list"],
        Documented, "The page's samples have none.", "Any success.");

    public static readonly Fact VoucherOnRefusal = new(27, "voucher-members-on-refusal",
        "Does a refusal carry the voucher's members?", ["omitted", "null"],
        Documented, "The page's samples have none.", "A campaign that does not exist.");

    public static readonly Fact Message = new(28, "message",
        "Is message in the answer?", ["by-campaign", "always", "never"],
        Assumed, "The page's samples have it; a public client reads it as optional.", "One success on each campaign.");

    public static readonly Fact Pound = new(29, "pound-sign",
        "How is £ written in JSON?", ["raw", "escaped"],
        Documented, "The page prints it raw, as ASP.NET Core MVC does, measured.", "Any success with an amount in its message.");

    public static readonly Fact Months = new(30, "month-names",
        "Is the ninth month Sep or Sept in messages?", ["Sep", "Sept"],
        Assumed, "Three letters in both samples, neither in September; the framework's en-GB has Sept.", "A success that expires in September.");

    public static readonly Fact CodeInAnswer = new(36, "code-in-answer",
        "Does every answer carry voucherCode?", ["always", "not-with-a-link"],
        Documented, "Both samples have it; the page says \"the voucher number or a link\".", "One success on a campaign with a link.");

    private static Fact[] Shape() =>
    [
        ExpiryQuoted, ExpiryTime, ExpiryZone, Validity, CampaignEnd, BalanceScale, FixedBalance, ErrorsOnSuccess, VoucherOnRefusal,
        Message, Pound, Months, CodeInAnswer,
    ];
}
