using ImovoSim.Campaigns;

namespace ImovoSim.Pages;

/// <summary>What the till tells the assistant to do for a voucher, and to take back when it is voided.</summary>
public sealed record TillWords(string Do, string Back)
{
    internal static TillWords Of(CampaignKind? kind, string pounds) => kind switch
    {
        CampaignKind.Cash => new($"Pay {pounds}", $"Take back {pounds}"),
        CampaignKind.Energy => new($"Credit {pounds} to the customer's key or card", $"Take back the credit of {pounds}"),
        CampaignKind.Discount => new($"Take {pounds} off", $"Charge {pounds} after all"),
        CampaignKind.Product => new("Give the product free of charge", "Take back the product"),
        CampaignKind.News => new($"Give the newspaper, {pounds} paid", "Take back the newspaper"),
        _ => new($"Worth {pounds}", $"Take back {pounds}"),
    };
}

/// <summary>What stands over the till's pages, and what their forms carry.</summary>
public sealed record TillTop(string Client, string Outlet, string Terminal, string Token);

public sealed record TillKeyModel(string? Problem);

public sealed record TillScanModel(TillTop Top, string? Problem);

/// <param name="Unusable">What the terminal says to it as it is; null where it can be redeemed.</param>
/// <param name="Refused">What it said to what was just tried.</param>
/// <param name="Page">Where the customer sees it.</param>
/// <param name="Amount">What can be paid out of it; null where only the whole can.</param>
public sealed record TillVoucherModel(TillTop Top, string Code, string? Unusable, string? Refused, TillWords Words, IdModel? Id, string? Amount, bool CanVoid, string? Page);

public sealed record TillReceiptModel(TillTop Top, string Code, bool Voided, string Text, string Do, string Outlet, string Terminal, string At);
