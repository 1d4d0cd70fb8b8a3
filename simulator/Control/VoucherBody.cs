using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ImovoSim.Clock;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>A voucher as its client sees it; what it is worth, and where it stands by the client's clock.</summary>
internal record VoucherBody(
    [property: Description("Its code, as it was issued.")] string VoucherCode,
    [property: Description("The code of its campaign.")] string Campaign,
    [property: Description("How it stands by the client's clock."), AllowedValues("live", "redeemed", "cancelled", "expired")] string State,
    [property: Description("What it was issued for, in pounds.")] decimal Value,
    [property: Description("How often it can still be redeemed.")] int UsesLeft,
    [property: Description("The reference that it was asked for with.")] string CustomerReference,
    [property: Description("When it was issued, with London's offset.")] DateTimeOffset IssuedAt,
    [property: Description("Its last moment, with London's offset.")] DateTimeOffset ExpiresAt,
    [property: Description("Its page on this simulator; missing where its campaign has no link.")] string? Page)
{
    public static VoucherBody Of(ControlCall call, Voucher voucher, DateTimeOffset now) => new(
        voucher.Code, voucher.Campaign, StateOf(voucher, now), Money.ToPounds(voucher.Pence), voucher.UsesLeft, voucher.CustomerReference,
        London.Local(voucher.IssuedAt), London.Local(voucher.ExpiresAt),
        call.Service.Rules.Campaigns.Find(voucher.Campaign) is { } campaign ? WebLink.Page(campaign, voucher, call.Caller.Client.Name) : null);

    public static string StateOf(Voucher voucher, DateTimeOffset now) => voucher.State switch
    {
        VoucherState.Redeemed => "redeemed",
        VoucherState.Cancelled => "cancelled",
        _ => voucher.Expired(now) ? "expired" : "live",
    };
}

internal sealed record VouchersBody(
    [property: Description("The vouchers of this page.")] IReadOnlyList<VoucherBody> Vouchers,
    [property: Description("How many there are on all pages; missing where `count=false` asked for none.")] long? Count,
    [property: Description("The `after` of the next page; missing on the last.")] long? Next);

/// <summary>A voucher with all that is known of it.</summary>
internal sealed record VoucherStory(
    [property: Description("The voucher.")] VoucherBody Voucher,
    [property: Description("Where it was asked to be sent to.")] string? DeliveryRecipient,
    [property: Description("The customer's name, of a voucher with ID check.")] string? CustomerName,
    [property: Description("The customer's address, of a voucher with ID check.")] string? Address,
    [property: Description("The customer's post code, of a voucher with ID check.")] string? PostCode,
    [property: Description("What became of it, the oldest first.")] IReadOnlyList<EventBody> History)
{
    public static VoucherStory Of(ControlCall call, Voucher voucher, IReadOnlyList<VoucherEvent> history, DateTimeOffset now) => new(
        VoucherBody.Of(call, voucher, now), voucher.DeliveryRecipient, voucher.Id?.CustomerName, voucher.Id?.Address, voucher.Id?.PostCode,
        [
            new EventBody("issued", London.Local(voucher.IssuedAt), Money.ToPounds(voucher.Pence)),
            .. history.Select(EventBody.Of),
            .. voucher.State == VoucherState.Issued && voucher.Expired(now) && history is not [.., { Kind: VoucherEventKind.Expired }] ? [new EventBody("expired", London.Local(voucher.ExpiresAt))] : Array.Empty<EventBody>(),
        ]);
}

internal sealed record EventBody(
    [property: Description("What happened."), AllowedValues("issued", "redeemed", "voided", "cancelled", "expired", "expired by hand")] string What,
    [property: Description("When, by the client's clock and with London's offset.")] DateTimeOffset At,
    [property: Description("Pounds, where money is in it.")] decimal? Amount = null,
    [property: Description("The shop, where it was told.")] string? Outlet = null,
    [property: Description("The terminal, where it was told.")] string? Terminal = null,
    [property: Description("What the terminal showed.")] string? Text = null)
{
    public static EventBody Of(VoucherEvent happened) => new(
        happened.Kind switch
        {
            VoucherEventKind.Redeemed => "redeemed",
            VoucherEventKind.Voided => "voided",
            VoucherEventKind.Cancelled => "cancelled",
            _ => "expired by hand",
        },
        London.Local(happened.At), happened.Pence == 0 ? null : Money.ToPounds(happened.Pence), happened.Outlet, happened.Terminal, happened.Text);
}

internal sealed record TerminalRequest(
    [property: Description("The shop, in at most 256 characters.")] string? Outlet,
    [property: Description("Its terminal, in at most 256 characters.")] string? Terminal,
    [property: Description("Pounds over 0 with two decimals at most, where the campaign leaves the amount to the shop; not for a redemption that is taken back.")] decimal? Amount);

/// <summary>What a terminal is told, and the voucher afterwards.</summary>
internal sealed record TerminalBody(
    [property: Description("Whether it was done.")] bool Accepted,
    [property: Description("What the terminal shows.")] string Text,
    [property: Description("Pounds that were redeemed or taken back.")] decimal? Amount,
    [property: Description("The voucher afterwards.")] VoucherBody Voucher);
