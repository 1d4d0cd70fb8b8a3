namespace ImovoSim.Contracts;

/// <summary>POST /VoucherRequest/Request, its parameters given in every way that a caller may have found.</summary>
internal static class AskingInOtherWays
{
    private const string Path = "/VoucherRequest/Request";

    private static Call Query(string query) => Call.Post(Path + "?" + query) with { Role = Role.Cash, Value = "20.00" };

    private static Call Form(string form, string query = "") => Call.PostForm(Path + query, form) with { Role = Role.Cash, Value = "20.00" };

    private static Case Says(string id, string sentence, string fact, Func<Talk, Task> holds) =>
        new(id, sentence) { Facts = [fact], Roles = [Role.Cash], Holds = holds };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Says("form", "A form body is read as the query is", "Q1", talk =>
            talk.Issue(Form($"campaignCode={{cash}}&customerReference={talk.NewReference()}&value=20.00"))),
        Says("form-beats-query", "What the form says beats what the query says", "Q2", talk =>
            talk.Issue(Form($"campaignCode={{cash}}&customerReference={talk.NewReference()}&value=20.00", "?campaignCode=NOSUCHCAMPAIGN&value=30.00"))),
        Says("query-fills-the-form", "What the form leaves out is taken from the query", "Q2", talk =>
            talk.Issue(Form($"customerReference={talk.NewReference()}", "?campaignCode={cash}&value=20.00"))),
        Says("json-body-is-not-read", "A JSON body is not read here, so the campaign is missing", "Q1", talk =>
            talk.Issue(Call.PostJson(Path, $"{{\"campaignCode\":\"{{cash}}\",\"customerReference\":\"{talk.NewReference()}\",\"value\":20.00}}"))),
        Says("json-body-beside-query", "A JSON body beside the query changes nothing", "Q1", talk =>
            talk.Issue(Call.PostJson(Path + $"?campaignCode={{cash}}&customerReference={talk.NewReference()}&value=20.00", """{"value":30.00}""") with { Role = Role.Cash, Value = "20.00" })),
        Says("get", "A GET issues as a POST does", "Q3", talk =>
            talk.Issue(Query($"campaignCode={{cash}}&customerReference={talk.NewReference()}&value=20.00") with { Method = "GET" })),
        Says("parameter-names-in-any-case", "Parameter names are read in any case", "Q7", talk =>
            talk.Issue(Query($"CAMPAIGNCODE={{cash}}&CustomerReference={talk.NewReference()}&Value=20.00"))),
        Says("campaign-code-in-lower-case", "The campaign code is read in any case", "Q55", talk =>
            talk.Issue(Query($"campaignCode={{cash in lower case}}&customerReference={talk.NewReference()}&value=20.00"))),
        Says("campaign-code-is-trimmed", "Spaces around the campaign code are dropped, written %20 or +", "Q55", async talk =>
        {
            await talk.Issue(Query($"campaignCode=%20{{cash}}%20&customerReference={talk.NewReference()}&value=20.00"));
            await talk.Issue(Query($"campaignCode=+{{cash}}+&customerReference={talk.NewReference()}&value=20.00"));
        }),
        Says("repeated-parameter", "Of a parameter given twice the first counts", "Q1", talk =>
            talk.Issue(Query($"campaignCode={{cash}}&campaignCode=NOSUCHCAMPAIGN&customerReference={talk.NewReference()}&value=20.00&value=30.00"))),
        Says("unknown-parameter", "A parameter that the page does not name is ignored, be it one that was in use once", "Q10", talk =>
            talk.Issue(Query($"campaignCode={{cash}}&customerReference={talk.NewReference()}&value=20.00&StartDate=2099-01-01"))),
        Says("the-other-calls-name-for-value", "VoucherValue is the other call's name: here the value is missing", "Q9", talk =>
            talk.Issue(Query($"campaignCode={{cash}}&customerReference={talk.NewReference()}&VoucherValue=20.00"))),
        Says("parameters-in-another-order", "The order of the parameters does not matter", "Q1", talk =>
            talk.Issue(Query($"value=20.00&customerReference={talk.NewReference()}&campaignCode={{cash}}"))),
        Says("reference-in-any-letters", "A customer reference may hold any text: accents, quotes, markup, signs of other alphabets", "Q41", talk =>
            talk.Issue(Query($"campaignCode={{cash}}&customerReference={talk.NewReference()}%20Zo%C3%AB%20%22O%27Neill%22%20%3Cb%3E%20%26%20%E2%82%AC%20%F0%9F%8E%89&value=20.00"))),
        Says("long-reference", "A customer reference of 500 characters is taken", "Q41", talk =>
            talk.Issue(Query($"campaignCode={{cash}}&customerReference={talk.NewReference()}{new string('x', 500)}&value=20.00"))),
        Says("form-with-charset", "A form may say its charset", "Q1", talk =>
            talk.Issue(Form($"campaignCode={{cash}}&customerReference={talk.NewReference()}&value=20.00") with { ContentType = "application/x-www-form-urlencoded; charset=UTF-8" })),
    ];
}
