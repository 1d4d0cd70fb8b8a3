using System.Text.Json;
using System.Text.Json.Serialization;
using ImovoSim.Campaigns;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Clients;

/// <summary>The clients that the settings name: made at the first start that does so, and at each later one what the settings say of them.</summary>
internal sealed partial class ClientsOfSettings(IStore store, Settings settings, CampaignFile campaigns, ApiKeys keys, TimeProvider time, ILogger<ClientsOfSettings> log)
{
    // Their names at the last start, in the store: who stands in it and no more in the settings was taken out of them.
    private const string Named = "clients-of-settings";

    /// <exception cref="SettingException">A client is given a campaign that does not exist, or the key of another.</exception>
    public async Task Apply(CancellationToken cancel)
    {
        foreach (var named in settings.Clients)
        {
            if (settings.NamesClients)
                CheckCampaigns(named);
            await Apply(named, cancel);
        }

        await RefuseOthers(cancel);
    }

    private void CheckCampaigns(ConfiguredClient client)
    {
        var codes = client.Campaigns.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(code => code.TrimStart('!'));
        if (codes.FirstOrDefault(code => code != "*" && campaigns.Current.Find(code) is null) is { } unknown)
            throw new SettingException(
                $"Clients:{client.Name}:Campaigns names {unknown}, which is no campaign: there are {string.Join(", ", campaigns.Current.All.Select(campaign => campaign.Code))}.");
    }

    private async Task Apply(ConfiguredClient named, CancellationToken cancel)
    {
        var key = ApiKeys.Hash(named.Key);
        var (grant, limit) = (new CampaignGrant(named.Campaigns), named.WeeklyLimit is { } pounds ? Money.ToPence(pounds) : (long?)null);
        if (await keys.Make(named.Name, key, grant, limit, int.MaxValue, cancel) is not null)
            return;
        var all = await store.Clients(cancel);
        var owner = all.FirstOrDefault(client => client.Key == key);
        // One whose key this is, and that the settings do not name otherwise, is the same with another name.
        if ((all.FirstOrDefault(client => client.IsCalled(named.Name)) ?? (IsNamed(owner!) ? null : owner)) is not { } client || (owner is not null && owner.Id != client.Id))
            throw new SettingException($"Clients:{named.Name}:Key is the key of the client {owner!.Name}: give it its own.");
        var change = new AsNamed(named.Name, key, grant, limit, time.GetUtcNow());
        await store.Change(client.Id, change);
        if (change.Differs)
            Followed(log, named.Name);
    }

    // What they have is kept: a setting that was only forgotten must not cost a client its vouchers.
    private async Task RefuseOthers(CancellationToken cancel)
    {
        var (before, names) = (await store.FindSetting(Named, cancel), JsonSerializer.Serialize([.. settings.Clients.Select(client => client.Name)], NamesJson.Default.StringArray));
        if (before == names)
            return;
        foreach (var name in before is null ? [] : JsonSerializer.Deserialize(before, NamesJson.Default.StringArray)!)
        {
            if ((await store.Clients(cancel)).FirstOrDefault(client => client.IsCalled(name)) is not { } client || IsNamed(client))
                continue;
            await store.Change(client.Id, KeyRotation.To(ApiKeys.Hash(KeyRotation.Draw()), time.GetUtcNow()));
            TakenOut(log, client.Name);
        }

        await store.PutSetting(Named, names, cancel);
    }

    private bool IsNamed(Client client) => settings.Clients.Any(named => client.IsCalled(named.Name));

    [LoggerMessage(Level = LogLevel.Information, Message = "The client {Name} is now what the settings say of it")]
    private static partial void Followed(ILogger log, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The client {Name} is in the settings no more: its key is refused from now on, and what it has is kept until it is there again or the admin removes it")]
    private static partial void TakenOut(ILogger log, string name);

    private sealed class AsNamed(string name, KeyHash key, CampaignGrant grant, long? limit, DateTimeOffset real) : Change(real)
    {
        public bool Differs { get; private set; }

        // A limit that was steered holds until the settings say another.
        protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
        {
            var named = client with
            {
                Name = name, Key = key, IsSandbox = false, Grant = grant, FirstLimit = limit, WeeklyLimit = client.FirstLimit == limit ? client.WeeklyLimit : limit,
            };
            Differs = named != client;
            return new Outcome([], Client: Differs ? named : null);
        }
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class NamesJson : JsonSerializerContext;
