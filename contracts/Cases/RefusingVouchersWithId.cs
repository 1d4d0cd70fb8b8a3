namespace ImovoSim.Contracts;

/// <summary>POST /VoucherRequest/RequestVoucherWithId when it says no: its own words, and all that is missing at once.</summary>
internal static class RefusingVouchersWithId
{
    private static Case Refuses(string id, string sentence, string[] facts, string json, params string[] roles) =>
        new(id, sentence)
        {
            Facts = facts, Roles = roles,
            Holds = talk => talk.Issue(Call.PostJson("/VoucherRequest/RequestVoucherWithId", json
                .Replace("{new}", talk.NewReference(), StringComparison.Ordinal).Replace("{customer}", Talk.Customer, StringComparison.Ordinal))),
        };

    private static Case Value(string id, string sentence, string fact, params string?[] values) =>
        new(id, sentence)
        {
            Facts = [fact], Roles = [Role.CashId],
            Holds = async talk =>
            {
                foreach (var value in values) await talk.RequestWithId(Role.CashId, value);
            },
        };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Refuses("unknown-campaign", "A campaign that does not exist is refused in the vendor's word for this call", ["Q17", "Q38"], """{"CampaignCode":"NOSUCHCAMPAIGN","VoucherValue":1.00,"CustomerReference":"{new}",{customer}}"""),
        Refuses("closed-campaign", "A campaign that has ended reads as one that does not exist", ["Q54"], """{"CampaignCode":"{closed}","VoucherValue":1.00,"CustomerReference":"{new}",{customer}}""", Role.Closed),
        Refuses("future-campaign", "A campaign that has not begun reads as one that does not exist", ["Q54"], """{"CampaignCode":"{future}","VoucherValue":1.00,"CustomerReference":"{new}",{customer}}""", Role.Future),
        new("foreign-campaign", "Another client's campaign reads as one that does not exist")
        {
            Facts = ["Q13"], Roles = [Role.Foreign], Holds = talk => talk.RequestWithId(Role.Foreign, "20.00"),
        },
        Refuses("nothing-at-all", "Everything that is missing is named, in this order", ["Q18", "Q40"], "{}"),
        Refuses("no-customer", "The vendor's third error sample: address, post code, customer name, in this order", ["Q40"], """{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}"}""", Role.Id),
        Refuses("no-address", "A missing address is named", ["Q40"], """{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}","CustomerName":"John Smith","Postcode":"AL1 0BS"}""", Role.Id),
        Refuses("no-post-code", "A missing post code is named", ["Q40"], """{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}","CustomerName":"John Smith","Address":"19 Test Street"}""", Role.Id),
        Refuses("no-name", "A missing customer name is named", ["Q40"], """{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}","Address":"19 Test Street","Postcode":"AL1 0BS"}""", Role.Id),
        Refuses("blank-or-null", "Empty, blank and null members are missing members", ["Q41"], """{"CampaignCode":"{id}","VoucherValue":1.00,"CustomerReference":"{new}","CustomerName":"","Address":"  ","Postcode":null}""", Role.Id),
        Refuses("no-campaign", "A missing campaign code is named", ["Q40"], """{"VoucherValue":1.00,"CustomerReference":"{new}",{customer}}"""),
        Refuses("no-reference", "A missing customer reference is named", ["Q40"], """{"CampaignCode":"{id}","VoucherValue":1.00,{customer}}""", Role.Id),
        Refuses("missing-before-campaign", "What is missing is named before a campaign that does not exist", ["Q42"], """{"CampaignCode":"NOSUCHCAMPAIGN","VoucherValue":1.00,"CustomerReference":"{new}","CustomerName":"John Smith","Postcode":"AL1 0BS"}"""),
        Refuses("campaign-before-value", "A campaign that does not exist is named before a wrong value", ["Q42"], """{"CampaignCode":"NOSUCHCAMPAIGN","VoucherValue":-1,"CustomerReference":"{new}",{customer}}"""),
        Refuses("missing-before-value", "What is missing is named before a wrong value", ["Q42"], """{"CampaignCode":"{cashId}","VoucherValue":-1,"CustomerReference":"{new}"}""", Role.CashId),
        Refuses("the-other-calls-name-for-value", "Value is the other call's name: here the value is missing", ["Q9"], """{"CampaignCode":"{cashId}","Value":20.00,"CustomerReference":"{new}",{customer}}""", Role.CashId),
        Value("above-the-maximum", "A penny above the agreed maximum is refused", "Q45", "{cashId maximum + 0.01}"),
        Value("below-the-minimum", "A penny below the minimum is refused", "Q48", "{cashId minimum - 0.01}"),
        Value("zero-and-less", "Nothing and less than nothing are not values", "Q48", "0", "0.00", "-1"),
        Value("three-decimals", "A fraction of a penny is refused, not rounded", "Q49", "1.005"),
        Value("missing-value", "A cash campaign without a default value needs one, and null is none", "Q46", null, "null"),
        Value("value-is-no-number", "A word is not a value", "Q50", "\"abc\"", "\"\u00a320\"", "\"20,00\""),
    ];
}
