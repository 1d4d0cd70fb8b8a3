using ImovoSim.Campaigns;
using ImovoSim.Fidelity;

namespace ImovoSim.Vouchers;

/// <summary>What a caller asked for, as read from the wire; nothing in it is checked yet.</summary>
internal sealed record IssueRequest(
    bool WithId,
    string? CampaignCode,
    string? CustomerReference,
    AskedValue Value,
    string? DeliveryRecipient = null,
    string? CustomerName = null,
    string? Address = null,
    string? PostCode = null);

/// <summary>What the rules go by at one moment: the facts and the campaigns in force.</summary>
/// <param name="PublicUrl">What stands in the place of the host of links in messages.</param>
/// <param name="BySmtp">Whether e-mails are handed to a mail server, and wait for it.</param>
internal sealed record Rulebook(Profile Facts, CampaignSet Campaigns, string? PublicUrl = null, bool BySmtp = false);
