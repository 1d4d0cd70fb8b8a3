using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ImovoSim.Campaigns;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Clients;

/// <summary>Finds the client of an API key, and makes a sandbox of a key that asks for one.</summary>
internal sealed class ApiKeys(IStore store, Settings settings, CampaignFile campaigns, Profile facts, SandboxDefaults defaults, TimeProvider time)
{
    public const string SandboxPrefix = "sim_";

    private const int LongestKey = 128;
    private const int KeysRemembered = 10_000;

    // Of keys that were good a moment ago; a hash costs as much as all else that is done for a key.
    private readonly ConcurrentDictionary<string, KeyHash> _hashes = new(StringComparer.Ordinal);

    /// <summary>The client, or null where the key is unknown.</summary>
    /// <exception cref="SandboxesFullException">The key asks for a sandbox, and there are as many as may be.</exception>
    public ValueTask<Client?> Find(string key, CancellationToken cancel) =>
        _hashes.TryGetValue(key, out var hash) ? Find(store.FindClient(hash, cancel), key, cancel) : FindOrMake(key, cancel);

    // Most stores know at once.
    private ValueTask<Client?> Find(ValueTask<Client?> finding, string key, CancellationToken cancel) =>
        finding is { IsCompletedSuccessfully: true, Result: { } client } ? new(client) : FindOrMake(key, cancel);

    private async ValueTask<Client?> FindOrMake(string key, CancellationToken cancel)
    {
        if (key.Length is 0 or > LongestKey)
            return null;
        // The hash, not the key, is looked up: how far a comparison came says nothing about the key.
        var known = _hashes.TryGetValue(key, out var hash);
        if (!known)
            hash = Hash(key);
        if (await store.FindClient(hash, cancel) is { } client)
        {
            if (!known)
                Remember(key, hash);
            return client;
        }

        if (!settings.SandboxesEnabled || !AsksForSandbox(key))
            return null;
        var sandbox = Newcomer($"{Client.NameOfSandbox}{hash.A:x16}"[..16], hash, CampaignGrant.All, null) with { IsSandbox = true };
        return await Add(await FirstDay(sandbox, cancel), cancel) ?? throw new SandboxesFullException(settings.SandboxesAtMost);
    }

    private void Remember(string key, KeyHash hash)
    {
        if (_hashes.Count >= KeysRemembered)
            _hashes.Clear();
        _hashes[key] = hash;
    }

    /// <summary>Makes a client that has a name; null where another has it, or its key, or there are so many, sandboxes aside.</summary>
    public ValueTask<Client?> Make(string name, KeyHash key, CampaignGrant grant, long? limit, int atMost, CancellationToken cancel)
    {
        var client = Newcomer(name, key, grant, limit);
        return store.MakeClient(client, [.. FirstVouchers(client.LastUsed)], atMost, cancel);
    }

    /// <summary>The client as it was on its first day; a sandbox as one that begins today.</summary>
    public async ValueTask<Client> FirstDay(Client client, CancellationToken cancel)
    {
        var first = client with
        {
            Seed = SeedOf(client.IsSandbox ? client.Key : Hash(client.Name)),
            LastSerial = Samples.All.Length,
            LastMessage = 0,
            DayTotals = [],
            Clock = default,
            WeeklyLimit = client.FirstLimit,
            Steering = null,
        };
        return client.IsSandbox ? (await defaults.Find(cancel)).On(first, time.GetUtcNow()) : first;
    }

    /// <summary>Whether no client that has a name can be given it: without that client the key would make a sandbox.</summary>
    public static bool IsForSandbox(string key) => key.StartsWith(SandboxPrefix, StringComparison.Ordinal);

    public static bool AsksForSandbox(string key) =>
        key.Length is >= 6 and <= LongestKey && IsForSandbox(key)
        && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    public static KeyHash Hash(string key)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(LongestKey)];
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);
        return MemoryMarshal.Read<KeyHash>(hash);
    }

    // The same key has the same chance on every machine and in every store.
    private static ulong SeedOf(KeyHash key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in key)), hash);
        return BitConverter.ToUInt64(hash);
    }

    private Client Newcomer(string name, KeyHash key, CampaignGrant grant, long? limit) =>
        new(0, name, key, false, SeedOf(Hash(name)), grant, limit, default, Samples.All.Length, [], time.GetUtcNow(), limit);

    private ValueTask<Client?> Add(Client client, CancellationToken cancel) =>
        store.AddClient(client, [.. FirstVouchers(client.Clock.At(client.LastUsed))], settings.SandboxesAtMost, cancel);

    /// <summary>What a client has from its start: the vouchers of the vendor's page.</summary>
    public IEnumerable<Voucher> FirstVouchers(DateTimeOffset now)
    {
        foreach (var sample in Samples.All)
        {
            var campaign = campaigns.Current.Find(sample.Campaign) ?? CampaignFile.BuiltIn().Find(sample.Campaign)!;
            var expiresAt = Expiry.Of(campaign, now, facts) ?? now;
            yield return new Voucher(
                sample.Serial, sample.Code, campaign.Code, sample.Pence, now, expiresAt, sample.CustomerReference, sample.DeliveryRecipient,
                sample.Id, sample.LinkTail, campaign.Uses);
        }
    }
}

/// <summary>As many sandboxes are in use as may be.</summary>
internal sealed class SandboxesFullException(int most) : Exception(
    $"This simulator holds {most} sandboxes, as many as its setting Sandboxes:AtMost allows: use a key that has one, or raise the setting.");
