namespace ImovoSim.Contracts;

/// <summary>POST /VoucherRequest/RequestVoucherWithId when it says yes.</summary>
internal static class VouchersWithId
{
    private const string Path = "/VoucherRequest/RequestVoucherWithId";

    private static Call Json(string json) => Call.PostJson(Path, json) with { Role = Role.Id, Value = "1.00" };

    private static Case Says(string id, string sentence, string fact, Func<Talk, Task> holds) =>
        new(id, sentence) { Facts = [fact], Roles = [Role.Id], Holds = holds };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("sample", "The vendor's second sample is answered in its form, once its e-mail address has quotes")
        {
            Facts = ["Q4", "Q21", "Q26", "Q30", "Q31", "Q35"], Roles = [Role.Id],
            Holds = talk => talk.Issue(Json($"{{\"CampaignCode\":\"{{id}}\",\"VoucherValue\":1.00,\"CustomerReference\":\"{talk.NewReference()}\",\"DeliveryRecipient\":\"{talk.NewReference()}\",{Talk.Customer}}}")),
        },
        Says("without-a-recipient", "The delivery recipient may be left out", "Q57", talk => talk.RequestWithId(Role.Id, "1.00")),
        Says("every-voucher-has-its-own-link", "Two vouchers have two codes and two links", "Q35", async talk =>
        {
            await talk.RequestWithId(Role.Id, "1.00");
            await talk.RequestWithId(Role.Id, "1.00");
        }),
        new("cash", "Cash with identification is issued by value")
        {
            Facts = ["Q53"], Roles = [Role.CashId], Holds = talk => talk.RequestWithId(Role.CashId, "75.50"),
        },
        new("plain-cash-campaign", "A campaign that asks for no identification can be asked for with it")
        {
            Facts = ["Q53"], Roles = [Role.Cash], Holds = talk => talk.RequestWithId(Role.Cash, "20.00"),
        },
        new("energy", "Energy credit is issued by value")
        {
            Facts = ["Q51"], Roles = [Role.Energy], Holds = talk => talk.RequestWithId(Role.Energy, "49.00"),
        },
        new("fixed-value", "Where the campaign fixes the value, a value asked for changes nothing, above the usual maximum or not")
        {
            Facts = ["Q26", "Q47"], Roles = [Role.FixedId],
            Holds = async talk =>
            {
                await talk.RequestWithId(Role.FixedId);
                await talk.RequestWithId(Role.FixedId, "1.00");
            },
        },
        Says("value-as-text", "A value in quotes is read as a number", "Q7", talk => talk.RequestWithId(Role.Id, "\"1.00\"")),
        Says("whole-pounds", "A balance has two decimals, however the value was written", "Q25", async talk =>
        {
            await talk.RequestWithId(Role.Id, "1");
            await talk.RequestWithId(Role.Id, "1.5");
        }),
        Says("members-in-lower-case", "Member names are read in any case", "Q7", talk => talk.Issue(Json(
            $"{{\"campaigncode\":\"{{id}}\",\"vouchervalue\":1.00,\"customerreference\":\"{talk.NewReference()}\",\"customername\":\"John Smith\",\"address\":\"19 Test Street\",\"postcode\":\"AL1 0BS\"}}"))),
        Says("members-as-the-list-writes-them", "PostCode, as the page's list writes it, is read like Postcode, as its sample does", "Q7", talk => talk.Issue(Json(
            $"{{\"campaignCode\":\"{{id}}\",\"VoucherValue\":1.00,\"customerReference\":\"{talk.NewReference()}\",\"CustomerName\":\"John Smith\",\"Address\":\"19 Test Street\",\"PostCode\":\"AL1 0BS\"}}"))),
        Says("unknown-member", "A member that the page does not name is ignored", "Q10", talk => talk.Issue(Json(
            $"{{\"CampaignCode\":\"{{id}}\",\"VoucherValue\":1.00,\"CustomerReference\":\"{talk.NewReference()}\",\"Colour\":{{\"of\":[\"the\",\"card\"]}},{Talk.Customer}}}"))),
        Says("member-given-twice", "Of a member given twice the last counts", "Q7", talk => talk.Issue(Json(
            $"{{\"CampaignCode\":\"NOSUCHCAMPAIGN\",\"CampaignCode\":\"{{id}}\",\"VoucherValue\":2.00,\"VoucherValue\":1.00,\"CustomerReference\":\"{talk.NewReference()}\",{Talk.Customer}}}"))),
        Says("campaign-code-in-lower-case", "The campaign code is read in any case and trimmed", "Q55", talk => talk.Issue(Json(
            $"{{\"CampaignCode\":\" {{id in lower case}} \",\"VoucherValue\":1.00,\"CustomerReference\":\"{talk.NewReference()}\",{Talk.Customer}}}"))),
        Says("any-letters-in-a-name", "Names and addresses may hold any text, as letters or as escapes", "Q56", talk => talk.Issue(Json(
            $"{{\"CampaignCode\":\"{{id}}\",\"VoucherValue\":1.00,\"CustomerReference\":\"{talk.NewReference()}\",\"CustomerName\":\"Zoë \\\"O'Neill\\\" <b>\",\"Address\":\"1 Rue de l'\\u00c9glise, \\ud83c\\udf89\",\"Postcode\":\"not a postcode\"}}"))),
        Says("charset-in-the-content-type", "The content type may say its charset", "Q5", talk => talk.Issue(
            Json($"{{\"CampaignCode\":\"{{id}}\",\"VoucherValue\":1.00,\"CustomerReference\":\"{talk.NewReference()}\",{Talk.Customer}}}") with { ContentType = "application/json; charset=utf-8" })),
        new("one-live-voucher-per-reference", "A campaign that gives one live voucher to each reference says so in this call's own word")
        {
            Facts = ["Q61", "Q38"], Roles = [Role.OnePerReference],
            Holds = async talk =>
            {
                var reference = talk.NewReference();
                await talk.RequestWithId(Role.OnePerReference, null, reference);
                await talk.RequestWithId(Role.OnePerReference, null, reference);
            },
        },
    ];
}
