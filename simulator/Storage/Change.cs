using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>Something asked of a client's state: what it needs to see, and the rule that decides it.</summary>
/// <param name="real">The instant it was asked at, before the client's clock has made its own of it.</param>
internal abstract class Change(DateTimeOffset real)
{
    // A client in use is marked as that, but not with a write for every refusal.
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    public DateTimeOffset Real => real;

    /// <summary>Whose key asks; where the client has another by now, nothing is decided.</summary>
    public KeyHash? By { get; set; }

    /// <summary>The client as the decision left it.</summary>
    public Client? After { get; private set; }

    /// <summary>The call of the vendor's API that it comes from; null where it is none, and no fault can strike it.</summary>
    public FaultCall? Asked { get; set; }

    /// <summary>The fault that struck the call.</summary>
    public Strike? Strike { get; private set; }

    /// <summary>The voucher to load, or 0.</summary>
    public virtual long NeedsVoucher(Client client) => 0;

    /// <summary>The campaign and reference whose vouchers to load, or null.</summary>
    public virtual (string Campaign, string Reference)? NeedsReference(Client client) => null;

    /// <summary>The message to load, or 0.</summary>
    public virtual long NeedsMessage(Client client) => 0;

    /// <summary>Whether to load what became of that voucher.</summary>
    public virtual bool NeedsHistory => false;

    /// <summary>Pure: the same state gives the same outcome, and it may be asked twice.</summary>
    public Outcome Decide(Client client, Found found)
    {
        if (By is { } key && key != client.Key)
            return Outcome.Gone;
        var now = client.Clock.At(real);
        var before = client;
        var outcome = Struck(ref client, found, now) ?? Rule(client, found, now);
        if (outcome.Client is null && !ReferenceEquals(before, client))
            outcome = outcome with { Client = client };
        if (outcome.Client is not null || real - client.LastUsed >= TouchEvery)
            outcome = outcome with { Client = (outcome.Client ?? client) with { LastUsed = real } };
        After = outcome.Client ?? client;
        return outcome;
    }

    /// <summary>What the call is about, for faults that look at that.</summary>
    protected virtual FaultSubject Subject(Client client, Found found) => default;

    /// <summary>The answer once more that was given before.</summary>
    protected virtual Outcome? Repeat(Found found) => null;

    // Faults are met here, and not before or after, so that each call is counted once and by whoever decides.
    private Outcome? Struck(ref Client client, Found found, DateTimeOffset now)
    {
        (client, Strike) = Asked is null || (Asked.Asked is null && client.Steering is null)
            ? (client, null)
            : FaultPlan.Meet(client, Asked, Subject(client, found), now);
        if (Strike is null && Asked is { Magic: true } && client.IsSandbox && MagicValues.Find(Subject(client, found).Reference) is { } magic)
        {
            Strike = new Strike(magic.Fault, 0, 0, "asked for by its customer reference");
            if (magic.Refused is { } reason)
                return Outcome.Refuse(reason);
        }

        return Strike?.Fault switch
        {
            { When: Fault.Before } => Outcome.Refuse(Reason.Unexpected),
            { Kind: FaultKinds.SameVoucher } => Repeat(found),
            _ => null,
        };
    }

    protected abstract Outcome Rule(Client client, Found found, DateTimeOffset now);
}

/// <summary>What a change asked to see.</summary>
internal readonly record struct Found(Voucher? Voucher, IReadOnlyList<Voucher> ForReference, IReadOnlyList<VoucherEvent>? Events = null, Message? Message = null)
{
    public IReadOnlyList<VoucherEvent> History => Events ?? [];

    public static Found Nothing { get; } = new(null, []);
}

/// <summary>What was decided: refusals, or a voucher; and what to save. Null means unchanged.</summary>
/// <param name="Event">What becomes of the voucher, to be kept in its history.</param>
/// <param name="Restart">The client loses all its vouchers and has these instead.</param>
/// <param name="Added">Vouchers that the client gets beside what it has.</param>
/// <param name="Histories">What became of the vouchers of a restart, or of those added, in order.</param>
/// <param name="Messages">Messages that the client gets beside what it has; the last ones are kept, and those that wait.</param>
/// <param name="Resolved">A message that became another.</param>
internal sealed record Outcome(
    IReadOnlyList<Reason> Refused, Voucher? Voucher = null, Client? Client = null, bool Issued = false, bool Changed = false,
    VoucherEvent? Event = null, IReadOnlyList<Voucher>? Restart = null, IReadOnlyList<Voucher>? Added = null,
    IReadOnlyList<(long Serial, VoucherEvent Happened)>? Histories = null, IReadOnlyList<Message>? Messages = null, Message? Resolved = null)
{
    /// <summary>The client has another key by now, which is as if it were gone.</summary>
    public static Outcome Gone { get; } = new([]);

    public static Outcome Refuse(params Reason[] reasons) => new(reasons);
}
