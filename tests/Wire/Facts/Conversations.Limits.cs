using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

internal static partial class Conversations
{
    private const string LimitReached = "Unable to create voucher: the client weekly value limit has been reached";

    private static Conversation[] Limits() =>
    [
        new(Facts.SameReference, async talk => await talk.Caller.Issue() is var first && await talk.Caller.Issue() is var second && !second.Succeeded ? second.Said
                : first.Body == second.Body ? "the same voucher" : "another voucher",
            ("new-voucher", "another voucher"), ("same-voucher", "the same voucher"), ("refused", "Unable to create voucher: a live voucher already exists for the supplied customer reference")),
        new(Facts.LimitWindow, async talk =>
            {
                await talk.Limited.Issue("LIMITED", "100");
                talk.Simulator.Clock.Advance(TimeSpan.FromDays(1));
                return (await talk.Limited.Issue("LIMITED", "1")).Said;
            },
            ("iso-week-london", "issued 1.00"), ("last-seven-days", LimitReached)),
        new(Facts.LimitBoundary, async talk => string.Join(", ", await InTurn(["60", "40"], async value => (await talk.Limited.Issue("LIMITED", value)).Said)),
            ("refused-over", "issued 60.00, issued 40.00"), ("refused-at", "issued 60.00, " + LimitReached)),
        new(Facts.LimitAfterCancel, async talk =>
            {
                await talk.Limited.Cancel((await talk.Limited.Issue("LIMITED", "100")).Code);
                return (await talk.Limited.Issue("LIMITED", "100")).Said;
            },
            ("no", LimitReached), ("yes", "issued 100.00")),
        new(Facts.LimitOnRequest, async talk =>
            {
                await talk.Limited.Issue("LIMITED", "100");
                return $"{(await talk.Limited.Issue("LIMITED", "1")).Said}, {(await talk.Limited.WithId(Caller.Sample.Replace("CAMP01", "LIMITED", StringComparison.Ordinal))).Said}";
            },
            ("yes", LimitReached + ", ClientWeeklyValueLimitReached"), ("no", "issued 1.00, ClientWeeklyValueLimitReached")),
        new(Facts.RefusedCounts, async talk => string.Join(", ", await InTurn(["60", "50", "40"], async value => (await talk.Limited.Issue("LIMITED", value)).Said)),
            ("no", $"issued 60.00, {LimitReached}, issued 40.00"), ("yes", $"issued 60.00, {LimitReached}, {LimitReached}")),
    ];

    private static Conversation[] Cancelling() =>
    [
        new(Facts.CancelPlace, async talk => string.Concat(
                (await talk.Caller.Cancel("3721902693")).Succeeded ? "query " : "",
                (await talk.Caller.Form(Caller.CancelPath, "voucherCode=648924429737")).Succeeded ? "form " : "",
                (await talk.Caller.Send(HttpMethod.Post, Caller.CancelPath, Caller.Json("""{"voucherCode":"2193785990"}"""))).Succeeded ? "json" : ""),
            ("query-and-form", "query form "), ("query", "query "), ("form", "form "), ("query-form-and-json", "query form json")),
        new(Facts.CancelTwice, async talk => string.Join(", ", await InTurn(["2193785990", "2193785990"], async code => (await talk.Caller.Cancel(code)).Said)),
            ("already-cancelled", "done, Voucher is already cancelled or redeemed"), ("success", "done, done")),
        new(Facts.CancelExpired, async talk =>
            {
                var code = (await talk.Caller.Issue("SHORT", "1")).Code;
                talk.Simulator.Clock.Advance(TimeSpan.FromMinutes(2));
                return (await talk.Caller.Cancel(code)).Said;
            },
            ("success", "done"), ("already-cancelled", "Voucher is already cancelled or redeemed"), ("own-words", "Voucher has expired")),
        new(Facts.ForeignVoucher, async talk =>
            {
                var code = (await talk.Caller.Issue()).Code;
                var stranger = await talk.Stranger.Cancel(code);
                return $"{stranger.Said}, {(await talk.Caller.Cancel(code)).Said}";
            },
            ("not-found", "Voucher not found, done"), ("success", "done, Voucher is already cancelled or redeemed"), ("401", "401 Unauthorized client, done")),
        new(Facts.NoCode, async talk => $"{(await talk.Caller.Send(HttpMethod.Post, Caller.CancelPath)).Said}, {(await talk.Caller.Cancel("%20")).Said}",
            ("not-found", "Voucher not found, Voucher not found"), ("is-required", "Voucher code is required, Voucher code is required"), ("400-problem", "400, 400")),
        new(Facts.CodeForm, async talk => string.Join(", ", await InTurn(["%202193785990%20", "3721902693TY", "648924429737"], async code => (await talk.Caller.Cancel(code)).Said)),
            ("trimmed", "done, Voucher not found, done"), ("exact", "Voucher not found, Voucher not found, done"), ("trimmed-or-link-tail", "done, done, done")),
        // Nothing on the wire uses a voucher yet, so the rule is asked itself.
        new(Facts.CancelPartUsed, talk => Task.FromResult(PartUsed(talk.Simulator.Facts)),
            ("success", "cancelled"), ("already-cancelled", "AlreadyCancelledOrRedeemed")),
        new(Facts.CancelBody, async talk => (await talk.Caller.Cancel("2193785990")).Body,
            ("flag", """{"successfulRequest":true}"""), ("flag-and-message", """{"message":"OK","successfulRequest":true}""")),
    ];

    private static string PartUsed(Profile facts)
    {
        var now = Simulator.Start;
        var client = new Client(1, "C", default, false, 7, CampaignGrant.All, null, default, 3, [], now);
        var voucher = new Voucher(3, "2193785990", "GMGSUB7DAY", 2_20, now, now.AddDays(1), "1", UsesLeft: 365, Used: true);
        var outcome = new Cancel(voucher.Code, new Rulebook(facts, CampaignFile.BuiltIn()), now).Decide(client, new Found(voucher, []));
        return outcome.Voucher is { State: VoucherState.Cancelled } ? "cancelled" : string.Join(' ', outcome.Refused);
    }
}
