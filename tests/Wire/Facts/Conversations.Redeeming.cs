using System.Text.Json;
using ImovoSim.Fidelity;

namespace ImovoSim.Tests;

internal static partial class Conversations
{
    private static Conversation[] Redeeming() =>
    [
        new(Facts.RedeemText, async talk => await Terminal(talk, (await talk.Caller.Issue()).Code, "redeem", "{}"),
            ("worth", "Redemption successful - transaction is worth £20.00"), ("success", "Success")),
        new(Facts.RedeemAmount, async talk =>
            {
                var shared = (await talk.Caller.Issue("FIVEUSES", "10")).Code;
                var daily = (await talk.Caller.Issue("GMGSUB7DAY")).Code;
                await Terminal(talk, shared, "redeem", """{"amount": 6.00}""");
                await Terminal(talk, daily, "redeem", "{}");
                talk.Simulator.Clock.Advance(TimeSpan.FromDays(1));
                return $"{await Terminal(talk, shared, "redeem", """{"amount": 6.00}""")}, {await Terminal(talk, daily, "redeem", "{}")}";
            },
            ("by-campaign", "This e-coupon has insufficient balance, Redemption successful - transaction is worth £2.20"),
            ("from-one-balance", "This e-coupon has insufficient balance, Redemption rejected - this voucher has been used the maximum number of times this period. Please check terms and conditions"),
            ("whole-value-each-time", "Redemption successful - transaction is worth £6.00, Redemption successful - transaction is worth £2.20")),
        new(Facts.VoidWindow, async talk =>
            {
                var (one, other) = ((await talk.Caller.Issue()).Code, (await talk.Caller.Issue()).Code);
                await Terminal(talk, one, "redeem", """{"terminal": "1"}""");
                await Terminal(talk, other, "redeem", """{"terminal": "1"}""");
                var elsewhere = await Terminal(talk, one, "void", """{"terminal": "2"}""");
                talk.Simulator.Clock.Advance(TimeSpan.FromDays(1));
                return $"{elsewhere}, {await Terminal(talk, other, "void", """{"terminal": "1"}""")}";
            },
            ("same-terminal-same-day", "Void rejected - the voucher was redeemed at another terminal, Void rejected - the voucher was not redeemed today"),
            ("same-day", "Redemption voided, Void rejected - the voucher was not redeemed today"),
            ("any", "Redemption voided, Redemption voided")),
    ];

    private static async Task<string> Terminal(Talk talk, string code, string what, string json)
    {
        var reply = await talk.Caller.Send(HttpMethod.Post, $"/_sim/vouchers/{code}/{what}", Caller.Json(json));
        return JsonDocument.Parse(reply.Bytes).RootElement.GetProperty("text").GetString()!;
    }
}
