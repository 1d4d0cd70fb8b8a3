using System.ComponentModel.DataAnnotations;
using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>One way to fail.</summary>
/// <param name="Takes">The members of a fault that belong to this kind.</param>
/// <param name="KeepsAnswer">The true answer comes, late or once more: there is nothing that could be lost before the change.</param>
/// <param name="Gets">What the caller gets in the place of the answer; null where nothing comes.</param>
/// <param name="Wait">How long the fault holds it up.</param>
/// <param name="Deliver">How it goes out, where that is not how answers do.</param>
internal sealed record FaultKind(
    string Name, string[] Takes, bool KeepsAnswer, Func<Answer, Strike, Answer?> Gets,
    Func<Strike, TimeSpan>? Wait = null, Func<HttpResponse, Answer, Strike, TimeProvider, Task>? Deliver = null)
{
    public Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time) =>
        Deliver is null ? Gets(answer, strike)!.Write(response) : Deliver(response, answer, strike, time);
}

/// <summary>Every kind of fault, each with a file of its own.</summary>
internal static class FaultKinds
{
    public const string SameVoucher = "same-voucher";
    public const string DeliveryFails = "delivery-fails";
    public const string DeliveryLate = "delivery-late";
    public const string DeliveryTwice = "delivery-twice";

    public static readonly IReadOnlyList<FaultKind> All =
    [
        new("latency", ["milliseconds", "to", "deviation"], true, Whole, Latency.Of, Latency.Write),
        new("status", ["status", "body", "contentType"], false, StatusWithBody.Of),
        new("too-many-requests", ["retryAfter"], false, TooManyRequests.Of),
        new("unavailable", [], false, Unavailable.Of),
        new("empty-body", [], false, EmptyBody.Of),
        new("truncated", [], false, Truncated.Of, Deliver: Truncated.Write),
        new("malformed-json", [], false, MalformedJson.Of),
        new("wrong-content-type", [], false, WrongContentType.Of),
        new("slow-drip", ["milliseconds"], true, Whole, SlowDrip.Of, SlowDrip.Write),
        new("connection-reset", [], false, Nothing, Deliver: ConnectionReset.Write),
        new("no-answer", ["milliseconds"], false, Nothing, NoAnswer.Of, NoAnswer.Write),
        new(SameVoucher, [], true, Whole),
        new(DeliveryFails, [], true, Whole),
        new(DeliveryLate, ["milliseconds"], true, Whole),
        new(DeliveryTwice, [], true, Whole),
    ];

    /// <summary>What no rule can ask for: the refusal is the answer, and only told apart by its header.</summary>
    private static readonly FaultKind Refusal = new(MagicValues.Refusal, [], true, Whole);

    public static FaultKind Of(Fault fault) => fault.Kind == MagicValues.Refusal ? Refusal : Find(fault.Kind)!;

    public static FaultKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    private static Answer Whole(Answer answer, Strike strike) => answer;

    private static Answer? Nothing(Answer answer, Strike strike) => null;
}

/// <summary>A member that names one of them.</summary>
internal sealed class KindOfFaultAttribute() : AllowedValuesAttribute([.. FaultKinds.All.Select(kind => kind.Name)]);
