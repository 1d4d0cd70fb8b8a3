using ImovoSim.Clients;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>Something asked of a client's state: what it needs to see, and the rule that decides it.</summary>
/// <param name="real">The instant it was asked at, before the client's clock has made its own of it.</param>
internal abstract class Change(DateTimeOffset real)
{
    // A client in use is marked as that, but not with a write for every refusal.
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>The voucher to load, or 0.</summary>
    public virtual long NeedsVoucher(Client client) => 0;

    /// <summary>The campaign and reference whose vouchers to load, or null.</summary>
    public virtual (string Campaign, string Reference)? NeedsReference(Client client) => null;

    /// <summary>Pure: the same state gives the same outcome, and it may be asked twice.</summary>
    public Outcome Decide(Client client, Found found)
    {
        var outcome = Rule(client, found, client.Clock.At(real));
        return outcome.Client is null && real - client.LastUsed < TouchEvery
            ? outcome
            : outcome with { Client = (outcome.Client ?? client) with { LastUsed = real } };
    }

    protected abstract Outcome Rule(Client client, Found found, DateTimeOffset now);
}

/// <summary>What a change asked to see.</summary>
internal readonly record struct Found(Voucher? Voucher, IReadOnlyList<Voucher> ForReference)
{
    public static Found Nothing { get; } = new(null, []);
}

/// <summary>What was decided: refusals, or a voucher; and what to save. Null means unchanged.</summary>
internal sealed record Outcome(
    IReadOnlyList<Reason> Refused, Voucher? Voucher = null, Client? Client = null, bool Issued = false, bool Changed = false)
{
    public static Outcome Refuse(params Reason[] reasons) => new(reasons);
}
