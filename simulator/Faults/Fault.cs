namespace ImovoSim.Faults;

/// <summary>A failure that somebody asked for: which calls it strikes, when, and how.</summary>
/// <param name="When">before: nothing has happened. after: the change is kept and its answer is lost.</param>
/// <param name="Calls">How many calls were of the kind that it is for, struck or not.</param>
internal sealed record Fault(
    long Id, string Kind, string When, string? Operation = null, string? Campaign = null, string? Reference = null,
    long? Nth = null, long? Every = null, double? Probability = null, long? Strikes = null, DateTimeOffset? Until = null,
    int? Status = null, string? Body = null, string? ContentType = null, int? RetryAfter = null,
    int? Milliseconds = null, int? To = null, int? Deviation = null, long Calls = 0, long Struck = 0)
{
    public const string Before = "before";
    public const string After = "after";

    public bool IsOver(DateTimeOffset now) => Struck >= Strikes || now > Until;

    public bool IsFor(FaultCall call, FaultSubject subject) =>
        (Operation is null || Operation.Equals(call.Operation.ToString(), StringComparison.OrdinalIgnoreCase))
        && (Campaign is null || Campaign.Equals(subject.Campaign, StringComparison.OrdinalIgnoreCase))
        && (Reference is null || Reference == subject.Reference)
        && (Kind != FaultKinds.SameVoucher || subject.Repeatable);

    /// <summary>Whether it strikes this one of its calls, which is counted already.</summary>
    public bool Hits(ulong seed) =>
        (Nth is null || Nth == Calls)
        && (Every is null || Calls % Every == 0)
        && (Probability is null || Chance.Draw(seed, (ulong)Id, (ulong)Calls) < Probability);
}

/// <summary>A call that a fault can strike.</summary>
/// <param name="Asked">The fault that the call asked for itself, by its header.</param>
/// <param name="Magic">Whether customer references can bring faults.</param>
internal sealed record FaultCall(Wire.Operation Operation, Fault? Asked, bool Magic = false);

/// <summary>What a call is about, as far as it is known.</summary>
/// <param name="Repeatable">Whether the voucher before could be answered once more.</param>
internal readonly record struct FaultSubject(string? Campaign, string? Reference, bool Repeatable = false);

/// <summary>A fault that strikes a call, with two draws for whatever of it is left to chance.</summary>
/// <param name="By">Who asked for it, for the header that says so.</param>
internal sealed record Strike(Fault Fault, double First, double Second, string By);
