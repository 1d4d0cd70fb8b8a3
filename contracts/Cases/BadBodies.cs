using System.Text;

namespace ImovoSim.Contracts;

/// <summary>Bodies of /VoucherRequest/RequestVoucherWithId that no careful program would send, and the vendor's sample is one.</summary>
internal static class BadBodies
{
    private const string Path = "/VoucherRequest/RequestVoucherWithId";

    private static Case Sends(string id, string sentence, string fact, params Call[] calls) =>
        new(id, sentence)
        {
            Facts = [fact], Roles = [Role.Id],
            Holds = async talk =>
            {
                foreach (var call in calls)
                    await talk.Issue(call.Body is { } body && call.Bytes is null ? call with { Body = body.Replace("{new}", talk.NewReference(), StringComparison.Ordinal) } : call);
            },
        };

    private static Call Json(string json) => Call.PostJson(Path, json);

    private static Call Raw(string shown, params byte[][] parts) => Call.PostJson(Path, shown) with { Bytes = parts.SelectMany(part => part).ToArray() };

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private const string Good = """{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}",""" + Talk.Customer + "}";

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Sends("the-pages-own-sample", "The vendor's sample as printed is not JSON: its e-mail address has no quotes", "Q6", Json(
            """{"CampaignCode":"CAMP01","VoucherValue": 1.00,"CustomerReference": "09283-765748","DeliveryRecipient": Johnsmith@email.com,"CustomerName": "John Smith","Address": "19 Test Street, Welwyn Garden City","Postcode": "AL1 0BS"}""")),
        Sends("cut-short", "A body cut short is not read", "Q6", Json("""{"CampaignCode":"{id}","VoucherValue":1.00,"Cust""")),
        Sends("trailing-comma", "A comma too many is not forgiven", "Q6", Json("""{"CampaignCode":"{id}","VoucherValue":1.00,}""")),
        Sends("single-quotes", "Single quotes are not JSON", "Q6", Json("{'CampaignCode':'{id}'}")),
        Sends("nothing", "A JSON body of no characters is not read", "Q6", Json("")),
        Sends("null", "A JSON body of null is not a request", "Q6", Json("null")),
        Sends("list", "A list is not a request", "Q6", Json("[]")),
        Sends("text", "A JSON text is not a request", "Q6", Json("\"hello\"")),
        Sends("number-for-a-text", "A number where a text belongs is not read", "Q6", Json($$"""{"CampaignCode":1,"VoucherValue":1.00,"CustomerReference":"{new}",{{Talk.Customer}}}""")),
        Sends("object-for-a-value", "An object where the value belongs is not read", "Q6", Json($$"""{"CampaignCode":"{id}","VoucherValue":{},"CustomerReference":"{new}",{{Talk.Customer}}}""")),
        Sends("plain-text", "A body that calls itself plain text is not taken", "Q5", Json(Good) with { ContentType = "text/plain" }),
        Sends("no-content-type", "A body that does not say what it is is not taken", "Q5", Json(Good) with { ContentType = null }),
        Sends("form", "A form is not taken", "Q4", Call.PostForm(Path, "CampaignCode={id}&VoucherValue=1.00&CustomerReference={new}&CustomerName=John&Address=Street&Postcode=AL1")),
        Sends("query-only", "Parameters in the query are not taken: personal data does not belong in an address", "Q4",
            Call.Post(Path + "?CampaignCode={id}&VoucherValue=1.00&CustomerReference=someone&CustomerName=John&Address=Street&Postcode=AL1")),
        Sends("not-utf-8", "Bytes that are not UTF-8 are not read", "Q6",
            Raw("{a customer name of the bytes C3 28}", Ascii("{\"CampaignCode\":\"CAMP01\",\"CustomerName\":\""), [0xC3, 0x28], Ascii("\"}"))),
        Sends("half-a-letter", "Half of a surrogate pair is not a letter", "Q6", Json("""{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}","CustomerName":"\ud800","Address":"19 Test Street","Postcode":"AL1 0BS"}""")),
        Sends("nul", "A NUL is not a letter of a name", "Q6", Json("""{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}","CustomerName":"John\u0000Smith","Address":"19 Test Street","Postcode":"AL1 0BS"}""")),
        Sends("too-long", "A body of 300 kB is too long", "Q41", Raw("{300 kB of JSON}", Ascii("{\"CampaignCode\":\"" + new string('x', 300_000) + "\"}"))),
    ];
}
