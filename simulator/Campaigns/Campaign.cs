namespace ImovoSim.Campaigns;

internal enum CampaignKind
{
    Cash,
    Energy,
    Discount,
    Product,
    News,
}

internal enum ExpiryTime
{
    EndOfDay7Digits,
    EndOfDay3Digits,
    TimeOfIssue,
}

internal enum IdCheck
{
    None,
    Shown,
    Required,
}

/// <summary>What i-movo agreed with a client under one code: value, validity, wording, delivery, use.</summary>
/// <param name="Fixed">The value in pence where the campaign fixes it; otherwise it varies from Least to Most.</param>
/// <param name="Link">The address of the web voucher, with {code}, {token} and {reference}.</param>
/// <param name="Message">The text that the customer reads; null where the answer has none.</param>
/// <param name="ByService">Whether the service delivers the message itself.</param>
/// <param name="Uses">How often a voucher can be redeemed.</param>
/// <param name="OncePerDay">Whether each use needs a day of its own.</param>
internal sealed record Campaign(
    string Code,
    CampaignKind Kind,
    long? Fixed,
    long Least,
    long Most,
    long? DefaultValue,
    Duration? Validity,
    ExpiryTime ExpiryTime,
    int CodeLength,
    bool Luhn,
    string? Link,
    Template? Message,
    bool ByService,
    IdCheck Id,
    int Uses,
    bool OncePerDay,
    int? MaximumPerReference,
    DateOnly? Starts,
    DateOnly? Ends)
{
    public bool Open(DateOnly today) => (Starts is not { } starts || starts <= today) && (Ends is not { } ends || today <= ends);
}

/// <summary>The campaigns in force at one moment.</summary>
internal sealed class CampaignSet(IReadOnlyList<Campaign> all)
{
    private readonly Dictionary<string, Campaign> _byCode = all.ToDictionary(campaign => campaign.Code, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Campaign> All { get; } = all;

    public Campaign? Find(string code) => _byCode.GetValueOrDefault(code);
}
