namespace ImovoSim.Vouchers;

/// <summary>Why something is refused. The words are the wire's: see Refusals.</summary>
internal enum Reason
{
    CampaignCodeMissing,
    ReferenceMissing,
    AddressMissing,
    PostCodeMissing,
    NameMissing,
    TextTooLong,
    PostCodeInvalid,
    CampaignUnknown,
    CampaignForeign,
    CampaignClosed,
    ValueInvalid,
    ValueOverMaximum,
    WeeklyLimitReached,
    ReferenceLimitReached,
    ContactInvalid,
    CodeMissing,
    VoucherNotFound,
    VoucherExpired,
    AlreadyCancelledOrRedeemed,
    Unexpected,

    // Told to terminals, not to callers of the vendor's API: see TerminalTexts.
    Expired,
    Cancelled,
    AlreadyUsed,
    UsedUp,
    NotToday,
    BalanceTooSmall,
    OnlyWhole,
    NothingToVoid,
    VoidCancelled,
    VoidTooLate,
    VoidElsewhere,

    // Told to whoever steers.
    ClockOutOfRange,
}
