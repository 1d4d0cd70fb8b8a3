namespace ImovoSim.Vouchers;

/// <summary>
/// What a shop's terminal is told when it refuses. The words on "today", "this period" and the balance stand in public
/// client code of the same service; the others are invented after their manner.
/// </summary>
internal static class TerminalTexts
{
    public static string Of(Reason reason) => reason switch
    {
        Reason.NotToday => "Redemption rejected - the voucher cannot be used today",
        Reason.UsedUp => "Redemption rejected - this voucher has been used the maximum number of times this period. Please check terms and conditions",
        Reason.BalanceTooSmall => "This e-coupon has insufficient balance",
        Reason.Expired => "Redemption rejected - the voucher has expired",
        Reason.Cancelled => "Redemption rejected - the voucher has been cancelled",
        Reason.AlreadyUsed => "Redemption rejected - the voucher has been already used",
        Reason.OnlyWhole => "Redemption rejected - the voucher can only be redeemed for its whole value",
        Reason.NothingToVoid => "Void rejected - the voucher has no redemption",
        Reason.VoidCancelled => "Void rejected - the voucher has been cancelled",
        Reason.VoidTooLate => "Void rejected - the voucher was not redeemed today",
        Reason.VoidElsewhere => "Void rejected - the voucher was redeemed at another terminal",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "is not told to terminals"),
    };
}
