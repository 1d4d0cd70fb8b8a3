using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>/_sim/vouchers: what a client has issued, and what a shop does with it.</summary>
internal static class VouchersApi
{
    private const int MostPerPage = 1000;
    private const int LongestText = 256;
    private static readonly string[] States = ["live", "redeemed", "cancelled", "expired"];

    public static void MapVouchers(this IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim/vouchers", control.ForClient(List)).Describes(() => new(
            "listVouchers", "Vouchers", "List vouchers", "The client's vouchers in the order of their issue, a page at a time.")
        {
            Query =
            [
                new("state", "Only those that stand like this by the client's clock.", States),
                new("reference", "Only those of this customer reference, letter for letter."),
                new("campaign", "Only those of this campaign; its code in any casing."),
                new("after", "The page after this one: the `next` of the page before.", Least: 0, Most: long.MaxValue),
                new("limit", "How many at most, 100 unless told.", Least: 1, Most: MostPerPage),
                new("order", "oldest unless told.", ["oldest", "newest"]),
                new("count", "false leaves out how many there are on all pages, which costs a look at each.", ["true", "false"]),
            ],
            Answers = [RouteAnswer.Ok(ControlJson.Plain.VouchersBody, "A page of vouchers, and how many there are on all pages.")],
            Refuses = [400],
        });
        routes.MapGet("/_sim/vouchers/{code}", control.ForClient(Show)).Describes(() => new(
            "showVoucher", "Vouchers", "Show a voucher", "One voucher with whom it is for and all that became of it.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.VoucherStory, "The voucher and its history.")],
            Refuses = [404],
        });
        routes.MapPost("/_sim/vouchers/{code}/redeem", control.ForClient(Redeem)).Describes(() => new(
            "redeemVoucher", "Vouchers", "Redeem a voucher",
            "What a shop's terminal does. A redemption that the service refuses is an answer as well: 200 with `accepted` false and the terminal's text.")
        {
            Takes = ControlJson.Plain.TerminalRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.TerminalBody, "What the terminal is told, and the voucher afterwards.")],
            Refuses = [400, 404],
        });
        routes.MapPost("/_sim/vouchers/{code}/void", control.ForClient(Void)).Describes(() => new(
            "voidRedemption", "Vouchers", "Take a redemption back", "The voucher's last redemption is taken back whole, by the terminal that made it and on the same day.")
        {
            Takes = ControlJson.Plain.TerminalRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.TerminalBody, "What the terminal is told, and the voucher afterwards.")],
            Refuses = [400, 404],
        });
        routes.MapPost("/_sim/vouchers/{code}/expire", control.ForClient(Expire)).Describes(() => new(
            "expireVoucher", "Vouchers", "Let a voucher expire", "The voucher ends now, by the client's clock.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.VoucherBody, "The voucher, expired.")],
            Refuses = [404, 409],
        });
    }

    private static async ValueTask<Answer> List(ControlCall call)
    {
        if (call.RefuseOther("state", "reference", "campaign", "after", "limit", "order", "count") is { } refusal)
            return refusal;
        if (!call.Number("after", out var after) || !call.Number("limit", out var limit, 1, MostPerPage))
            return ControlProblem.Wrong($"after is the next of the page before, limit a whole number from 1 to {MostPerPage}.");
        if (call.Query("order") is not (null or "oldest" or "newest") || call.Query("count") is not (null or "true" or "false"))
            return ControlProblem.Wrong("order is oldest or newest first, count true or false.");
        var look = await call.Look();
        if (!Meant(call, call.Query("state"), call.Query("campaign"), call.Query("reference"), look.Now, out var query))
            return UnknownState();
        query = query with { NewestFirst = call.Query("order") == "newest" };
        var size = (int)(limit ?? 100);
        // One more than asked for tells whether there is a page after this one.
        var found = await call.Store.FindVouchers(look.Client.Id, query with { After = after ?? 0, AtMost = size + 1 }, call.Cancelled);
        var page = found.Take(size).ToList();
        var all = query is { Standing: null, Campaign: null, Reference: null };
        long? count = call.Query("count") == "false" ? null : all ? look.Client.LastSerial : await call.Store.CountVouchers(look.Client.Id, query, call.Cancelled);
        return ControlJson.Answer(
            new VouchersBody([.. page.Select(voucher => VoucherBody.Of(call, voucher, look.Now))], count, found.Count > page.Count ? page[^1].Serial : null),
            ControlJson.Plain.VouchersBody);
    }

    /// <summary>False where there is no such state.</summary>
    public static bool Meant(ControlCall call, string? state, string? campaign, string? reference, DateTimeOffset now, out VoucherQuery query)
    {
        var code = campaign is null ? null : call.Service.Rules.Campaigns.Find(campaign)?.Code ?? campaign;
        // No text that is kept has NUL, and PostgreSQL cannot even be asked for it.
        query = new VoucherQuery(now, Campaign: code?.Replace('\0', '\uFFFD'), Reference: reference?.Replace('\0', '\uFFFD'));
        if (state is null)
            return true;
        if (!Enum.TryParse<Standing>(state, ignoreCase: true, out var standing) || !char.IsAsciiLetter(state[0]))
            return false;
        query = query with { Standing = standing };
        return true;
    }

    public static Answer UnknownState() => ControlProblem.Wrong("A voucher's state is live, redeemed, cancelled or expired.");

    private static async ValueTask<Answer> Show(ControlCall call)
    {
        var look = await call.Look(call.Route("code"));
        return look.Voucher is { } voucher
            ? ControlJson.Answer(VoucherStory.Of(call, voucher, look.History, look.Now), ControlJson.Plain.VoucherStory)
            : Unknown();
    }

    private static ValueTask<Answer> Redeem(ControlCall call) => call.Reading(ControlJson.Plain.TerminalRequest, async asked =>
    {
        if (Wrong(asked) is { } wrong)
            return wrong;
        if (asked.Amount is { } amount && (amount <= 0 || amount > 1_000_000 || decimal.Round(amount, 2) != amount))
            return ControlProblem.Wrong("The amount must be pounds over 0 with two decimals at most, such as 2.20.");
        return await Terminal(call, new Redeem(
            call.Route("code")!, asked.Outlet, asked.Terminal, asked.Amount is { } pounds ? Money.ToPence(pounds) : null, call.Service.Rules, call.RealNow));
    });

    private static ValueTask<Answer> Void(ControlCall call) => call.Reading(ControlJson.Plain.TerminalRequest, async asked =>
    {
        if (Wrong(asked) is { } wrong)
            return wrong;
        if (asked.Amount is not null)
            return ControlProblem.Wrong("A redemption is voided whole: there is no amount to give.");
        return await Terminal(call, new VoidRedemption(call.Route("code")!, asked.Outlet, asked.Terminal, call.Service.Facts, call.RealNow));
    });

    private static async ValueTask<Answer> Expire(ControlCall call)
    {
        var outcome = await call.Change(new ExpireNow(call.Route("code")!, call.RealNow));
        return outcome.Refused switch
        {
            [Reason.VoucherNotFound] => Unknown(),
            [_, ..] => ControlProblem.Conflict("The voucher is already cancelled or redeemed, and cannot expire any more."),
            _ => ControlJson.Answer(VoucherBody.Of(call, outcome.Voucher!, Now(call)), ControlJson.Plain.VoucherBody),
        };
    }

    private static async ValueTask<Answer> Terminal(ControlCall call, Change change)
    {
        var outcome = await call.Change(change);
        if (outcome.Refused is [Reason.VoucherNotFound])
            return Unknown();
        var voucher = VoucherBody.Of(call, outcome.Voucher!, Now(call));
        return ControlJson.Answer(
            outcome.Refused is [var reason]
                ? new TerminalBody(false, TerminalTexts.Of(reason), null, voucher)
                : new TerminalBody(true, outcome.Event!.Text!, Money.ToPounds(outcome.Event.Pence), voucher),
            ControlJson.Plain.TerminalBody);
    }

    private static DateTimeOffset Now(ControlCall call) => call.Decided!.After!.Clock.At(call.RealNow);

    private static Answer? Wrong(TerminalRequest asked) =>
        asked.Outlet?.Length > LongestText || asked.Terminal?.Length > LongestText
            || asked.Outlet?.Contains('\0') == true || asked.Terminal?.Contains('\0') == true
            ? ControlProblem.Wrong($"The outlet and the terminal are texts of at most {LongestText} characters.")
            : null;

    private static Answer Unknown() => ControlProblem.NotFound("This client has no voucher of this code.");
}
