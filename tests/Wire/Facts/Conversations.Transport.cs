using ImovoSim.Fidelity;

namespace ImovoSim.Tests;

internal static partial class Conversations
{
    private const string Asked = "campaignCode=THINK&customerReference=07123456789&value=20";
    private const string UnknownCampaign = "Unable to create voucher: the campaign code submitted does not exist";
    private const string InvalidValue = "Unable to create voucher: the value entered is invalid";
    private const string NoReference = "Unable to create voucher: the customer reference is required";
    private const string Required = "campaign code is required + customer reference is required + address is required + post code is required + customer name is required";

    private static Conversation[] Transport() =>
    [
        new(Facts.RequestPlace, async talk => string.Concat(
                (await talk.Caller.Request(Asked)).Succeeded ? "query " : "",
                (await talk.Caller.Form(Caller.RequestPath, Asked)).Succeeded ? "form " : "",
                (await talk.Caller.Send(HttpMethod.Post, Caller.RequestPath, Caller.Json("""{"campaignCode":"THINK","customerReference":"1","value":1}"""))).Succeeded ? "json" : ""),
            ("query-and-form", "query form "), ("query", "query "), ("form", "form "), ("query-form-and-json", "query form json")),
        new(Facts.Precedence, async talk => (await talk.Caller.Form($"{Caller.RequestPath}?{Asked}", "value=2")).Said,
            ("form", "issued 2.00"), ("query", "issued 20.00")),
        new(Facts.Repeated, async talk =>
            {
                using var parts = new MultipartFormDataContent
                {
                    { new StringContent("THINK"), "campaignCode" }, { new StringContent("1"), "customerReference" },
                    { new StringContent("3"), "value" }, { new StringContent("4"), "value" },
                };
                return $"{(await talk.Caller.Request(Asked + "&VALUE=2")).Said}, {(await talk.Caller.Form(Caller.RequestPath, Asked + "&value=2")).Said}, {(await talk.Caller.Send(HttpMethod.Post, Caller.RequestPath, parts)).Said}";
            },
            ("first", "issued 20.00, issued 20.00, issued 3.00"), ("last", "issued 2.00, issued 2.00, issued 4.00")),
        new(Facts.GetOnRequest, async talk => (await talk.Caller.Send(HttpMethod.Get, $"{Caller.RequestPath}?{Asked}")).Said,
            ("allowed", "issued 20.00"), ("405", "405")),
        new(Facts.GetOnCancel, async talk => (await talk.Caller.Send(HttpMethod.Get, $"{Caller.CancelPath}?voucherCode=2193785990")).Said,
            ("405", "405"), ("allowed", "done")),
        new(Facts.WithIdPlace, async talk => (await talk.Caller.Send(HttpMethod.Post, $"{Caller.WithIdPath}?campaignCode=CAMP01&customerReference=1&voucherValue=2&customerName=N&address=A&postcode=P")).Said
                + (await talk.Caller.Form(Caller.WithIdPath, "campaignCode=CAMP01&customerReference=1&voucherValue=3&customerName=N&address=A&postcode=P")).Said
                + (await talk.WithId()).Said,
            ("json", "415415issued 1.00"), ("json-query-and-form", "issued 2.00issued 3.00issued 1.00")),
        new(Facts.ContentType, async talk => (await talk.Caller.Send(HttpMethod.Post, Caller.WithIdPath, Caller.Body(Caller.Sample, "text/plain"))).Said,
            ("415", "415"), ("treated-as-empty", Required)),
        new(Facts.MalformedJson, async talk => Kind(await talk.WithId(("\"Johnsmith@email.com\"", "Johnsmith@email.com"))),
            ("400-problem", "400 application/problem+json; charset=utf-8"), ("required-messages", "200 application/json; charset=utf-8"),
            ("400-envelope", "400 application/json; charset=utf-8"), ("500", "500 application/json; charset=utf-8")),
        new(Facts.DuplicateKeys, async talk => (await talk.WithId(("{", "{\"voucherValue\":2,"))).Said,
            ("last", "issued 1.00"), ("first", "issued 2.00"), ("400-problem", "400")),
        new(Facts.NameCase, async talk => $"{(await talk.Caller.Request("campaigncode=THINK&customerreference=1&value=1")).Said} {(await talk.WithId(("Postcode", "postcode"))).Said} {(await talk.WithId(("Postcode", "PostCode"))).Said} {(await talk.WithId()).Said}",
            ("any-case", "issued 1.00 issued 1.00 issued 1.00 issued 1.00"), ("as-documented", UnknownCampaign + " post code is required issued 1.00 issued 1.00")),
        new(Facts.Paths, async talk => string.Join(' ', await InTurn(
                ["/VoucherRequest/Request", "/voucherrequest/request", "/VoucherRequest/Request/", "//VoucherRequest/Request"],
                async path => $"{(await talk.Caller.Send(HttpMethod.Post, path)).Status}")),
            ("any-form", "200 200 200 200"), ("single-slashes", "200 200 200 404"), ("as-documented", "200 404 404 404")),
        new(Facts.Aliases, async talk => $"{(await talk.Caller.Request("campaignCode=THINK&customerReference=1&VoucherValue=3")).Said}, {(await talk.WithId(("VoucherValue", "Value"))).Said}",
            ("ignored", InvalidValue + ", InvalidValue"), ("accepted", "issued 3.00, issued 1.00")),
        new(Facts.Unknown, async talk => $"{(await talk.Caller.Request(Asked + "&StartDate=2026-01-01")).Said}, {(await talk.WithId(("{", "{\"StartDate\":1,"))).Said}",
            ("ignored", "issued 20.00, issued 1.00"), ("400-problem", "400, 400")),
        new(Facts.UnreadableText, async talk => $"{(await talk.Caller.Issue(reference: "%00")).Said}, {(await talk.Caller.Issue(reference: "%FF")).Said}",
            ("400-problem", "400, 400"), ("treated-as-missing", $"{NoReference}, {NoReference}")),
        new(Facts.MissingKey, async talk => Kind(await talk.Nobody.Issue()),
            ("401-text", "401 text/plain; charset=utf-8"), ("401-envelope", "401 application/json; charset=utf-8"), ("200-envelope", "200 application/json; charset=utf-8"), ("403", "403 ")),
        new(Facts.UnknownKey, async talk => Kind(await new Caller(talk.Simulator.Unjudged, "nobodys-key").Issue()),
            ("401-text", "401 text/plain; charset=utf-8"), ("401-envelope", "401 application/json; charset=utf-8"), ("200-envelope", "200 application/json; charset=utf-8"), ("403", "403 ")),
        new(Facts.KeyFirst, async talk => $"{(await talk.Nobody.Send(HttpMethod.Get, "/nothing")).Status} {(await talk.Nobody.Send(HttpMethod.Get, Caller.WithIdPath)).Status} {(await talk.Caller.Send(HttpMethod.Get, "/nothing")).Status} {(await talk.Nobody.Send(HttpMethod.Get, "/_sim/fidelity")).Status}",
            ("no", "404 405 404 200"), ("yes", "401 401 404 200")),
        new(Facts.KeyPlace, async talk => Kind(await talk.Nobody.Request($"{Asked}&X-API-KEY=demo-key")),
            ("header", "401 text/plain; charset=utf-8"), ("header-or-query", "200 application/json; charset=utf-8")),
        new(Facts.Network, async talk => Kind(await talk.Caller.Issue()),
            ("open", "200 application/json; charset=utf-8"), ("403-html", "403 text/html")),
        new(Facts.BodyLimit, async talk => (await talk.Caller.Send(HttpMethod.Post, Caller.RequestPath,
                Caller.Body($"{Asked}&filler={new string('x', 1_000_000)}", "application/x-www-form-urlencoded"), call => call.Headers.ExpectContinue = true)).Said,
            ("256kB", "413"), ("30MB", "issued 20.00")),
        new(Facts.RequestStatus, async talk => $"{(await talk.Caller.Issue("NOPE")).Status}", ("200", "200"), ("400", "400")),
        new(Facts.WithIdStatus, async talk => $"{(await talk.WithId(("CAMP01", "NOPE"))).Status} {(await talk.Caller.WithId("{}")).Status}", ("200", "200 200"), ("400", "400 200")),
        new(Facts.CancelStatus, async talk =>
            {
                await talk.Caller.Cancel("2193785990");
                return $"{(await talk.Caller.Cancel("2193785990")).Status} {(await talk.Caller.Cancel("0000000000")).Status}";
            },
            ("200", "200 200"), ("400", "400 400"), ("404-when-not-found", "200 404")),
        new(Facts.RequiredStatus, async talk => $"{(await talk.WithId(("CAMP01", "NOPE"))).Status} {(await talk.Caller.WithId("{}")).Status}", ("200", "200 200"), ("400", "200 400")),
        new(Facts.Charset, async talk => (await talk.Caller.Issue()).ContentType!, ("utf-8", "application/json; charset=utf-8"), ("absent", "application/json")),
    ];

    private static string Kind(Reply reply) => $"{reply.Status} {reply.ContentType}";

    private static async Task<string[]> InTurn<T>(IEnumerable<T> all, Func<T, Task<string>> ask)
    {
        var answers = new List<string>();
        foreach (var one in all)
            answers.Add(await ask(one));
        return [.. answers];
    }
}
