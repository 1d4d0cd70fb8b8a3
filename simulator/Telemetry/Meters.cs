using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Telemetry;

/// <summary>What the program counts and times. Unless somebody collects it, no instrument is enabled, and a call is not even looked at.</summary>
internal static class Meters
{
    public const string Name = "ImovoSim";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Issued = Meter.CreateCounter<long>("imovo.vouchers.issued", "{voucher}", "Vouchers that were issued.");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("imovo.vouchers.refused", "{refusal}", "Refusals, by operation and reason.");
    private static readonly Counter<long> Cancelled = Meter.CreateCounter<long>("imovo.vouchers.cancelled", "{voucher}", "Vouchers that were cancelled.");
    private static readonly Counter<long> Redeemed = Meter.CreateCounter<long>("imovo.vouchers.redeemed", "{redemption}", "Redemptions that were accepted.");
    private static readonly Counter<long> Struck = Meter.CreateCounter<long>("imovo.faults.struck", "{fault}", "Calls that a fault struck, by kind.");

    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("imovo.messages", "{message}", "Messages that were sent, wait for the mail server, or failed, by channel and state.");

    private static readonly Histogram<long> BatchSize = Meter.CreateHistogram(
        "imovo.store.batch.size", "{change}", "Changes that shared one flush of the store.", null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });

    private static readonly Histogram<double> FlushDuration = Meter.CreateHistogram(
        "imovo.store.flush.duration", "s", "How long a flush of the store took.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1] });

    private static readonly Dictionary<Reason, string> Reasons = Enum.GetValues<Reason>().ToDictionary(reason => reason, reason => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{reason}"));

    /// <summary>A change that a caller asked for, once it is kept.</summary>
    public static Outcome Counted(Change change, Outcome outcome)
    {
        if (!Issued.Enabled)
            return outcome;
        foreach (var message in change is Issue or Resend ? outcome.Messages ?? [] : [])
            Counted(message);
        if (OperationOf(change) is not { } operation)
            return outcome;
        if (change.Strike is { Fault: { Kind: not MagicValues.Refusal } fault })
            Struck.Add(1, new("imovo.fault.kind", fault.Kind), new("imovo.operation", operation));
        // A fault that strikes before is no refusal of the service.
        if (change.Strike is not { Fault.When: Fault.Before })
            Count(change, outcome, operation);
        return outcome;
    }

    /// <summary>A message that was made, or that became of one that waited.</summary>
    public static void Counted(Message message)
    {
        if (Messages.Enabled)
            Messages.Add(1, new("imovo.message.channel", MessageBody.Channels[(int)message.Channel]), new("imovo.message.state", message.State.ToString().ToLowerInvariant()));
    }

    /// <summary>When a flush begins: 0 where nobody wants to know.</summary>
    public static long FlushBegins() => FlushDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    public static void Flushed(long began, int changes)
    {
        if (began == 0)
            return;
        FlushDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        BatchSize.Record(changes);
    }

    private static void Count(Change change, Outcome outcome, string operation)
    {
        foreach (var reason in outcome.Refused)
            Refused.Add(1, new("imovo.operation", operation), new("imovo.refusal.reason", Reasons[reason]));
        if (outcome is not { Changed: true, Refused.Count: 0 })
            return;
        if (change is Issue)
            Issued.Add(1, new("imovo.operation", operation), new("imovo.campaign", outcome.Voucher!.Campaign));
        else
            (change is Cancel ? Cancelled : Redeemed).Add(1, new KeyValuePair<string, object?>("imovo.campaign", outcome.Voucher!.Campaign));
    }

    private static string? OperationOf(Change change) => change switch
    {
        Issue { Request.WithId: true } => nameof(Operation.RequestVoucherWithId),
        Issue => nameof(Operation.Request),
        Cancel => nameof(Operation.CancelVoucher),
        Redeem => "Redeem",
        _ => null,
    };
}
