namespace ImovoSim.Vouchers;

internal enum VoucherEventKind : byte
{
    Redeemed,
    Voided,
    Cancelled,
    Expired,
}

/// <summary>Something that became of a voucher after its issue.</summary>
/// <param name="At">By the client's clock.</param>
/// <param name="Pence">What was paid out or taken back; 0 where no money moved.</param>
/// <param name="Text">What the terminal was told.</param>
internal sealed record VoucherEvent(
    VoucherEventKind Kind, DateTimeOffset At, long Pence = 0, string? Outlet = null, string? Terminal = null, string? Text = null);
