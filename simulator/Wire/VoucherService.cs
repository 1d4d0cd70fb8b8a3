using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>What every operation works with.</summary>
internal sealed class VoucherService(IStore store, ApiKeys keys, CampaignFile campaigns, Profile facts, TimeProvider time)
{
    public Profile Facts { get; } = facts;

    public WireJson Json { get; } = new(facts);

    public ApiKeys Keys => keys;

    public Rulebook Rules => new(Facts, campaigns.Current);

    public DateTimeOffset RealNow => time.GetUtcNow();

    public async ValueTask<Outcome> Change(Caller caller, Change change)
    {
        if (await store.Change(caller.Client.Id, change) is { } outcome)
            return outcome;
        // Its sandbox was forgotten between the look at the key and now: the key makes it anew.
        var again = await keys.Find(caller.Key, default);
        return again is null ? Outcome.Refuse(Reason.Unexpected)
            : await store.Change(again.Id, change) ?? Outcome.Refuse(Reason.Unexpected);
    }

    /// <summary>The other client that has this live code: only an answer that is not the default asks.</summary>
    public async ValueTask<Client?> OwnerOf(string code, long notClient, CancellationToken cancel)
    {
        foreach (var client in await store.Clients(cancel))
        {
            if (client.Id != notClient && VoucherCode.SerialOf(client.Seed, code) is { } serial
                && await store.FindVoucher(client.Id, serial, cancel) is { } voucher && voucher.Code == code)
                return client;
        }

        return null;
    }
}

/// <summary>Who calls, and with which key.</summary>
internal sealed record Caller(Client Client, string Key);

/// <summary>One call of one client.</summary>
internal sealed record Call(HttpContext Http, Caller Caller, VoucherService Service, DateTimeOffset RealNow)
{
    public Profile Facts => Service.Facts;

    public HttpRequest Request => Http.Request;
}
