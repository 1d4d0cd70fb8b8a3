using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>What a voucher is at one moment: its state, and what the clock makes of it.</summary>
internal enum Standing
{
    Live,
    Redeemed,
    Cancelled,
    Expired,
}

/// <summary>Which vouchers of a client are meant; of those the ones after a serial in the order asked for, and so many at most.</summary>
/// <param name="Now">The client's time, which parts the live from the expired.</param>
/// <param name="EndedSince">Only those whose last moment is not before this.</param>
internal sealed record VoucherQuery(
    DateTimeOffset Now, Standing? Standing = null, string? Campaign = null, string? Reference = null,
    DateTimeOffset? EndedSince = null, long After = 0, int AtMost = int.MaxValue, bool NewestFirst = false)
{
    /// <summary>The serials between which a page lies, neither of them in it.</summary>
    public (long Above, long Below) Bounds => NewestFirst ? (0, After > 0 ? After : long.MaxValue) : (After, long.MaxValue);

    public VoucherState? State => Standing switch
    {
        null => null,
        Storage.Standing.Redeemed => VoucherState.Redeemed,
        Storage.Standing.Cancelled => VoucherState.Cancelled,
        _ => VoucherState.Issued,
    };

    public DateTimeOffset LastFrom => Standing == Storage.Standing.Live ? Now : EndedSince ?? DateTimeOffset.MinValue;

    public DateTimeOffset LastTo => Standing == Storage.Standing.Expired ? Now.AddTicks(-1) : DateTimeOffset.MaxValue;
}
