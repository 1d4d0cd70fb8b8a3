namespace ImovoSim.Client;

/// <summary>A voucher to be given to a client with its past. Times are the client's; what is left null is as the campaign or the simulator has it.</summary>
/// <param name="Campaign">One of the client's campaigns, by its code.</param>
/// <param name="CustomerReference">The customer reference.</param>
public sealed record SeedVoucher(string Campaign, string CustomerReference)
{
    /// <summary>Pounds; null where the campaign fixes them.</summary>
    public decimal? Value { get; init; }

    /// <summary>How it stands; null for live.</summary>
    public VoucherState? State { get; init; }

    /// <summary>When it was issued; null for now, and for an expired one as long ago as its validity needs.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When it ends; null for what its campaign says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was redeemed or cancelled; null for now, or its end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where it was asked to be sent to.</summary>
    public string? DeliveryRecipient { get; init; }

    /// <summary>Of a voucher with ID check, with address and post code.</summary>
    public string? CustomerName { get; init; }

    /// <summary>Of a voucher with ID check.</summary>
    public string? Address { get; init; }

    /// <summary>Of a voucher with ID check.</summary>
    public string? PostCode { get; init; }

    /// <summary>Where it was redeemed.</summary>
    public string? Outlet { get; init; }

    /// <summary>The terminal that redeemed it.</summary>
    public string? Terminal { get; init; }

    /// <summary>Without the customer's data.</summary>
    public override string ToString() => $"{Campaign} voucher, {State ?? VoucherState.Live}";
}

/// <summary>What was seeded.</summary>
/// <param name="Count">How many vouchers.</param>
/// <param name="Vouchers">The first 100 of them.</param>
public sealed record SeededVouchers(int Count, IReadOnlyList<SimulatedVoucher> Vouchers);

/// <summary>What every new sandbox begins with, and every sandbox has again after its reset.</summary>
/// <param name="WeeklyLimit">Pounds a week; null for none.</param>
/// <param name="Campaigns">Codes, <c>*</c> for all, <c>!CODE</c> for all but that; null for all.</param>
/// <param name="FrozenAt">The instant at which its clock stands; null for the real clock. What an offset clock is set to is not told here.</param>
public sealed record SandboxDefaults(decimal? WeeklyLimit = null, IReadOnlyList<string>? Campaigns = null, DateTimeOffset? FrozenAt = null);

internal sealed record SeedRequest(IReadOnlyList<SeedEntry>? Vouchers, GenerateRequest? Generate, bool CountsForLimit);

internal sealed record SeedEntry(
    string Campaign, string CustomerReference, decimal? Value, string? State, DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? EndedAt,
    string? DeliveryRecipient, string? CustomerName, string? Address, string? PostCode, string? Outlet, string? Terminal)
{
    public static SeedEntry Of(SeedVoucher voucher) => new(
        voucher.Campaign, voucher.CustomerReference, voucher.Value, voucher.State is null ? null : SimulatorVouchers.Name(voucher.State), voucher.IssuedAt, voucher.ExpiresAt, voucher.EndedAt,
        voucher.DeliveryRecipient, voucher.CustomerName, voucher.Address, voucher.PostCode, voucher.Outlet, voucher.Terminal);
}

internal sealed record GenerateRequest(int Count, IReadOnlyList<string>? Campaigns, long Seed);

internal sealed record DefaultsBody(decimal? WeeklyLimit, IReadOnlyList<string>? Campaigns, ClockRequest? Clock);
