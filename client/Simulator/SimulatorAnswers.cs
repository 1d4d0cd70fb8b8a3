using System.Text.Json.Serialization;

namespace ImovoSim.Client;

/// <summary>How a voucher stands by its client's clock.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VoucherState>))]
public enum VoucherState
{
    /// <summary>It can be redeemed.</summary>
    Live,

    /// <summary>It has been redeemed, as often as it can be.</summary>
    Redeemed,

    /// <summary>It has been cancelled.</summary>
    Cancelled,

    /// <summary>Its last moment is over.</summary>
    Expired,
}

/// <summary>How a clock goes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClockMode>))]
public enum ClockMode
{
    /// <summary>As the simulator's own.</summary>
    Real,

    /// <summary>It runs, away from the real one.</summary>
    Offset,

    /// <summary>It stands.</summary>
    Frozen,
}

/// <summary>When a fault strikes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultMoment>))]
public enum FaultMoment
{
    /// <summary>Nothing has happened.</summary>
    Before,

    /// <summary>The change is made.</summary>
    After,
}

/// <summary>The vendor's operations.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VendorOperation>))]
public enum VendorOperation
{
    /// <summary>/VoucherRequest/Request.</summary>
    Request,

    /// <summary>/VoucherRequest/RequestVoucherWithId.</summary>
    RequestVoucherWithId,

    /// <summary>/Voucher/CancelVoucher.</summary>
    CancelVoucher,
}

/// <summary>A client of the simulator, without its key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sandbox">Whether it made itself by the first use of a key that begins with sim_.</param>
/// <param name="Campaigns">Its campaigns: codes with commas between, * for all, !CODE for all but that.</param>
/// <param name="WeeklyLimit">Pounds a week; null where there is no limit.</param>
/// <param name="Vouchers">How many vouchers it has, whatever became of them.</param>
/// <param name="Now">The time by its clock.</param>
/// <param name="LastUsed">When its key was last used, by the real clock.</param>
public sealed record SimulatorClient(string Name, bool Sandbox, string Campaigns, decimal? WeeklyLimit, long Vouchers, DateTimeOffset Now, DateTimeOffset LastUsed);

/// <summary>A client and its key.</summary>
/// <param name="Client">The client.</param>
/// <param name="Key">Its key, which can be read nowhere else.</param>
public sealed record MadeClient(SimulatorClient Client, string Key)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Client.Name}, with a key";
}

/// <summary>A voucher as the simulator keeps it.</summary>
/// <param name="Code">Its code, as it was issued.</param>
/// <param name="Campaign">The code of its campaign.</param>
/// <param name="State">How it stands by the client's clock.</param>
/// <param name="Value">What it was issued for, in pounds.</param>
/// <param name="UsesLeft">How often it can still be redeemed.</param>
/// <param name="CustomerReference">The reference that it was asked for with.</param>
/// <param name="IssuedAt">When it was issued, with London's offset.</param>
/// <param name="ExpiresAt">Its last moment, with London's offset.</param>
/// <param name="Page">Its page on the simulator, as a path; null where its campaign has no link.</param>
public sealed record SimulatedVoucher(
    [property: JsonPropertyName("voucherCode")] string Code, string Campaign, VoucherState State, decimal Value, int UsesLeft, string CustomerReference,
    DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string? Page = null)
{
    /// <summary>Without the customer reference, and of the code the last four characters.</summary>
    public override string ToString() => $"{Campaign} voucher {VoucherIssued.End(Code)}, {State}";
}

/// <summary>A page of vouchers.</summary>
/// <param name="Vouchers">The vouchers of this page, in the order of their issue.</param>
/// <param name="Count">How many there are on all pages.</param>
/// <param name="Next">What the next page comes after; null on the last.</param>
public sealed record VoucherPage(IReadOnlyList<SimulatedVoucher> Vouchers, long Count, long? Next);

/// <summary>A voucher with all that is known of it.</summary>
/// <param name="Voucher">The voucher.</param>
/// <param name="DeliveryRecipient">Where it was asked to be sent to; null where that was not said.</param>
/// <param name="CustomerName">The customer's name, of a voucher with ID check.</param>
/// <param name="Address">The customer's address, of a voucher with ID check.</param>
/// <param name="PostCode">The customer's post code, of a voucher with ID check.</param>
/// <param name="History">What became of it, the oldest first.</param>
public sealed record VoucherDetails(
    SimulatedVoucher Voucher, string? DeliveryRecipient, string? CustomerName, string? Address, string? PostCode, IReadOnlyList<VoucherEvent> History)
{
    /// <summary>The voucher, and nothing of the customer.</summary>
    public override string ToString() => $"{Voucher}, {History.Count} events";
}

/// <summary>Something that happened to a voucher.</summary>
/// <param name="What"><c>issued</c>, <c>redeemed</c>, <c>voided</c>, <c>cancelled</c>, <c>expired</c> or <c>expired by hand</c>.</param>
/// <param name="At">When, by the client's clock and with London's offset.</param>
/// <param name="Amount">Pounds, where money is in it.</param>
/// <param name="Outlet">The shop, where it was told.</param>
/// <param name="Terminal">The terminal, where it was told.</param>
/// <param name="Text">What the terminal showed.</param>
public sealed record VoucherEvent(string What, DateTimeOffset At, decimal? Amount, string? Outlet, string? Terminal, string? Text);

/// <summary>What a shop's terminal is told.</summary>
/// <param name="Accepted">Whether it was done.</param>
/// <param name="Text">What the terminal shows.</param>
/// <param name="Amount">Pounds that were redeemed or taken back; null where nothing was done.</param>
/// <param name="Voucher">The voucher afterwards.</param>
public sealed record TerminalAnswer(bool Accepted, string Text, decimal? Amount, SimulatedVoucher Voucher);

/// <summary>A client's clock.</summary>
/// <param name="Mode">How it goes.</param>
/// <param name="Now">The client's time, with London's offset.</param>
/// <param name="Offset">How far it is ahead of the real clock; null where it stands.</param>
public sealed record ClockReading(
    ClockMode Mode, DateTimeOffset Now, [property: JsonPropertyName("offsetSeconds"), JsonConverter(typeof(Seconds))] TimeSpan? Offset);

/// <summary>What fell due while a clock was moved.</summary>
/// <param name="Clock">The clock as it is now.</param>
/// <param name="From">The client's time before.</param>
/// <param name="To">The client's time now.</param>
/// <param name="Expired">The vouchers whose last moment passed.</param>
/// <param name="WeeksBegun">The ISO weeks that began, such as 2026-W32.</param>
/// <param name="Delivered">The first 100 messages that were late and have arrived; null where none has.</param>
public sealed record ClockAdvance(
    ClockReading Clock, DateTimeOffset From, DateTimeOffset To, ExpiredVouchers Expired, IReadOnlyList<string> WeeksBegun, IReadOnlyList<SimulatedMessage>? Delivered = null);

/// <summary>Vouchers that expired.</summary>
/// <param name="Count">How many.</param>
/// <param name="Vouchers">The first 100 of them.</param>
public sealed record ExpiredVouchers(long Count, IReadOnlyList<SimulatedVoucher> Vouchers);

/// <summary>A weekly limit with the arithmetic.</summary>
/// <param name="WeeklyLimit">Pounds a week; null where there is no limit.</param>
/// <param name="Week">The ISO week that counts, such as 2026-W31; null where the simulator counts no such weeks.</param>
/// <param name="From">The first day that counts, in London.</param>
/// <param name="To">The last day that counts, in London; the day after begins a new count.</param>
/// <param name="Used">Pounds issued on these days.</param>
/// <param name="Left">Pounds that can still be issued; null where there is no limit.</param>
/// <param name="Arithmetic">The same as a sentence.</param>
public sealed record LimitReading(decimal? WeeklyLimit, string? Week, DateOnly From, DateOnly To, decimal Used, decimal? Left, string Arithmetic);

/// <summary>A fault as the simulator keeps it.</summary>
/// <param name="Id">Its number, counted from 1 for each client.</param>
/// <param name="Kind">How it fails, such as connection-reset.</param>
/// <param name="When">Whether it strikes before or after the change.</param>
/// <param name="Operation">The operation that it is for; null for all.</param>
/// <param name="Campaign">The campaign that it is for; null for all.</param>
/// <param name="Reference">The customer reference that it is for; null for all.</param>
/// <param name="Strikes">After how many strikes it is over; null for never.</param>
/// <param name="Until">When it is over, by the client's clock; null for never.</param>
/// <param name="Calls">How many calls were of the kind that it is for, struck or not.</param>
/// <param name="Struck">How many of them it struck.</param>
public sealed record ActiveFault(
    long Id, string Kind, FaultMoment When, VendorOperation? Operation, string? Campaign, string? Reference, long? Strikes, DateTimeOffset? Until, long Calls, long Struck)
{
    /// <summary>Without the customer reference.</summary>
    public override string ToString() => $"Fault {Id}, {Kind} {When}: struck {Struck} of {Calls} calls";
}

/// <summary>How many vouchers there are, or calls were made, against how many there should be.</summary>
/// <param name="Holds">Whether there are as many as were said.</param>
/// <param name="Found">How many there are.</param>
/// <param name="Difference">How many too many; below 0, how many are missing.</param>
/// <param name="Vouchers">Where it does not hold for vouchers, the first 20 of those that exist; otherwise null.</param>
/// <param name="Calls">Where it does not hold for calls, the last 20 of those that were made; otherwise null.</param>
public sealed record Counted(bool Holds, long Found, long Difference, IReadOnlyList<SimulatedVoucher>? Vouchers, IReadOnlyList<JournalEntry>? Calls);
