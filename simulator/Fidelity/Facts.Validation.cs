namespace ImovoSim.Fidelity;

internal static partial class Facts
{
    public static readonly Fact Vocabulary = new(38, "vocabulary",
        "Which words has a refusal?", ["by-endpoint", "sentences", "codes"],
        Documented, "The page has sentences on Request and codes on RequestVoucherWithId.", "A campaign that does not exist, on both.");

    public static readonly Fact NoCampaign = new(39, "request-without-campaign",
        "What does Request without campaignCode get?", ["does-not-exist", "is-required", "400-problem"],
        Assumed, "No source.", "Request without parameters.");

    public static readonly Fact NoReference = new(39, "request-without-reference",
        "What does Request without customerReference get?", ["is-required", "issued", "400-problem"],
        Assumed, "The page says required; its words are invented here.", "Request with a campaign only.");

    public static readonly Fact RequiredOrder = new(40, "required-order",
        "In which order does RequestVoucherWithId list what is missing?", ["address-post-code-name", "name-address-post-code"],
        Documented, "The page's sample; its list of members has the other order.", "RequestVoucherWithId with {}.");

    public static readonly Fact RequiredList = new(40, "required-list",
        "Does RequestVoucherWithId list all that is missing?", ["all", "first"],
        Documented, "The page's sample lists three.", "RequestVoucherWithId with {}.");

    public static readonly Fact Blank = new(41, "blank-text",
        "Is text of white space missing?", ["missing", "accepted"],
        Assumed, "[Required] of the framework says so.", "customerReference=%20.");

    public static readonly Fact LongText = new(41, "long-text",
        "Is there a longest text?", ["unlimited", "256-characters"],
        Assumed, "The page names none.", "A customer reference of 300 characters.");

    public static readonly Fact CheckOrder = new(42, "validation-order",
        "Which is checked first: required members, campaign or value?",
        ["required-campaign-value", "campaign-required-value", "required-value-campaign"],
        Assumed, "No source.", "RequestVoucherWithId with a bad campaign and no address.");

    public static readonly Fact RequestErrors = new(43, "request-errors",
        "Does Request stop at the first refusal?", ["first", "all"],
        Assumed, "The page shows one sentence at a time.", "A bad campaign with value=-1.");

    public static readonly Fact OverMaximum = new(45, "over-maximum",
        "What does a value over the agreed maximum get?", ["invalid-value", "own-words", "clamped"],
        Assumed, "The page has one sentence about values.", "value = maximum + 0.01.");

    public static readonly Fact NoValue = new(46, "variable-campaign-without-value",
        "What does a variable campaign without value get?", ["default-or-invalid", "invalid-value", "zero"],
        Assumed, "The page says optional.", "Leave value out once.");

    public static readonly Fact FixedValue = new(47, "value-on-fixed-campaign",
        "What does a value do on a campaign that fixes it?", ["ignored", "invalid-value", "applied"],
        Assumed, "A public client never sends it there.", "A fixed campaign with value=3.");

    public static readonly Fact ZeroValue = new(48, "zero-value",
        "What does a value of zero get?", ["invalid-value", "treated-as-missing"],
        Assumed, "No source.", "value=0.");

    public static readonly Fact UnderMinimum = new(48, "under-minimum",
        "What does a value under the campaign's minimum get?", ["invalid-value", "issued"],
        Assumed, "Resellers sell cash and energy vouchers from £1.", "value=0.50.");

    public static readonly Fact ThirdDecimal = new(49, "third-decimal",
        "What does 1.005 get?", ["invalid-value", "rounded", "truncated"],
        Assumed, "It is money.", "value=1.005.");

    public static readonly Fact Unparsable = new(50, "unparsable-value",
        "What does a value that is no number get?", ["invalid-value", "treated-as-missing"],
        Assumed, "ASP.NET Core MVC leaves it missing; the page has a sentence for it.", "value=abc.");

    public static readonly Fact Thousands = new(50, "thousands-separator",
        "Is 1,000.00 a number?", ["accepted", "invalid-value"],
        Assumed, "ASP.NET Core MVC's parser, measured.", "value=1,000.00 on a campaign with a maximum over it.");

    public static readonly Fact ValueAsText = new(50, "json-value-as-text",
        "Is \"VoucherValue\": \"1.00\" a number?", ["accepted", "400-problem"],
        Assumed, "ASP.NET Core MVC's default, measured.", "The sample with its value quoted.");

    public static readonly Fact EnergyOnRequest = new(51, "energy-on-request",
        "Does Request serve energy campaigns?", ["yes", "as-unknown-campaign"],
        Assumed, "The page says \"cash\" there and \"cash and energy\" with ID.", "An energy campaign on Request.");

    public static readonly Fact IdCampaignOnRequest = new(52, "id-campaign-on-request",
        "Does Request serve campaigns with ID check?", ["unless-id-is-required", "as-unknown-campaign"],
        Assumed, "No source.", "CAMP01 on Request.");

    public static readonly Fact PlainCampaignWithId = new(53, "plain-campaign-with-id",
        "Does RequestVoucherWithId serve campaigns without ID check?", ["yes", "as-unknown-campaign"],
        Assumed, "No source.", "THINK on RequestVoucherWithId.");

    public static readonly Fact ForeignCampaign = new(13, "foreign-campaign",
        "What does another client's campaign get?", ["as-unknown-campaign", "own-words"],
        Assumed, "Anything else would tell who runs what.", "Two keys.");

    public static readonly Fact ClosedCampaign = new(54, "closed-campaign",
        "What does a campaign get that has ended or not begun?", ["as-unknown-campaign", "own-words"],
        Assumed, "No source.", "A campaign that has ended.");

    public static readonly Fact CampaignMatch = new(55, "campaign-code-match",
        "Does campaignCode match in any case, and trimmed?", ["any-case-trimmed", "exact"],
        Assumed, "The usual collation of the vendor's database.", "campaignCode=think.");

    public static readonly Fact PostCodeForm = new(56, "post-code-form",
        "Is the post code's form checked?", ["no", "yes"],
        Documented, "The sample's post code is not the address's, and is taken.", "PostCode=XXX.");

    public static readonly Fact Undeliverable = new(58, "undeliverable-contact",
        "What if the service delivers and the contact is neither mobile nor e-mail?", ["issued", "refused"],
        Assumed, "The page has no such refusal.", "customerReference=abc on a campaign that is delivered.");

    public static readonly Fact DeliveryTo = new(57, "delivery-to",
        "Where the service delivers, to whom?", ["delivery-recipient-first", "customer-reference"],
        Documented, "The page gives DeliveryRecipient for that, and without it the customerReference.", "Both on a campaign that is delivered: which of them receives it.");

    private static Fact[] Validation() =>
    [
        Vocabulary, NoCampaign, NoReference, RequiredOrder, RequiredList, Blank, LongText, CheckOrder, RequestErrors, OverMaximum, NoValue,
        FixedValue, ZeroValue, UnderMinimum, ThirdDecimal, Unparsable, Thousands, ValueAsText, EnergyOnRequest, IdCampaignOnRequest,
        PlainCampaignWithId, ForeignCampaign, ClosedCampaign, CampaignMatch, PostCodeForm, Undeliverable, DeliveryTo,
    ];
}
