using System.Text.Json;
using System.Text.Json.Serialization;
using ImovoSim.Clock;
using ImovoSim.Faults;
using ImovoSim.Storage;

namespace ImovoSim.Clients;

/// <summary>What the admin wants new sandboxes to begin with; kept in the store, so that every replica goes by it.</summary>
internal sealed class SandboxDefaults(IStore store)
{
    private const string Name = "sandbox-defaults";

    public async ValueTask<NewSandbox> Find(CancellationToken cancel) =>
        await store.FindSetting(Name, cancel) is { } json ? JsonSerializer.Deserialize(json, NewSandboxJson.Default.NewSandbox)! : NewSandbox.Usual;

    /// <summary>Null takes them back.</summary>
    public ValueTask Put(NewSandbox? defaults, CancellationToken cancel) =>
        store.PutSetting(Name, defaults is null ? null : JsonSerializer.Serialize(defaults, NewSandboxJson.Default.NewSandbox), cancel);
}

/// <summary>A sandbox as it begins.</summary>
/// <param name="Clock">How its clock is set when it begins.</param>
internal sealed record NewSandbox(long? WeeklyLimit, string Campaigns, ClockRequest Clock, IReadOnlyList<Fault> Faults)
{
    public static NewSandbox Usual { get; } = new(null, CampaignGrant.All.Text, ClockRequest.Real, []);

    public Client On(Client client, DateTimeOffset real) => new FaultPlan(Faults.Count, Faults).On(client with
    {
        Grant = new CampaignGrant(Campaigns),
        WeeklyLimit = WeeklyLimit,
        FirstLimit = WeeklyLimit,
        Clock = Clock.Read().Set!(default, real),
    });
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewSandbox))]
internal sealed partial class NewSandboxJson : JsonSerializerContext;
