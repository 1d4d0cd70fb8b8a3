using System.Globalization;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

internal static partial class Conversations
{
    private static Conversation[] Shape() =>
    [
        new(Facts.ExpiryQuoted, async talk => (await talk.Caller.Issue()).Body.Split(',')[2],
            ("yes", "\"expiryDate\":\"2026-06-23T23:59:59.9999999\""), ("no", "\"expiryDate\":2026-06-23T23:59:59.9999999")),
        new(Facts.ExpiryTime, async talk => string.Join(' ', await InTurn(["THINK", "CAMP01", "GSUBPROMO001"], async campaign => (await talk.Caller.Issue(campaign)).ExpiryDate.Split('T')[1])),
            ("by-campaign", "23:59:59.9999999 23:59:59.999 13:34:56.789"), ("end-of-day-7-digits", "23:59:59.9999999 23:59:59.9999999 23:59:59.9999999"),
            ("end-of-day-3-digits", "23:59:59.999 23:59:59.999 23:59:59.999"), ("time-of-issue", "13:34:56.789 13:34:56.789 13:34:56.789")),
        new(Facts.ExpiryZone, async talk => (await talk.Caller.Issue("SHORT", "5")).ExpiryDate,
            ("london", "2026-05-24T13:35:56.789"), ("utc", "2026-05-24T12:35:56.789")),
        new(Facts.Validity, async talk => (await talk.Caller.Issue()).ExpiryDate[..10],
            ("day-of-issue-plus-n", "2026-06-23"), ("day-of-issue-is-the-first", "2026-06-22"), ("calendar-months", "2026-06-24")),
        new(Facts.CampaignEnd, async talk => await talk.Caller.Issue("ENDSOON") is { Succeeded: true } issued ? issued.ExpiryDate[..10] : UnknownCampaign,
            ("caps-expiry", "2026-06-01"), ("refuses", UnknownCampaign), ("is-ignored", "2026-06-23")),
        new(Facts.BalanceScale, async talk => string.Join(' ', await InTurn(["20", "1.50", "1.25"], async value => (await talk.Caller.Issue(value: value)).Balance)),
            ("two", "20.00 1.50 1.25"), ("at-least-one", "20.0 1.5 1.25"), ("as-few-as-needed", "20 1.5 1.25")),
        new(Facts.FixedBalance, async talk => $"{(await talk.Caller.Issue("OFF50P")).Said}, {(await talk.Caller.Issue()).Said}",
            ("face-value", "issued 0.50, issued 20.00"), ("zero", "issued 0.00, issued 20.00"), ("one", "issued 1.00, issued 20.00"), ("omitted", "done, issued 20.00")),
        new(Facts.ErrorsOnSuccess, async talk => (await talk.Caller.Cancel("2193785990")).Body + (await talk.Caller.Issue()).Members,
            ("omitted", """{"successfulRequest":true}voucherCode,balance,expiryDate,message,successfulRequest"""),
            ("null", """{"errorMessages":null,"successfulRequest":true}voucherCode,balance,expiryDate,message,errorMessages,successfulRequest"""),
            ("empty-list", """{"errorMessages":[],"successfulRequest":true}voucherCode,balance,expiryDate,message,errorMessages,successfulRequest""")),
        new(Facts.VoucherOnRefusal, async talk => (await talk.WithId(("CAMP01", "NOPE"))).Body + (await talk.Caller.Cancel("1")).Members,
            ("omitted", """{"errorMessages":["InvalidCampaign"],"successfulRequest":false}errorMessages,successfulRequest"""),
            ("null", """{"voucherCode":null,"balance":null,"expiryDate":null,"message":null,"errorMessages":["InvalidCampaign"],"successfulRequest":false}errorMessages,successfulRequest""")),
        new(Facts.Message, async talk => string.Join(' ', await InTurn(["THINK", "GSUBPROMO001"], async campaign =>
                await talk.Caller.Issue(campaign) is var issued && issued.Members.Contains("message", StringComparison.Ordinal) ? issued.Message.Length > 0 ? "text" : "empty" : "none")),
            ("by-campaign", "text none"), ("always", "text empty"), ("never", "none none")),
        new(Facts.Pound, async talk => (await talk.Caller.Issue()).Body.Split("\"message\":\"")[1].Split("20.00")[0], ("raw", "£"), ("escaped", "\\u00A3")),
        new(Facts.Months, async talk =>
            {
                talk.Simulator.Clock.Advance(TimeSpan.FromDays(90));
                return (await talk.Caller.Issue()).Message.Split("PayPoint to ")[1].Split(':')[0];
            },
            ("Sep", "21-Sep"), ("Sept", "21-Sept")),
        new(Facts.CodeInAnswer, async talk => (await talk.Caller.Issue()).Members,
            ("always", "voucherCode,balance,expiryDate,message,successfulRequest"), ("not-with-a-link", "balance,expiryDate,message,successfulRequest")),
    ];

    private static Conversation[] Codes() =>
    [
        new(Facts.CodeLength, async talk => $"{(await talk.Caller.Issue()).Code.Length} {(await talk.WithId()).Code.Length}",
            ("by-campaign", "10 12"), ("10", "10 10"), ("12", "12 12")),
        new(Facts.CheckDigit, async talk => string.Join(' ', await InTurn(["THINK", "CAMP01"], async campaign =>
                (await Issued(talk, campaign, 20)).All(reply => VoucherCode.Luhn(reply.Code.AsSpan()[..^1]) == reply.Code[^1]) ? "all" : "some")),
            ("by-campaign", "some all"), ("none", "some some"), ("luhn", "all all")),
        new(Facts.FirstDigit, async talk => (await Issued(talk, "THINK", 60)).Any(reply => reply.Code[0] is '0' or '1') ? "some begin with 0 or 1" : "none does",
            ("2-to-9", "none does"), ("0-to-9", "some begin with 0 or 1")),
        new(Facts.LinkTail, async talk => (await Issued(talk, "THINK", 3)).Select(reply => reply.Message.Split($"imovo.org/{reply.Code}")[1][..2]).Distinct().ToList() is var tails && tails.Count == 1
                ? tails[0] : tails.TrueForAll(tail => tail.All(char.IsAsciiLetterUpper)) ? "letters" : "?",
            ("by-campaign", "TY"), ("two-random-letters", "letters")),
        new(Facts.LinkToken, async talk => await talk.WithId() is var issued
                && issued.Message[^9..] == LinkToken.InBase62(long.Parse(issued.Code, CultureInfo.InvariantCulture)) ? "the code" : "its own",
            ("random", "its own"), ("code-in-base-62", "the code")),
    ];

    private static async Task<List<Reply>> Issued(Talk talk, string campaign, int count)
    {
        var replies = new List<Reply>();
        while (replies.Count < count)
            replies.Add(await talk.Caller.Issue(campaign));
        return replies;
    }
}
