using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Telemetry;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>What every operation works with.</summary>
internal sealed class VoucherService(IStore store, ApiKeys keys, CampaignFile campaigns, Profile facts, Settings settings, Mailer mailer, TimeProvider time)
{
    private Rulebook? _rules;

    public Profile Facts { get; } = facts;

    public WireJson Json { get; } = new(facts, settings.PublicUrl);

    public ApiKeys Keys => keys;

    public Rulebook Rules => _rules is { } rules && ReferenceEquals(rules.Campaigns, campaigns.Current)
        ? rules
        : _rules = new Rulebook(Facts, campaigns.Current, settings.PublicUrl, settings.Smtp is not null);

    public DateTimeOffset RealNow => time.GetUtcNow();

    public ValueTask<Outcome> Change(Caller caller, Change change)
    {
        change.By = caller.Client.Key;
        var changed = store.Change(caller.Client.Id, change);
        return changed is { IsCompletedSuccessfully: true, Result: { } outcome } ? new(Done(change, outcome)) : Changed(changed, caller, change);
    }

    private async ValueTask<Outcome> Changed(ValueTask<Outcome?> changed, Caller caller, Change change)
    {
        if (await changed is { } outcome)
            return Done(change, outcome);
        // Forgotten, or given another key, between the look at the key and now: a sandbox's key makes it anew.
        if (await keys.Find(caller.Key, default) is not { } again)
            throw new UnknownKeyException();
        change.By = again.Key;
        return Done(change, await store.Change(again.Id, change) ?? throw new UnknownKeyException());
    }

    private Outcome Done(Change change, Outcome outcome)
    {
        if (outcome.Messages is [{ State: MessageState.Waiting }, ..])
            mailer.Wake();
        return Meters.Counted(change, outcome);
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

/// <summary>The key was known when the call began, and is not any more.</summary>
internal sealed class UnknownKeyException : Exception;

/// <summary>Who calls, and with which key.</summary>
internal sealed record Caller(Client Client, string Key);

/// <summary>One call of one client.</summary>
internal sealed record Call(HttpContext Http, Caller Caller, VoucherService Service, DateTimeOffset RealNow, FaultCall Asked)
{
    public Profile Facts => Service.Facts;

    public HttpRequest Request => Http.Request;

    /// <summary>The last change that was asked for; it knows the client as it left it.</summary>
    public Change? Decided { get; private set; }

    /// <summary>What became of the last change.</summary>
    public Outcome? Result { get; private set; }

    /// <summary>What the caller gave, once it is read.</summary>
    public Parameters? Given { get; set; }

    public ValueTask<Outcome> Change(Change change) => Change(Caller, change);

    public ValueTask<Outcome> Change(Caller caller, Change change)
    {
        // What a fact lets this call do to another client is no call of that client.
        var own = caller.Client.Id == Caller.Client.Id;
        change.Asked = own ? Asked : null;
        Decided = own ? change : Decided;
        var changing = Service.Change(caller, change);
        return changing.IsCompletedSuccessfully ? new(Result = changing.Result) : Changed(changing);
    }

    private async ValueTask<Outcome> Changed(ValueTask<Outcome> changing) => Result = await changing;
}
