using System.Globalization;
using ImovoSim.Control;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Pages;

/// <summary>/till: what a shop's assistant has before them. It decides nothing: the rules are those of the control routes.</summary>
internal sealed class TillApi(TillSessions sessions, VoucherService service, IStore store)
{
    private const string UnknownKey = "This simulator has no client with this key. A key that begins with sim_ makes a sandbox.";

    public void Map(IEndpointRouteBuilder routes, PageRoute pages)
    {
        routes.MapGet("/till", pages.Answering(context => AsClient(context, call => Scan(call, context))));
        routes.MapGet("/till/receipt", pages.Answering(context => AsClient(context, call => Receipt(call, context))));
        routes.MapPost("/till/key", pages.Answering(TakeKey));
        routes.MapPost("/till/leave", pages.Answering(context => Posted(context, (_, _) => Leave(context))));
        routes.MapPost("/till/redeem", pages.Answering(context => Posted(context, Redeem)));
        routes.MapPost("/till/void", pages.Answering(context => Posted(context, Void)));
    }

    private static IResult AskKey(string? problem = null, int status = StatusCodes.Status200OK) =>
        Results.RazorSlice<TillKeySlice, TillKeyModel>(new TillKeyModel(problem), status);

    private async ValueTask<IResult> TakeKey(HttpContext context)
    {
        if (OtherSite.Asks(context.Request))
            return Elsewhere();
        var form = await TillForm.Read(context);
        var session = new TillSession($"{form["key"]}".Trim(), TillForm.Name(form, "outlet", "Corner Shop"), TillForm.Name(form, "terminal", "1"));
        if (await service.Keys.Find(session.Key, context.RequestAborted) is null)
            return AskKey(UnknownKey, StatusCodes.Status401Unauthorized);
        sessions.Begin(context, session);
        return new SeeOther("/till");
    }

    private static ValueTask<IResult> Leave(HttpContext context)
    {
        TillSessions.End(context);
        return new(new SeeOther("/till"));
    }

    private static async ValueTask<IResult> Scan(TillCall call, HttpContext context)
    {
        var code = TillForm.Code($"{context.Request.Query["code"]}");
        return code.Length == 0 ? ScanPage(call) : await Show(call, code);
    }

    private static async ValueTask<IResult> Show(TillCall call, string code, string? refused = null)
    {
        var look = await call.Control.Look(code);
        if (look.Voucher is not { } voucher)
            return ScanPage(call, $"This client has no voucher {code}.", StatusCodes.Status404NotFound);
        var campaign = call.Control.Service.Rules.Campaigns.Find(voucher.Campaign);
        // Tried, not done: what it would say is what it says when the assistant goes on.
        var trial = new Redeem(code, call.Session.Outlet, call.Session.Terminal, null, call.Control.Service.Rules, call.Control.RealNow)
            .Decide(look.Client, new Found(voucher, [], look.History));
        var words = TillWords.Of(campaign?.Kind, Pounds(trial.Event?.Pence ?? voucher.Pence));
        return Results.RazorSlice<TillVoucherSlice, TillVoucherModel>(new TillVoucherModel(
            Top(call), code, trial.Refused is [var reason] ? TerminalTexts.Of(reason) : null, refused, words,
            voucher.Id is { } id ? new IdModel(id.CustomerName, id.Address, id.PostCode) : null,
            campaign is { Uses: > 1, OncePerDay: false } && trial.Event is { } use ? Money.Text(use.Pence) : null,
            Redemptions.Standing(look.History).Count > 0,
            campaign is null ? null : WebLink.Page(campaign, voucher, look.Client.Name)));
    }

    private static async ValueTask<IResult> Redeem(TillCall call, IFormCollection form)
    {
        var code = TillForm.Code($"{form["code"]}");
        if (!TillForm.Amount(form, out var pence))
            return await Show(call, code, "The amount must be pounds over 0 with two decimals at most, such as 2.20.");
        return await Decide(call, code, new Redeem(code, call.Session.Outlet, call.Session.Terminal, pence, call.Control.Service.Rules, call.Control.RealNow));
    }

    private static ValueTask<IResult> Void(TillCall call, IFormCollection form)
    {
        var code = TillForm.Code($"{form["code"]}");
        return Decide(call, code, new VoidRedemption(code, call.Session.Outlet, call.Session.Terminal, call.Control.Service.Facts, call.Control.RealNow));
    }

    // What was done is shown by a page of its own, so that loading it again does nothing again.
    private static async ValueTask<IResult> Decide(TillCall call, string code, Change change) => (await call.Control.Change(change)).Refused switch
    {
        [] => new SeeOther($"/till/receipt?code={code}"),
        [Reason.VoucherNotFound, ..] => await Show(call, code),
        [var reason, ..] => await Show(call, code, TerminalTexts.Of(reason)),
    };

    private static async ValueTask<IResult> Receipt(TillCall call, HttpContext context)
    {
        var look = await call.Control.Look(TillForm.Code($"{context.Request.Query["code"]}"));
        var last = look.History.LastOrDefault(happened => happened.Kind is VoucherEventKind.Redeemed or VoucherEventKind.Voided);
        if (look.Voucher is not { } voucher || last is null)
            return ScanPage(call, "There is no receipt of this voucher.", StatusCodes.Status404NotFound);
        var words = TillWords.Of(call.Control.Service.Rules.Campaigns.Find(voucher.Campaign)?.Kind, Pounds(last.Pence));
        var voided = last.Kind == VoucherEventKind.Voided;
        return Results.RazorSlice<TillReceiptSlice, TillReceiptModel>(new TillReceiptModel(
            Top(call), voucher.Code, voided, last.Text ?? "", voided ? words.Back : words.Do, last.Outlet ?? "", last.Terminal ?? "", Clock.London.Wall(last.At).ToString("d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)));
    }

    private static IResult ScanPage(TillCall call, string? problem = null, int status = StatusCodes.Status200OK) =>
        Results.RazorSlice<TillScanSlice, TillScanModel>(new TillScanModel(Top(call), problem), status);

    private static TillTop Top(TillCall call) => new(call.Control.Caller.Client.Name, call.Session.Outlet, call.Session.Terminal, call.FormToken);

    private async ValueTask<IResult> AsClient(HttpContext context, Func<TillCall, ValueTask<IResult>> page)
    {
        if (sessions.Find(context) is not { } session)
            return AskKey();
        if (await service.Keys.Find(session.Key, context.RequestAborted) is not { } client)
            return AskKey(UnknownKey, StatusCodes.Status401Unauthorized);
        try
        {
            return await page(new TillCall(new ControlCall(context, new Caller(client, session.Key), service, store), session, sessions.FormToken(context)));
        }
        catch (UnknownKeyException)
        {
            return AskKey(UnknownKey, StatusCodes.Status401Unauthorized);
        }
    }

    private async ValueTask<IResult> Posted(HttpContext context, Func<TillCall, IFormCollection, ValueTask<IResult>> page)
    {
        if (OtherSite.Asks(context.Request))
            return Elsewhere();
        var form = await TillForm.Read(context);
        return await AsClient(context, call => sessions.IsOurForm(context, form) ? page(call, form) : new(Elsewhere()));
    }

    private static IResult Elsewhere() => Message.Page(
        "This was not sent from the till", "The till takes only what its own pages send. Open it again, and do it there.", StatusCodes.Status403Forbidden);

    private static string Pounds(long pence) => $"£{Money.Text(pence)}";

    private sealed record TillCall(ControlCall Control, TillSession Session, string FormToken);

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
