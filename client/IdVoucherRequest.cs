namespace ImovoSim.Client;

/// <summary>A voucher for a customer whose ID the shop checks. Personal data: nothing of it is logged or in <c>ToString</c>.</summary>
public sealed class IdVoucherRequest
{
    /// <summary>The campaign, as issued by i-movo.</summary>
    public required string CampaignCode { get; init; }

    /// <summary>Your reference; where i-movo delivers, the customer's mobile number or e-mail address.</summary>
    public required string CustomerReference { get; init; }

    /// <summary>The customer's full name, as the shop shall see it.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's address, as the shop shall see it.</summary>
    public required string Address { get; init; }

    /// <summary>The customer's post code, as the shop shall see it.</summary>
    public required string PostCode { get; init; }

    /// <summary>The value in pounds, for cash and energy vouchers only; null leaves it to the campaign. Never rounded.</summary>
    public decimal? Value { get; init; }

    /// <summary>Where PayPoint delivers the voucher: the e-mail address or mobile number that it goes to.</summary>
    public string? DeliveryRecipient { get; init; }
}
