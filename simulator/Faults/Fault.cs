using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ImovoSim.Faults;

/// <summary>A failure that somebody asked for: which calls it strikes, when, and how.</summary>
internal sealed record Fault(
    [property: Description("Its number, counted from 1 for each client.")] long Id,
    [property: Description("How it fails."), KindOfFault] string Kind,
    [property: Description("before: nothing has happened. after: the voucher exists, or is cancelled, and the answer is lost. With latency, slow-drip, same-voucher and the three of delivery it is always after."), AllowedValues("before", "after")] string When,
    [property: Description("Only calls of this operation.")] string? Operation = null,
    [property: Description("Only calls of this campaign; its code in any casing.")] string? Campaign = null,
    [property: Description("Only calls of this customer reference, letter for letter.")] string? Reference = null,
    [property: Description("Only the nth of these calls, counted from 1.")] long? Nth = null,
    [property: Description("Every nth of these calls.")] long? Every = null,
    [property: Description("As many of these calls as chance says, from 0 to 1; chance follows from the client's seed.")] double? Probability = null,
    [property: Description("Over after so many strikes.")] long? Strikes = null,
    [property: Description("Over at this instant of the client's clock.")] DateTimeOffset? Until = null,
    [property: Description("Of `status`: the HTTP status from 200 to 599; 500 unless told.")] int? Status = null,
    [property: Description("Of `status`: the body, at most 4096 characters.")] string? Body = null,
    [property: Description("Of `status`: the body's content type.")] string? ContentType = null,
    [property: Description("Of `too-many-requests`: the Retry-After in seconds; 1 unless told.")] int? RetryAfter = null,
    [property: Description("Of `latency`, `slow-drip` and `no-answer`: how long, at most 600000; of `delivery-late`, by the client's clock, at most 604800000.")] int? Milliseconds = null,
    [property: Description("Of `latency`: evenly between milliseconds and this.")] int? To = null,
    [property: Description("Of `latency`: spread around milliseconds, as a normal distribution of this deviation.")] int? Deviation = null,
    [property: Description("How many calls were of the kind that it is for, struck or not.")] long Calls = 0,
    [property: Description("How many of them it struck.")] long Struck = 0)
{
    public const string Before = "before";
    public const string After = "after";

    public bool IsOver(DateTimeOffset now) => Struck >= Strikes || now > Until;

    public bool IsFor(FaultCall call, FaultSubject subject) =>
        (Operation is null || Operation.Equals(call.Operation.ToString(), StringComparison.OrdinalIgnoreCase))
        && (Campaign is null || Campaign.Equals(subject.Campaign, StringComparison.OrdinalIgnoreCase))
        && (Reference is null || Reference == subject.Reference)
        && (Kind != FaultKinds.SameVoucher || subject.Repeatable)
        && (Kind is not (FaultKinds.DeliveryFails or FaultKinds.DeliveryLate or FaultKinds.DeliveryTwice) || subject.Delivered);

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
/// <param name="Delivered">Whether the service sends the voucher to the customer.</param>
internal readonly record struct FaultSubject(string? Campaign, string? Reference, bool Repeatable = false, bool Delivered = false);

/// <summary>A fault that strikes a call, with two draws for whatever of it is left to chance.</summary>
/// <param name="By">Who asked for it, for the header that says so.</param>
internal sealed record Strike(Fault Fault, double First, double Second, string By);
