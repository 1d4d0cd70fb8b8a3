namespace ImovoSim.Contracts;

/// <summary>The header X-API-KEY: without it nothing else is looked at.</summary>
internal static class Authentication
{
    private static readonly Call Request = Call.Post("/VoucherRequest/Request?campaignCode=NOKEY&customerReference=nobody&value=20.00");
    private static readonly Call WithId = Call.PostJson("/VoucherRequest/RequestVoucherWithId", "{\"CampaignCode\":\"NOKEY\"}");
    private static readonly Call Cancel = Call.Post("/Voucher/CancelVoucher?voucherCode=0000000001");

    private static Case Says(string id, string sentence, string fact, params Call[] calls) =>
        new(id, sentence)
        {
            Facts = [fact],
            Holds = async talk =>
            {
                foreach (var call in calls) await talk.Say(call);
            },
        };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Says("no-key", "A call without a key is answered 401 and one plain sentence, whatever it asks", "Q11",
            Request with { Client = Client.None }, WithId with { Client = Client.None }, Cancel with { Client = Client.None }),
        Says("unknown-key", "A key that nobody has been given is answered 401 and another plain sentence, whatever it asks", "Q12",
            Request with { Client = Client.Unknown }, WithId with { Client = Client.Unknown }, Cancel with { Client = Client.Unknown }),
        Says("empty-key", "An empty key is a missing key", "Q11", Cancel with { Client = Client.None, Headers = [("X-API-KEY", "")] }),
        Says("key-header-in-any-case", "The header's name is read in any case", "Q14", Cancel with { KeyHeader = "x-api-key" }, Cancel with { KeyHeader = "X-Api-Key" }),
        Says("key-under-another-name", "A key under another name is a missing key", "Q14", Cancel with { KeyHeader = "Ocp-Apim-Subscription-Key" }, Cancel with { KeyHeader = "ApiKey" }),
        Says("key-in-the-query", "A key in the query is a missing key", "Q14",
            Call.Post("/Voucher/CancelVoucher?voucherCode=0000000001&X-API-KEY=abc&subscription-key=abc") with { Client = Client.None }),
        Says("key-before-body", "A call without a key is not read: a broken body does not matter", "Q11",
            Call.PostJson("/VoucherRequest/RequestVoucherWithId", "{") with { Client = Client.None }),
        Says("key-as-bearer", "A key as a bearer token is a missing key", "Q14", Cancel with { Client = Client.None, Headers = [("Authorization", "Bearer abc")] }),
        new("a-refused-key-cancels-nothing", "A call with a wrong key or none leaves the voucher live")
        {
            Facts = ["Q11", "Q12"], Roles = [Role.Cash],
            Holds = async talk =>
            {
                var voucher = await talk.Request(Role.Cash, "20.00");
                await talk.Cancel(voucher, Client.None);
                await talk.Cancel(voucher, Client.Unknown);
                await talk.Cancel(voucher);
            },
        },
    ];
}
