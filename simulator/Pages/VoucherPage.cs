using System.Globalization;
using ImovoSim.Campaigns;
using ImovoSim.Clock;
using ImovoSim.Control;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Pages;

/// <summary>The page that a voucher's link leads to.</summary>
internal sealed class VoucherPage(VoucherFinder finder, VoucherService service, IStore store)
{
    public async ValueTask<IResult> Show(HttpContext context, IReadOnlyList<AskedLink> asked)
    {
        var client = context.Request.Query["client"] is [{ Length: > 0 } name, ..] ? name : null;
        return await finder.Find(asked, client, context.RequestAborted) switch
        {
            [] when client is null => Message.NoVoucher(),
            [var only] => Results.RazorSlice<VoucherSlice, VoucherModel>(await Model(only, context.RequestAborted)),
            [] => Which(context, client, StatusCodes.Status404NotFound),
            _ => Which(context, client, StatusCodes.Status300MultipleChoices),
        };
    }

    // Two clients can have the same code, and nothing in such a link says whose it is.
    private static IResult Which(HttpContext context, string? client, int status) => Results.RazorSlice<WhichSlice, WhichModel>(
        new WhichModel(context.Request.Query["id"] is [{ } id, ..] ? id : null, client), status);

    private async ValueTask<VoucherModel> Model(FoundVoucher found, CancellationToken cancel)
    {
        var (client, campaign, voucher) = found;
        var now = client.Clock.At(service.RealNow);
        var history = await store.FindHistory(client.Id, voucher.Serial, cancel);
        var words = VoucherWords.For(campaign, voucher);
        var state = VoucherBody.StateOf(voucher, now);
        var (path, width) = Code128.Path(voucher.Code);
        return new VoucherModel(
            voucher.Code, Grouped(voucher.Code), words.Worth, words.What,
            state == "live" ? null : Ended(state, voucher, history),
            path, width, Until(voucher.ExpiresAt), Uses(campaign, voucher, history, now), words.Steps,
            voucher.Id is { } id ? new IdModel(id.CustomerName, id.Address, id.PostCode) : null, words.Terms, London.Wall(now).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture));
    }

    private static EndedModel Ended(string state, Voucher voucher, IReadOnlyList<VoucherEvent> history)
    {
        var at = history.LastOrDefault(happened => happened.Kind == Kind(state))?.At;
        var when = Moment(at ?? voucher.ExpiresAt);
        return state switch
        {
            "redeemed" => new EndedModel("Used", $"This voucher was used on {when}. It cannot be used again."),
            "cancelled" => new EndedModel("Cancelled", $"This voucher was cancelled on {when}. Ask whoever sent it to you."),
            _ => new EndedModel("Expired", $"This voucher ended on {when}. Ask whoever sent it to you for a new one."),
        };
    }

    private static VoucherEventKind Kind(string state) => state switch
    {
        "redeemed" => VoucherEventKind.Redeemed,
        "cancelled" => VoucherEventKind.Cancelled,
        _ => VoucherEventKind.Expired,
    };

    private static string? Uses(Campaign campaign, Voucher voucher, IReadOnlyList<VoucherEvent> history, DateTimeOffset now)
    {
        if (campaign.Uses == 1)
            return null;
        var today = campaign.OncePerDay && Redemptions.Standing(history).Any(use => London.Day(use.At) == London.Day(now));
        return $"It can be used {voucher.UsesLeft} {(voucher.UsesLeft == 1 ? "time" : "times")}{(campaign.OncePerDay ? ", once a day" : "")}.{(today ? " It was used today: the next use is tomorrow." : "")}";
    }

    // A voucher that ends with a day is told by the day, another by the minute.
    internal static string Until(DateTimeOffset instant)
    {
        var wall = London.Wall(instant);
        return wall.TimeOfDay >= new TimeSpan(23, 59, 59) ? wall.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) : Moment(instant);
    }

    private static string Moment(DateTimeOffset instant) => London.Wall(instant).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);

    internal static string Grouped(string code) => string.Join(' ', code.Chunk(code.Length % 4 == 0 ? 4 : 5).Select(part => new string(part)));
}

public sealed record VoucherModel(
    string Code, string Grouped, string Worth, string For, EndedModel? Ended, string Bars, int BarsWidth, string Until, string? Uses,
    IReadOnlyList<string> Steps, IdModel? Id, IReadOnlyList<string> Terms, string Now);

public sealed record EndedModel(string Title, string Text);

public sealed record IdModel(string Name, string Address, string PostCode);

/// <param name="Id">What the link says behind id=, to be asked with again.</param>
/// <param name="Client">The client that was named and has no such voucher.</param>
public sealed record WhichModel(string? Id, string? Client);
