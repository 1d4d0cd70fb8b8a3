using System.Text.Json;
using System.Text.Json.Serialization;
using ImovoSim.Clients;

namespace ImovoSim.Faults;

/// <summary>The faults of a client, kept on its row, so that they count and strike under its lock, whichever replica is called.</summary>
internal sealed record FaultPlan(long LastId, IReadOnlyList<Fault> Faults)
{
    public const int Most = 100;

    private static readonly FaultPlan None = new(0, []);

    public static FaultPlan Of(Client client) => client.Steering is null ? None : JsonSerializer.Deserialize(client.Steering, FaultJson.Default.FaultPlan)!;

    /// <summary>Not read for that: where the words stand elsewhere in it, a voucher is loaded that nobody needs.</summary>
    public static bool CanNeedVoucherBefore(Client client) => client.Steering?.Contains(FaultKinds.SameVoucher, StringComparison.Ordinal) == true;

    /// <summary>Without faults there is nothing to keep, and nothing to look at when a call comes.</summary>
    public Client On(Client client) => client with { Steering = Faults.Count == 0 && LastId == 0 ? null : JsonSerializer.Serialize(this, FaultJson.Default.FaultPlan) };

    /// <summary>The client with the call counted, and the strike where there is one: what the call asked for itself, else the oldest fault that hits.</summary>
    public static (Client Client, Strike? Strike) Meet(Client client, FaultCall call, FaultSubject subject, DateTimeOffset now)
    {
        if (call.Asked is { } asked && asked.IsFor(call, subject))
            return (client, new Strike(asked, Chance.Draw(client.Seed, 0, (ulong)client.LastSerial), Chance.Draw(client.Seed, 0, (ulong)client.LastSerial, 1), "asked for by this call"));
        if (client.Steering is null)
            return (client, null);
        var plan = Of(client);
        if (!plan.Faults.Any(fault => fault.IsFor(call, subject) && !fault.IsOver(now)))
            return (client, null);
        var (faults, strike) = plan.Count(client, call, subject, now);
        return ((plan with { Faults = faults }).On(client), strike);
    }

    private (Fault[] Faults, Strike? Strike) Count(Client client, FaultCall call, FaultSubject subject, DateTimeOffset now)
    {
        Strike? strike = null;
        var faults = Faults.ToArray();
        for (var i = 0; i < faults.Length; i++)
        {
            if (!faults[i].IsFor(call, subject) || faults[i].IsOver(now))
                continue;
            faults[i] = faults[i] with { Calls = faults[i].Calls + 1 };
            if (strike is not null || !faults[i].Hits(client.Seed))
                continue;
            faults[i] = faults[i] with { Struck = faults[i].Struck + 1 };
            var (id, calls) = ((ulong)faults[i].Id, (ulong)faults[i].Calls);
            strike = new Strike(faults[i], Chance.Draw(client.Seed, id, calls, 1), Chance.Draw(client.Seed, id, calls, 2), $"fault {faults[i].Id}");
        }

        return (faults, strike);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FaultPlan))]
internal sealed partial class FaultJson : JsonSerializerContext;
