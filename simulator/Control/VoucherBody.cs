using ImovoSim.Clock;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>A voucher as its client sees it; what it is worth, and where it stands by the client's clock.</summary>
internal record VoucherBody(
    string VoucherCode, string Campaign, string State, decimal Value, int UsesLeft, string CustomerReference,
    DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    public static VoucherBody Of(Voucher voucher, DateTimeOffset now) => new(
        voucher.Code, voucher.Campaign, StateOf(voucher, now), Money.ToPounds(voucher.Pence), voucher.UsesLeft, voucher.CustomerReference,
        London.Local(voucher.IssuedAt), London.Local(voucher.ExpiresAt));

    public static string StateOf(Voucher voucher, DateTimeOffset now) => voucher.State switch
    {
        VoucherState.Redeemed => "redeemed",
        VoucherState.Cancelled => "cancelled",
        _ => voucher.Expired(now) ? "expired" : "live",
    };
}

internal sealed record VouchersBody(IReadOnlyList<VoucherBody> Vouchers, long? Count, long? Next);

/// <summary>A voucher with all that is known of it.</summary>
internal sealed record VoucherStory(VoucherBody Voucher, string? DeliveryRecipient, string? CustomerName, string? Address, string? PostCode, IReadOnlyList<EventBody> History)
{
    public static VoucherStory Of(Voucher voucher, IReadOnlyList<VoucherEvent> history, DateTimeOffset now) => new(
        VoucherBody.Of(voucher, now), voucher.DeliveryRecipient, voucher.Id?.CustomerName, voucher.Id?.Address, voucher.Id?.PostCode,
        [
            new EventBody("issued", London.Local(voucher.IssuedAt), Money.ToPounds(voucher.Pence)),
            .. history.Select(EventBody.Of),
            .. voucher.State == VoucherState.Issued && voucher.Expired(now) ? [new EventBody("expired", London.Local(voucher.ExpiresAt))] : Array.Empty<EventBody>(),
        ]);
}

internal sealed record EventBody(string What, DateTimeOffset At, decimal? Amount = null, string? Outlet = null, string? Terminal = null, string? Text = null)
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

internal sealed record TerminalRequest(string? Outlet, string? Terminal, decimal? Amount);

/// <summary>What a terminal is told, and the voucher afterwards.</summary>
internal sealed record TerminalBody(bool Accepted, string Text, decimal? Amount, VoucherBody Voucher);
