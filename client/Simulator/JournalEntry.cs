using System.Text.Json.Serialization;

namespace ImovoSim.Client;

/// <summary>What was decided on a call, whatever the caller got.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallOutcome>))]
public enum CallOutcome
{
    /// <summary>A voucher was issued.</summary>
    Issued,

    /// <summary>A voucher was cancelled.</summary>
    Cancelled,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>Nothing was decided: a fault struck before.</summary>
    Nothing,

    /// <summary>The simulator failed.</summary>
    Failed,
}

/// <summary>One call in a client's journal.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When, by the client's clock.</param>
/// <param name="Operation">Request, RequestVoucherWithId, CancelVoucher, or Unknown for any other path.</param>
/// <param name="Outcome">What was decided, whatever the caller got.</param>
/// <param name="Milliseconds">From the first byte of the request to the first of the answer.</param>
/// <param name="Campaign">The campaign, where one is known.</param>
/// <param name="Reference">The customer reference, masked, where one is known.</param>
/// <param name="Code">The voucher's code, where one is known.</param>
/// <param name="Request">What was sent.</param>
/// <param name="Answer">What the caller got; null where nothing came.</param>
/// <param name="Lost">The answer that a fault kept from the caller; null where none did.</param>
/// <param name="Fault">The fault that struck; null where none did.</param>
/// <param name="Why">The steps of the decision, in their order.</param>
/// <param name="Curl">A command that makes the call again, without the key.</param>
public sealed record JournalEntry(
    string Id, DateTimeOffset At, string Operation, CallOutcome Outcome, double Milliseconds, string? Campaign, string? Reference, string? Code,
    JournalMessage Request, JournalMessage? Answer, JournalMessage? Lost, JournalFault? Fault, IReadOnlyList<JournalReason> Why, string? Curl)
{
    /// <summary>The call without what was said in it: that holds voucher codes.</summary>
    public override string ToString() => $"Call {Id}, {Operation}: {Outcome}";
}

/// <summary>A request or an answer as it was sent, without what is masked.</summary>
/// <param name="Method">Of a request: its method.</param>
/// <param name="Target">Of a request: its path and query.</param>
/// <param name="Status">Of an answer: its status.</param>
/// <param name="Body">The first 16 kB of its body; null where there is none.</param>
public sealed record JournalMessage(string? Method, string? Target, int? Status, string? Body)
{
    /// <summary>A request's method and path, or an answer's status.</summary>
    public override string ToString() => Method is null ? $"{Status}" : $"{Method} {Target?.Split('?')[0]}";
}

/// <summary>A fault that struck a call.</summary>
/// <param name="Kind">Its kind, such as connection-reset.</param>
/// <param name="When">Whether it struck before or after the change.</param>
/// <param name="By">Who asked for it.</param>
public sealed record JournalFault(string Kind, FaultMoment When, string By);

/// <summary>One step of a decision.</summary>
/// <param name="Rule">The rule's name, in words with hyphens.</param>
/// <param name="Text">Its inputs and arithmetic.</param>
/// <param name="Facts">The facts that it rests on; null where none.</param>
public sealed record JournalReason(string Rule, string Text, IReadOnlyList<string>? Facts)
{
    /// <summary>The rule without its inputs: a voucher code may be among them.</summary>
    public override string ToString() => Rule;
}
