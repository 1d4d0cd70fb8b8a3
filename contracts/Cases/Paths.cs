namespace ImovoSim.Contracts;

/// <summary>Addresses and methods: what is close enough, and what is not there.</summary>
internal static class Paths
{
    private static Case Says(string id, string sentence, string fact, params Call[] calls) =>
        new(id, sentence)
        {
            Facts = [fact],
            Holds = async talk =>
            {
                foreach (var call in calls) await talk.Say(call);
            },
        };

    private const string NoVoucher = "?voucherCode=0000000000";
    private const string NoCampaign = "?campaignCode=NOSUCHCAMPAIGN&customerReference=someone&value=20.00";

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Says("any-case", "Paths are read in any case", "Q8", Call.Post("/voucher/cancelvoucher" + NoVoucher), Call.Post("/VOUCHERREQUEST/REQUEST" + NoCampaign), Call.PostJson("/voucherrequest/requestvoucherwithid", "{}")),
        Says("slash-at-the-end", "A slash at the end changes nothing", "Q8", Call.Post("/Voucher/CancelVoucher/" + NoVoucher), Call.Post("/VoucherRequest/Request/" + NoCampaign)),
        Says("two-slashes", "Two slashes at the beginning are read as one", "Q8", Call.Post("//Voucher/CancelVoucher" + NoVoucher)),
        Says("not-there", "Another path is not there", "Q8", Call.Post("/Voucher/Cancel" + NoVoucher), Call.Post("/VoucherRequest"), Call.Post("/api/VoucherRequest/Request" + NoCampaign)),
        Says("get-with-id", "A voucher with an ID check is asked for by POST only", "Q3", new Call("GET", "/VoucherRequest/RequestVoucherWithId")),
        Says("get-cancel", "A cancellation is asked for by POST only", "Q3", new Call("GET", "/Voucher/CancelVoucher" + NoVoucher)),
        Says("other-methods", "PUT, PATCH and DELETE are not for these addresses", "Q3",
            new Call("DELETE", "/Voucher/CancelVoucher" + NoVoucher), new Call("PUT", "/VoucherRequest/RequestVoucherWithId"), new Call("PATCH", "/Voucher/CancelVoucher" + NoVoucher)),
        Says("answers-in-json-whatever-is-accepted", "The answer is JSON, whatever the caller would rather have", "Q19",
            Call.Post("/Voucher/CancelVoucher" + NoVoucher) with { Headers = [("Accept", "application/xml")] },
            Call.Post("/Voucher/CancelVoucher" + NoVoucher) with { Headers = [("Accept", "text/html,*/*;q=0.1"), ("Accept-Language", "cy")] }),
    ];
}
