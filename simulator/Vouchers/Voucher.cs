using ImovoSim.Clock;

namespace ImovoSim.Vouchers;

internal enum VoucherState : byte
{
    Issued,
    Redeemed,
    Cancelled,
}

/// <summary>A voucher as it was issued, and what became of it. "Expired" is no state: the clock says it.</summary>
/// <param name="Serial">The client's own count of vouchers, from 1.</param>
/// <param name="Pence">The balance it was issued with.</param>
/// <param name="LinkTail">What the campaign's link needs beside the code: the id's token, or random letters.</param>
/// <param name="UsesLeft">How often it can still be redeemed.</param>
/// <param name="PerReference">Whether the store keeps it findable by campaign and customer reference.</param>
/// <param name="Uncounted">Whether it was seeded without its value being counted for the weekly limit.</param>
internal sealed record Voucher(
    long Serial,
    string Code,
    string Campaign,
    long Pence,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    string CustomerReference,
    string? DeliveryRecipient = null,
    IdBlock? Id = null,
    string? LinkTail = null,
    int UsesLeft = 1,
    bool Used = false,
    bool PerReference = false,
    VoucherState State = VoucherState.Issued,
    bool Uncounted = false)
{
    /// <summary>The London day whose week its value counts in.</summary>
    public DateOnly IssuedOn => London.Day(IssuedAt);

    /// <summary>Whether its value is in the total of its day; that of the vendor's samples, which nobody issued, is not.</summary>
    public bool CountsForLimit => !Uncounted && Serial > Samples.All.Length;

    public bool Expired(DateTimeOffset now) => now > ExpiresAt;

    public bool Live(DateTimeOffset now) => State == VoucherState.Issued && !Expired(now);
}

/// <summary>What the voucher shows under its barcode for the shop to check, exactly as it was given.</summary>
internal sealed record IdBlock(string CustomerName, string Address, string PostCode);
