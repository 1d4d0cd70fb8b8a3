namespace ImovoSim.Contracts.Tests.Deviations;

internal static class WireForms
{
    private static Deviation Form(string name, Func<Reply, Reply> alter) => Deviation.OfReply("wire form", name, (_, reply) => alter(reply));

    private static Reply InJson(Reply reply, string old, string with) => reply.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true ? reply.Replacing(old, with) : reply;

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Form("members are written in Pascal case", reply => reply.Matching("\"([a-z])([A-Za-z]+)\":", match => $"\"{char.ToUpperInvariant(match.Groups[1].Value[0])}{match.Groups[2].Value}\":")),
        Form("the balance is a text", reply => reply.Matching("\"balance\":([0-9.]+)", "\"balance\":\"$1\"")),
        Form("the balance drops its zeros", reply => reply.Matching("\"balance\":([0-9]+)\\.00", "\"balance\":$1")),
        Form("the balance drops its last zero", reply => reply.Matching("\"balance\":([0-9]+\\.[0-9])0", "\"balance\":$1")),
        Form("the balance has four decimals", reply => reply.Matching("\"balance\":([0-9.]+)", "\"balance\":${1}00")),
        Form("the balance is in pence", reply => reply.Matching("\"balance\":([0-9]+)\\.([0-9]{2})", "\"balance\":$1$2")),
        Form("the voucher code is a number", reply => reply.Matching("\"voucherCode\":\"([0-9]+)\"", "\"voucherCode\":$1")),
        Form("the flag is a text", reply => reply.Matching("\"successfulRequest\":(true|false)", "\"successfulRequest\":\"$1\"")),
        Form("the flag comes first", reply => reply.Matching("^\\{(.+),\"successfulRequest\":true\\}$", "{\"successfulRequest\":true,$1}")),
        Form("the expiry date comes before the balance", reply => reply.Matching("(\"balance\":[^,]+),(\"expiryDate\":\"[^\"]+\")", "$2,$1")),
        Form("a success has a null errorMessages", reply => reply.Replacing(",\"successfulRequest\":true", ",\"errorMessages\":null,\"successfulRequest\":true")),
        Form("a success has an empty errorMessages", reply => reply.Replacing(",\"successfulRequest\":true", ",\"errorMessages\":[],\"successfulRequest\":true")),
        Form("a refusal has a null voucherCode", reply => reply.Replacing("{\"errorMessages\"", "{\"voucherCode\":null,\"errorMessages\"")),
        Form("a refusal has a balance of nothing", reply => reply.Replacing(",\"successfulRequest\":false", ",\"balance\":0.00,\"successfulRequest\":false")),
        Form("a refusal's messages are one text", reply => reply.Matching("\"errorMessages\":\\[(\"[^\"]*\")\\]", "\"errorMessages\":$1")),
        Form("a refusal's message ends in a full stop", reply => reply.Matching("(\"errorMessages\":\\[\"[^\"]*)\"\\]", "$1.\"]")),
        Form("there is a member more", reply => reply.Replacing(",\"successfulRequest\":true", ",\"currency\":\"GBP\",\"successfulRequest\":true")),
        Form("the message is left out", reply => reply.Matching(",\"message\":\"[^\"]*\"", "")),
        Form("the message begins with GBP", reply => reply.Replacing("\"message\":\"£", "\"message\":\"GBP ")),
        Form("the pound sign is escaped", reply => InJson(reply, "£", "\\u00A3")),
        Form("the ampersand is escaped", reply => InJson(reply, "&", "\\u0026")),
        Form("the greater-than sign is escaped", reply => InJson(reply, ">", "\\u003E")),
        Form("the content type has no charset", reply => reply with { ContentType = reply.ContentType?.Split(';')[0] }),
        Form("the content type is text/json", reply => reply with { ContentType = reply.ContentType?.Replace("application/json", "text/json", StringComparison.Ordinal) }),
        Form("a byte order mark comes first", reply => reply.Body.Length > 0 ? reply with { Body = "\uFEFF" + reply.Body } : reply),
        Form("a line feed comes last", reply => reply.Body.Length > 0 ? reply with { Body = reply.Body + "\n" } : reply),
        Form("the answer is indented", reply => reply.Matching("^\\{(\"voucherCode\".*)\\}$", "{\r\n  $1\r\n}")),
        Form("there is a space after each colon", reply => reply.Matching("\"(voucherCode|balance|expiryDate|message|errorMessages|successfulRequest)\":", "\"$1\": ")),
        Deviation.OfReply("wire form", "a cancellation says OK", (asked, reply) => asked.IsCancel ? reply.Replacing("{\"successfulRequest\":true", "{\"message\":\"OK\",\"successfulRequest\":true") : reply),
        Form("the link has a scheme of https", reply => reply.Replacing("http://imovo.org", "https://imovo.org")),
    ];
}
