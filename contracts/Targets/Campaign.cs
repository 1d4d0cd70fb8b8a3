namespace ImovoSim.Contracts;

/// <summary>What is known of the campaign that plays a role at a target. What is not known is null.</summary>
/// <param name="Code">The campaign code as the service knows it.</param>
public sealed record Campaign(string Code)
{
    /// <summary>Who asks for its vouchers; see <see cref="Client"/>.</summary>
    public string Client { get; init; } = Contracts.Client.First;
    /// <summary>The least value in pounds, where the caller chooses it.</summary>
    public decimal? Minimum { get; init; }
    /// <summary>The agreed maximum in pounds, where the caller chooses the value.</summary>
    public decimal? Maximum { get; init; }
    /// <summary>The value in pounds, where the campaign fixes it.</summary>
    public decimal? Value { get; init; }
    /// <summary>Whole days from the London day of issue to the day of expiry.</summary>
    public int? ValidityDays { get; init; }
    /// <summary>Seconds from issue to expiry, where <see cref="ExpiryForm"/> is <see cref="IssueTime"/>.</summary>
    public int? ValiditySeconds { get; init; }
    /// <summary>The time of day of the expiry as printed, e.g. <c>23:59:59.9999999</c>, or <see cref="IssueTime"/>.</summary>
    public string? ExpiryForm { get; init; }
    /// <summary>How many digits its voucher codes have.</summary>
    public int? CodeLength { get; init; }
    /// <summary>
    /// The message with <c>{value}</c>, <c>{code}</c>, <c>{link}</c> (what follows <c>id=</c>) and <c>{expiry:dd-MMM}</c>
    /// or <c>{expiry:dd-MMM-yy}</c> in the places of what varies.
    /// </summary>
    public string? Wording { get; init; }

    /// <summary>The expiry form of campaigns whose vouchers keep the time of day at which they were issued.</summary>
    public const string IssueTime = "issue time";

    /// <summary>
    /// The campaigns that the snapshots were written with: the vendor's two samples and the simulator's defaults.
    /// A target that differs in length, validity, form or wording says so, and is read in these terms.
    /// </summary>
    public static IReadOnlyDictionary<string, Campaign> OfTheSnapshots { get; } = new Dictionary<string, Campaign>
    {
        [Role.Cash] = new("THINK")
        {
            Minimum = 1.00m, Maximum = 100.00m, ValidityDays = 30, ExpiryForm = EndOfDay, CodeLength = 10,
            Wording = "£{value} CashOut voucher valid at any PayPoint to {expiry:dd-MMM}: http://imovo.org/{code}TY OR shop: use CASHOUT > I-MOVO > {code} > ENTER Help? 0800 310 0000",
        },
        [Role.Id] = new("CAMP01")
        {
            Minimum = 0.01m, Maximum = 100.00m, ValidityDays = 90, ExpiryForm = "23:59:59.999", CodeLength = 12,
            Wording = "Here is your FREE £5 off voucher: voucher {code} Expires on {expiry:dd-MMM-yy}. See here for barcode, storefinder, T&Cs: imovo.org/?id={link}",
        },
        [Role.CashId] = new("CASHID") { Minimum = 1.00m, Maximum = 100.00m, ValidityDays = 90, ExpiryForm = EndOfDay, CodeLength = 12 },
        [Role.Energy] = new("ENERGY49") { Minimum = 1.00m, Maximum = 49.00m, ValidityDays = 90, ExpiryForm = EndOfDay, CodeLength = 12 },
        [Role.Fixed] = new("OFF50P") { Value = 0.50m, ValidityDays = 28, ExpiryForm = EndOfDay, CodeLength = 10 },
        [Role.FixedId] = new("EBSS66") { Value = 66.00m, ValidityDays = 90, ExpiryForm = EndOfDay, CodeLength = 12 },
        [Role.Brief] = new("SHORT") { Minimum = 1.00m, Maximum = 10.00m, ValiditySeconds = 60, ExpiryForm = IssueTime, CodeLength = 10 },
        [Role.OnePerReference] = new("ONEPER") { Value = 1.00m, ValidityDays = 30, ExpiryForm = EndOfDay, CodeLength = 10 },
        [Role.Limited] = new("LIMITED") { Client = Contracts.Client.Limited, Minimum = 1.00m, Maximum = 100.00m, ValidityDays = 30, ExpiryForm = EndOfDay, CodeLength = 12 },
        [Role.Closed] = new("CLOSED"),
        [Role.Future] = new("FUTURE"),
        [Role.Foreign] = new("LIMITED") { Client = Contracts.Client.Outsider },
    };

    private const string EndOfDay = "23:59:59.9999999";
}

/// <summary>Who speaks: clients are named, their keys are the target's secret.</summary>
public static class Client
{
    /// <summary>The client that speaks unless a case says otherwise (IMOVO_API_KEY).</summary>
    public const string First = "client 1";
    /// <summary>Another client (IMOVO_API_KEY_2).</summary>
    public const string Second = "client 2";
    /// <summary>The client with a weekly limit.</summary>
    public const string Limited = "limited client";
    /// <summary>A client to whom the <see cref="Role.Foreign"/> campaign does not belong.</summary>
    public const string Outsider = "outsider";
    /// <summary>Nobody: a key that no service has given out.</summary>
    public const string Unknown = "unknown client";
    /// <summary>A call without the header X-API-KEY.</summary>
    public const string None = "";
}
