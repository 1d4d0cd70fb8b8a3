using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts.Tests.Deviations;

internal static class Validations
{
    private const string NoSuch = "Unable to create voucher: the campaign code submitted does not exist";

    private static Deviation When(string name, Func<Asked, Reply, bool> when, Func<Asked, Simulator, Task<Reply>> instead) => Deviation.Instead("validation", name, when, instead);

    private static Deviation Reads(string name, Func<Asked, Asked> alter) => Deviation.OfCall("validation", name, alter);

    private static bool BadValue(Reply reply) => reply.Says("the value entered is invalid") || reply.Says("InvalidValue");

    private static Task<Reply> Invalid(Asked asked) => Task.FromResult(Reply.Refusal(asked.IsWithId ? "InvalidValue" : "Unable to create voucher: the value entered is invalid"));

    private static Func<Asked, Simulator, Task<Reply>> Taking(string value, string? balance = null) =>
        async (asked, simulator) => await simulator(asked.WithValue(value)) is var reply && balance is null ? reply : reply.Matching("\"balance\":[0-9.]+", $"\"balance\":{balance}");

    private static Asked Raw(Asked asked, string pattern, string with) => asked.WithText(Regex.Replace(asked.Text, pattern, with)) with { Address = Regex.Replace(asked.Address, pattern, with) };

    public static IReadOnlyList<Deviation> All { get; } =
    [
        When("above the maximum the maximum is issued", (asked, reply) => BadValue(reply) && asked.Pounds > 100m, Taking("100.00")),
        When("the maximum itself is too much", (asked, _) => asked.Pounds == 100.00m, (asked, _) => Invalid(asked)),
        When("a penny above the maximum is not too much", (asked, reply) => BadValue(reply) && asked.Pounds == 100.01m, Taking("100.00", "100.01")),
        When("every campaign has the same maximum", (asked, reply) => BadValue(reply) && asked.Pounds == 49.01m, Taking("49.00", "49.01")),
        When("the minimum itself is too little", (asked, reply) => reply.Issues && asked.Pounds == 1.00m && asked.Campaign == "THINK", (asked, _) => Invalid(asked)),
        When("a penny below the minimum is enough", (asked, reply) => BadValue(reply) && asked.Pounds == 0.99m, Taking("1.00", "0.99")),
        When("a voucher may be worth nothing", (asked, reply) => BadValue(reply) && asked.Pounds == 0m, Taking("1.00", "0.00")),
        When("a minus is not read", (asked, reply) => BadValue(reply) && asked.Pounds < 0m, Taking("1.00")),
        When("half pennies are rounded", (asked, reply) => BadValue(reply) && asked.Pounds is { } pounds && decimal.Round(pounds, 2) != pounds && pounds < 100m,
            (asked, simulator) => simulator(asked.WithValue(asked.Pounds!.Value.ToString("0.00", CultureInfo.InvariantCulture)))),
        When("an exponent is read", (asked, reply) => BadValue(reply) && asked.Value is "1e1" or "2E1", Taking("10.00")),
        When("a pound sign is read over", (asked, reply) => BadValue(reply) && asked.Value?.StartsWith('£') == true, Taking("20.00")),
        When("a decimal comma is a point", (asked, reply) => BadValue(reply) && asked.Value == "20,00", Taking("20.00")),
        When("a comma is a thousand's, wherever it stands", (asked, reply) => BadValue(reply) && asked.Value == "20,00", Taking("100.00")),
        When("a missing value is ten pounds", (asked, reply) => BadValue(reply) && asked.Value is null, (asked, simulator) => simulator(
            asked.IsWithId ? asked.WithText(asked.Text.Replace("{", "{\"VoucherValue\":10.00,", StringComparison.Ordinal)) : asked with { Address = asked.Address + "&value=10.00" })),
        When("an unread value is a missing one, so a word issues the campaign's own", (asked, reply) => BadValue(reply) && asked.Value == "abc", Taking("10.00")),
        When("a fixed campaign looks at the value all the same", (asked, _) => asked.Campaign == "OFF50P" && asked.Value == "abc", (asked, _) => Invalid(asked)),
        When("a fixed campaign issues the value asked for", (asked, reply) => reply.Issues && asked.Campaign is "OFF50P" or "EBSS66" && asked.Pounds is not null,
            async (asked, simulator) => (await simulator(asked)).Matching("\"balance\":[0-9.]+", FormattableString.Invariant($"\"balance\":{asked.Pounds:0.00}"))),
        When("campaign codes are compared letter by letter", (asked, _) => asked.Campaign?.Any(char.IsAsciiLetterLower) == true, (asked, _) => Task.FromResult(Reply.Refusal(asked.IsWithId ? "InvalidCampaign" : NoSuch))),
        When("campaign codes are not trimmed", (asked, reply) => reply.Issues && asked.Campaign is { } code && code != code.Trim(), (asked, _) => Task.FromResult(Reply.Refusal(asked.IsWithId ? "InvalidCampaign" : NoSuch))),
        Reads("the query beats the form", asked => asked.IsForm && asked.Query.Length > 0 ? asked.WithText(Regex.Replace(asked.Text, "(campaignCode|value|voucherCode)=[^&]*&?", "")) : asked),
        Reads("the last of two counts", asked => Raw(asked, "(campaignCode|voucherCode|value)=([^&]*)&\\1=([^&]*)", "$1=$3")),
        Reads("a form is not read", asked => asked.IsForm ? asked.WithText("") : asked),
        Reads("JSON is read for every call", asked => asked is { IsWithId: false, ContentType: "application/json" } && asked.Code is { } code ? asked with { Address = asked.Path + "?voucherCode=" + code }
            : asked is { IsRequest: true, ContentType: "application/json" } && asked.Query.Length == 0 ? asked with { Address = $"{asked.Path}?campaignCode={asked.Campaign}&customerReference={asked.Reference}&value={asked.Value}" } : asked),
        Reads("any content type is taken for JSON", asked => asked is { IsWithId: true, IsForm: false } && asked.Body.Length > 0 ? asked with { ContentType = "application/json" } : asked),
        Reads("a GET does what a POST does", asked => asked.IsCancel ? asked with { Method = "POST" } : asked),
        When("a GET issues nothing", (asked, _) => asked is { Method: "GET", IsRequest: true }, (_, _) => Task.FromResult(new Reply(405, null, "", [("Allow", "POST")]))),
        Reads("the other call's name for the value is read, too", asked => asked.WithText(asked.Text.Replace("\"Value\":", "\"VoucherValue\":", StringComparison.Ordinal)) with { Address = asked.Address.Replace("VoucherValue=", "value=", StringComparison.Ordinal) }),
        Reads("members are read as the list writes them", asked => asked.IsWithId ? asked.WithText(asked.Text.Replace("\"Postcode\"", "\"Postcodeless\"", StringComparison.Ordinal)) : asked),
        Reads("members are read as the sample writes them", asked => asked.IsWithId ? asked.WithText(asked.Text.Replace("\"PostCode\"", "\"Postcodeless\"", StringComparison.Ordinal)) : asked),
        Reads("spaces are an answer", asked => asked.IsWithId ? asked.WithText(asked.Text.Replace("\"  \"", "\".\"", StringComparison.Ordinal)) : asked with { Address = asked.Address.Replace("customerReference=%20%20", "customerReference=.", StringComparison.Ordinal) }),
        Reads("commas too many are forgiven", asked => asked.IsWithId ? asked.WithText(asked.Text.Replace(",}", "}", StringComparison.Ordinal)) : asked),
        Deviation.OfReply("validation", "the first missing member is named, no more", (_, reply) => reply.Matching("\\[(\"[^\"]* is required\")(,\"[^\"]*\")+\\]", "[$1]")),
        Deviation.OfReply("validation", "missing members are named in the order of the page's list", (_, reply) =>
            reply.Replacing("\"address is required\",\"post code is required\",\"customer name is required\"", "\"customer name is required\",\"address is required\",\"post code is required\"")),
        Deviation.OfReply("validation", "both calls refuse in the same sentences", (_, reply) => reply.Replacing("InvalidCampaign", NoSuch)),
        Deviation.OfReply("validation", "a closed campaign is told from an unknown one", (asked, reply) => asked.Campaign == "CLOSED" ? reply.Replacing("does not exist", "has ended") : reply),
        When("the campaign is looked at before what is missing", (asked, reply) => reply.Says("is required") && asked is { IsWithId: true, Campaign: "NOSUCHCAMPAIGN" }, (_, _) => Task.FromResult(Reply.Refusal("InvalidCampaign"))),
        When("the value is looked at before the campaign", (asked, reply) => asked.Pounds < 0m && (reply.Says(NoSuch) || reply.Says("InvalidCampaign")), (asked, _) => Invalid(asked)),
        When("unknown members are refused", (asked, _) => asked.Text.Contains("\"Colour\"", StringComparison.Ordinal) || asked.Query.Contains("StartDate", StringComparison.Ordinal), (_, _) => Task.FromResult(new Reply(400, "application/problem+json; charset=utf-8", "{}", []))),
        Reads("the first of two members counts", asked => asked.IsWithId ? asked.WithText(Regex.Replace(asked.Text, "(\"[A-Za-z]+\":)([^,]+),\\1[^,]+", "$1$2")) : asked),
    ];
}
