using ImovoSim.Vouchers;

namespace ImovoSim.Faults;

/// <summary>
/// Customer references that bring one refusal or one fault each, for those who can neither send a header nor call a
/// control route: numbers that Ofcom keeps for drama, and addresses at example.com, which are nobody's.
/// </summary>
internal static class MagicValues
{
    public const string Refusal = "refusal";

    public static readonly IReadOnlyList<(string Mobile, string Email, Reason? Refused, Fault Fault)> Table =
    [
        Refuses("07700900901", "campaign@example.com", Reason.CampaignUnknown),
        Refuses("07700900902", "value@example.com", Reason.ValueInvalid),
        Refuses("07700900903", "weekly-limit@example.com", Reason.WeeklyLimitReached),
        Refuses("07700900904", "reference-limit@example.com", Reason.ReferenceLimitReached),
        Fails("07700900910", "latency@example.com", new Fault(0, "latency", Fault.After, Milliseconds: 3000)),
        Fails("07700900911", "error-before@example.com", new Fault(0, "status", Fault.Before, Status: 500)),
        Fails("07700900912", "error-after@example.com", new Fault(0, "status", Fault.After, Status: 500)),
        Fails("07700900913", "too-many@example.com", new Fault(0, "too-many-requests", Fault.Before, RetryAfter: 1)),
        Fails("07700900914", "unavailable@example.com", new Fault(0, "unavailable", Fault.Before)),
        Fails("07700900915", "empty@example.com", new Fault(0, "empty-body", Fault.After)),
        Fails("07700900916", "truncated@example.com", new Fault(0, "truncated", Fault.After)),
        Fails("07700900917", "malformed@example.com", new Fault(0, "malformed-json", Fault.After)),
        Fails("07700900918", "wrong-type@example.com", new Fault(0, "wrong-content-type", Fault.After)),
        Fails("07700900919", "reset-before@example.com", new Fault(0, "connection-reset", Fault.Before)),
        Fails("07700900920", "reset-after@example.com", new Fault(0, "connection-reset", Fault.After)),
        Fails("07700900921", "no-answer@example.com", new Fault(0, "no-answer", Fault.After)),
    ];

    private static readonly Dictionary<string, (Reason? Refused, Fault Fault)> ByReference = Table
        .SelectMany(row => new[] { (row.Mobile, row), (row.Email, row) })
        .ToDictionary(pair => pair.Item1, pair => (pair.row.Refused, pair.row.Fault), StringComparer.OrdinalIgnoreCase);

    public static (Reason? Refused, Fault Fault)? Find(string? reference) =>
        reference is not null && ByReference.TryGetValue(reference, out var magic) ? magic : null;

    private static (string, string, Reason?, Fault) Refuses(string mobile, string email, Reason reason) => (mobile, email, reason, new Fault(0, Refusal, Fault.After));

    private static (string, string, Reason?, Fault) Fails(string mobile, string email, Fault fault) => (mobile, email, null, fault);
}
