namespace ImovoSim.Client;

/// <summary>
/// Why the service refused. Compare with the known reasons (<c>refused.Reason == RefusalReason.ValueInvalid</c>); new ones may
/// join them, so treat a reason that you do not know like <see cref="Unclassified"/>. Equality looks at <see cref="Name"/> only.
/// </summary>
public readonly struct RefusalReason : IEquatable<RefusalReason>
{
    private const string Prefix = "Unable to create voucher: ";

    /// <summary>The vendor's words are none that this client knows; read <see cref="RawText"/>.</summary>
    public static readonly RefusalReason Unclassified = new("Unclassified", "");

    /// <summary>No such campaign for this key, or one that has ended or not begun.</summary>
    public static readonly RefusalReason CampaignUnknown = new("CampaignUnknown", "");

    /// <summary>The value is none that the campaign allows.</summary>
    public static readonly RefusalReason ValueInvalid = new("ValueInvalid", "");

    /// <summary>The key's weekly limit would be exceeded.</summary>
    public static readonly RefusalReason WeeklyLimitReached = new("WeeklyLimitReached", "");

    /// <summary>The campaign allows no further voucher for this customer reference (wording assumed).</summary>
    public static readonly RefusalReason CustomerLimitReached = new("CustomerLimitReached", "");

    /// <summary>Something required is missing; <see cref="RawText"/> names it.</summary>
    public static readonly RefusalReason DetailsMissing = new("DetailsMissing", "");

    /// <summary>No such voucher for this key.</summary>
    public static readonly RefusalReason VoucherNotFound = new("VoucherNotFound", "");

    /// <summary>The voucher was cancelled before, or redeemed; the vendor does not say which.</summary>
    public static readonly RefusalReason VoucherNotLive = new("VoucherNotLive", "");

    /// <summary>The service failed and said so in its own form (assumed). Whether it acted is not known.</summary>
    public static readonly RefusalReason UnexpectedError = new("UnexpectedError", "");

    private static readonly Dictionary<string, RefusalReason> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [Prefix + "the campaign code submitted does not exist"] = CampaignUnknown,
        ["InvalidCampaign"] = CampaignUnknown,
        [Prefix + "the value entered is invalid"] = ValueInvalid,
        ["InvalidValue"] = ValueInvalid,
        [Prefix + "the client weekly value limit has been reached"] = WeeklyLimitReached,
        ["ClientWeeklyValueLimitReached"] = WeeklyLimitReached,
        [Prefix + "a live voucher already exists for the supplied customer reference"] = CustomerLimitReached,
        ["CustomerVoucherLimitReached"] = CustomerLimitReached,
        ["Voucher not found"] = VoucherNotFound,
        ["Voucher is already cancelled or redeemed"] = VoucherNotLive,
        ["Unexpected error"] = UnexpectedError,
    };

    private readonly string? _name;
    private readonly string? _rawText;

    private RefusalReason(string name, string rawText) => (_name, _rawText) = (name, rawText);

    /// <summary>The reason as one word that will not change.</summary>
    public string Name => _name ?? nameof(Unclassified);

    /// <summary>The vendor's words that were classified, joined by "; ".</summary>
    public string RawText => _rawText ?? "";

    /// <summary>Classifies the vendor's messages by the first one that is known.</summary>
    /// <param name="messages">The messages of one refusal.</param>
    /// <returns>The reason, with the messages as its <see cref="RawText"/>.</returns>
    public static RefusalReason From(IReadOnlyList<string> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var found = messages.Select(Classify).FirstOrDefault(reason => reason != Unclassified);
        return new(found.Name, string.Join("; ", messages));
    }

    private static RefusalReason Classify(string message)
    {
        var text = message?.Trim() ?? "";
        return Known.TryGetValue(text, out var known) ? known
            : text.EndsWith(" is required", StringComparison.OrdinalIgnoreCase) ? DetailsMissing
            : Unclassified;
    }

    /// <inheritdoc/>
    public bool Equals(RefusalReason other) => Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RefusalReason other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The name, and the vendor's words where there are some.</summary>
    public override string ToString() => RawText.Length > 0 ? $"{Name} ({RawText})" : Name;

    /// <summary>Whether both are the same reason, whatever the wording.</summary>
    public static bool operator ==(RefusalReason left, RefusalReason right) => left.Equals(right);

    /// <summary>Whether they are different reasons.</summary>
    public static bool operator !=(RefusalReason left, RefusalReason right) => !left.Equals(right);
}
