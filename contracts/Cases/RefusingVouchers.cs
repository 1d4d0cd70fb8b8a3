namespace ImovoSim.Contracts;

/// <summary>POST /VoucherRequest/Request when it says no: which sentence, and which comes first.</summary>
internal static class RefusingVouchers
{
    private static Case Refuses(string id, string sentence, string[] facts, string query, params string[] roles) =>
        new(id, sentence)
        {
            Facts = facts, Roles = roles,
            Holds = talk => talk.Issue(Call.Post("/VoucherRequest/Request" + query.Replace("{new}", talk.NewReference(), StringComparison.Ordinal))),
        };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Refuses("unknown-campaign", "A campaign that does not exist is refused in the vendor's words", ["Q17", "Q27"], "?campaignCode=NOSUCHCAMPAIGN&customerReference={new}&value=20.00"),
        Refuses("closed-campaign", "A campaign that has ended reads as one that does not exist", ["Q54"], "?campaignCode={closed}&customerReference={new}&value=20.00", Role.Closed),
        Refuses("future-campaign", "A campaign that has not begun reads as one that does not exist", ["Q54"], "?campaignCode={future}&customerReference={new}&value=20.00", Role.Future),
        new("foreign-campaign", "Another client's campaign reads as one that does not exist")
        {
            Facts = ["Q13"], Roles = [Role.Foreign],
            Holds = talk => talk.Request(Role.Foreign, "20.00"),
        },
        Refuses("no-campaign", "A missing campaign code reads as one that does not exist", ["Q39"], "?customerReference={new}&value=20.00"),
        Refuses("blank-campaign", "A blank campaign code reads as one that does not exist", ["Q39", "Q41"], "?campaignCode=%20%20&customerReference={new}&value=20.00"),
        Refuses("no-reference", "A missing customer reference is refused", ["Q39"], "?campaignCode={cash}&value=20.00", Role.Cash),
        Refuses("blank-reference", "A customer reference of spaces is a missing one", ["Q41"], "?campaignCode={cash}&customerReference=%20%20&value=20.00", Role.Cash),
        Refuses("nothing-at-all", "Without any parameter one sentence comes back", ["Q39", "Q43"], ""),
        Refuses("campaign-before-value", "Of a wrong campaign and a wrong value the campaign is named", ["Q42", "Q43"], "?campaignCode=NOSUCHCAMPAIGN&customerReference={new}&value=-1"),
        Refuses("reference-before-campaign", "Of a missing reference and a wrong campaign the reference is named", ["Q42", "Q43"], "?campaignCode=NOSUCHCAMPAIGN&value=20.00"),
        Refuses("reference-before-value", "Of a missing reference and a wrong value the reference is named", ["Q42", "Q43"], "?campaignCode={cash}&value=-1", Role.Cash),
        Refuses("campaign-code-with-more", "A campaign code with something after it is another campaign code", ["Q55"], "?campaignCode={cash}1&customerReference={new}&value=20.00", Role.Cash),
        Refuses("campaign-code-with-a-wildcard", "A campaign code is compared, not matched: % and * stand for themselves", ["Q55"], "?campaignCode=%25&customerReference={new}&value=20.00"),
    ];
}
