namespace ImovoSim.Client;

/// <summary>What came of a request for a voucher: <see cref="VoucherIssued"/> or <see cref="VoucherRefused"/>.</summary>
public abstract class VoucherResult
{
    private protected VoucherResult()
    {
    }
}

/// <summary>A voucher exists from now on. Whoever holds its code holds the money.</summary>
public sealed class VoucherIssued : VoucherResult
{
    /// <summary>The code: a string, with its leading zeros, of no promised length.</summary>
    public required string Code { get; init; }

    /// <summary>What the voucher is worth in pounds; null when the service did not say, which is not zero.</summary>
    public decimal? Balance { get; init; }

    /// <summary>Until when it can be redeemed; null when the service did not say.</summary>
    public VoucherExpiry? Expiry { get; init; }

    /// <summary>The vendor's text for the customer; null when there is none.</summary>
    public string? Message { get; init; }

    /// <summary>The web voucher that the message links to; null when it has no link. A link that the message writes without
    /// a scheme gets <c>http</c>, the only one that the vendor's page shows for it.</summary>
    public Uri? Link { get; init; }

    /// <summary>Without the code, but for its last four characters, so that a log does not hold money.</summary>
    public override string ToString() => $"issued: voucher {End(Code)}";

    internal static string End(string code) => $"…{(code.Length > 4 ? code[^4..] : "")}";
}

/// <summary>No voucher was issued, and the service says why.</summary>
public sealed class VoucherRefused : VoucherResult
{
    /// <summary>Why, as far as this client knows the vendor's words.</summary>
    public required RefusalReason Reason { get; init; }

    /// <summary>Why, in the vendor's own words, all of them in their order.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>The reason and the vendor's words.</summary>
    public override string ToString() => $"refused: {Reason}";
}

/// <summary>What came of a cancellation: <see cref="VoucherCancelled"/> or <see cref="CancelRefused"/>.</summary>
public abstract class CancelResult
{
    private protected CancelResult()
    {
    }
}

/// <summary>The voucher can no longer be redeemed.</summary>
public sealed class VoucherCancelled : CancelResult
{
    /// <summary>One word.</summary>
    public override string ToString() => "cancelled";
}

/// <summary>The voucher is as it was, and the service says why.</summary>
public sealed class CancelRefused : CancelResult
{
    /// <summary>Why, as far as this client knows the vendor's words.</summary>
    public required RefusalReason Reason { get; init; }

    /// <summary>Why, in the vendor's own words, all of them in their order.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>The reason and the vendor's words.</summary>
    public override string ToString() => $"refused: {Reason}";
}
