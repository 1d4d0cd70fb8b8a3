namespace ImovoSim.Fidelity;

internal static partial class Facts
{
    public static readonly Fact RequestPlace = new(1, "request-parameters-place",
        "Where does /VoucherRequest/Request read its parameters?",
        ["query-and-form", "query", "form", "query-form-and-json"],
        "observed 2026-03-25", "A public client of the same host moved from a JSON body to the query string; forms by analogy with ASP.NET Core MVC.",
        "The same call three ways with a real campaign; the wrong place should say that the campaign does not exist.");

    public static readonly Fact Precedence = new(2, "parameter-precedence",
        "Which wins when a parameter stands in the form and in the query?", ["form", "query"],
        Assumed, "ASP.NET Core MVC's default, measured.", "?campaignCode=BAD with a form campaignCode=GOOD.");

    public static readonly Fact Repeated = new(2, "repeated-parameter",
        "Which counts when a parameter is repeated?", ["first", "last"],
        Assumed, "ASP.NET Core MVC's default, measured.", "?campaignCode=GOOD&campaignCode=BAD.");

    public static readonly Fact GetOnRequest = new(3, "request-get",
        "Does GET answer on /VoucherRequest/Request?", ["allowed", "405"],
        Assumed, "A public client used GET on this path until 2020; its success is not proven.", "GET with a campaign that does not exist: 200 or 405.");

    public static readonly Fact GetOnCancel = new(3, "cancel-get",
        "Does GET answer on /Voucher/CancelVoucher?", ["405", "allowed"],
        Assumed, "The page says POST; sister endpoints of the same host answer GET.", "GET with a code that does not exist: 200 or 405.");

    public static readonly Fact WithIdPlace = new(4, "with-id-parameters-place",
        "Where does RequestVoucherWithId read its parameters?", ["json", "json-query-and-form"],
        Assumed, "The page's sample is JSON; a query would carry names and addresses into logs.", "POST with a query only: 415, or 200 with \"… is required\".");

    public static readonly Fact ContentType = new(5, "with-id-content-type",
        "What does a missing or wrong Content-Type get?", ["415", "treated-as-empty"],
        Assumed, "ASP.NET Core MVC's default, measured.", "One call with text/plain.");

    public static readonly Fact MalformedJson = new(6, "malformed-json",
        "What does malformed JSON get?", ["400-problem", "required-messages", "400-envelope", "500"],
        Assumed, "ASP.NET Core MVC gives either of the first two, measured; the first does not hide a client's bug. The page's own sample is malformed.",
        "Send the page's sample body as printed.");

    public static readonly Fact DuplicateKeys = new(6, "duplicate-json-keys",
        "Which counts when a JSON member is repeated?", ["last", "first", "400-problem"],
        Assumed, "The default of .NET's JSON readers.", "CampaignCode twice, the first one wrong.");

    public static readonly Fact NameCase = new(7, "parameter-name-case",
        "Are parameter names case-sensitive?", ["any-case", "as-documented"],
        Assumed, "ASP.NET Core MVC's default, measured; the page itself writes PostCode and Postcode.", "A call with all names in lower case.");

    public static readonly Fact Paths = new(8, "path-form",
        "Are other casings, a trailing slash and doubled slashes of a path accepted?", ["any-form", "single-slashes", "as-documented"],
        Assumed, "Routing ignores case and a trailing slash; a public client used // against the real host in 2020.", "/voucherrequest/request, then //VoucherRequest/Request.");

    public static readonly Fact Aliases = new(9, "value-alias",
        "Does each request accept the other's name of the value (VoucherValue, value)?", ["ignored", "accepted"],
        Assumed, "Binders drop unknown names.", "RequestVoucherWithId with Value: the balance tells.");

    public static readonly Fact Unknown = new(10, "unknown-parameters",
        "What do unknown parameters do?", ["ignored", "400-problem"],
        Assumed, "Binders drop unknown names; a public client sent StartDate in 2020.", "Add StartDate=tomorrow.");

    public static readonly Fact UnreadableText = new(10, "unreadable-text",
        "What does text with NUL, invalid UTF-8 or a lone surrogate get?", ["400-problem", "treated-as-missing"],
        Assumed, "No source.", "customerReference=%00.");

    public static readonly Fact MissingKey = new(11, "missing-key",
        "What does a call without X-API-KEY get?", ["401-text", "401-envelope", "200-envelope", "403"],
        Assumed, "The usual text of a key middleware of that framework.", "One call without the header.");

    public static readonly Fact UnknownKey = new(12, "unknown-key",
        "What does an unknown X-API-KEY get?", ["401-text", "401-envelope", "200-envelope", "403"],
        Assumed, "The usual text of a key middleware of that framework.", "One call with a random key.");

    public static readonly Fact KeyFirst = new(12, "key-before-route",
        "Is the key checked before the path and the method?", ["no", "yes"],
        Assumed, "No source.", "An unknown path without a key: 404 or 401.");

    public static readonly Fact KeyPlace = new(14, "key-place",
        "Is the key accepted in the query too?", ["header", "header-or-query"],
        Assumed, "The page says header.", "X-API-KEY in the query.");

    public static readonly Fact Network = new(15, "network",
        "What does a caller outside the allow-list get?", ["open", "403-html"],
        "observed 2026-03-31", "A public client moved into a network of its own for the allow-list. The simulator is open.", "A call from an address that is not on the list.");

    public static readonly Fact BodyLimit = new(16, "body-limit",
        "How large may a request's body be?", ["256kB", "30MB"],
        Assumed, "30 MB is the framework's default; the smaller one shows a runaway client early.", "A body of 1 MB.");

    public static readonly Fact RequestStatus = new(17, "request-refusal-status",
        "Which HTTP status has a refusal on Request?", ["200", "400"],
        "observed 2020-02-12", "A public client of the same host was changed because failed requests came back as 200.", "A campaign that does not exist.");

    public static readonly Fact WithIdStatus = new(17, "with-id-refusal-status",
        "Which HTTP status has a refusal on RequestVoucherWithId?", ["200", "400"],
        Assumed, "By analogy with Request.", "A campaign that does not exist.");

    public static readonly Fact CancelStatus = new(17, "cancel-refusal-status",
        "Which HTTP status has a refusal on CancelVoucher?", ["200", "400", "404-when-not-found"],
        Assumed, "By analogy with Request.", "Cancel 0000000000.");

    public static readonly Fact RequiredStatus = new(18, "with-id-required-status",
        "Which HTTP status have missing members on RequestVoucherWithId?", ["200", "400"],
        Assumed, "The page shows them beside the other refusals.", "RequestVoucherWithId with {}.");

    public static readonly Fact Charset = new(19, "content-type-charset",
        "Does the answer's Content-Type name its charset?", ["utf-8", "absent"],
        Assumed, "ASP.NET Core MVC's default, measured.", "Any call.");

    private static Fact[] Transport() =>
    [
        RequestPlace, Precedence, Repeated, GetOnRequest, GetOnCancel, WithIdPlace, ContentType, MalformedJson, DuplicateKeys, NameCase,
        Paths, Aliases, Unknown, UnreadableText, MissingKey, UnknownKey, KeyFirst, KeyPlace, Network, BodyLimit, RequestStatus,
        WithIdStatus, CancelStatus, RequiredStatus, Charset,
    ];
}
