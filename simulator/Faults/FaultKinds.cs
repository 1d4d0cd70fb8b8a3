using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>One way to fail.</summary>
/// <param name="Takes">The members of a fault that belong to this kind.</param>
/// <param name="KeepsAnswer">The true answer comes, late or once more: there is nothing that could be lost before the change.</param>
/// <param name="Write">Writes what the caller gets in the place of the answer.</param>
internal sealed record FaultKind(string Name, string[] Takes, bool KeepsAnswer, Func<HttpResponse, Answer, Strike, TimeProvider, Task> Write);

/// <summary>Every kind of fault, each with a file of its own.</summary>
internal static class FaultKinds
{
    public const string SameVoucher = "same-voucher";

    public static readonly IReadOnlyList<FaultKind> All =
    [
        new("latency", ["milliseconds", "to", "deviation"], true, Latency.Write),
        new("status", ["status", "body", "contentType"], false, StatusWithBody.Write),
        new("too-many-requests", ["retryAfter"], false, TooManyRequests.Write),
        new("unavailable", [], false, Unavailable.Write),
        new("empty-body", [], false, EmptyBody.Write),
        new("truncated", [], false, Truncated.Write),
        new("malformed-json", [], false, MalformedJson.Write),
        new("wrong-content-type", [], false, WrongContentType.Write),
        new("slow-drip", ["milliseconds"], true, SlowDrip.Write),
        new("connection-reset", [], false, ConnectionReset.Write),
        new("no-answer", ["milliseconds"], false, NoAnswer.Write),
        new(SameVoucher, [], true, (response, answer, _, _) => answer.Write(response)),
    ];

    /// <summary>What no rule can ask for: the refusal is the answer, and only told apart by its header.</summary>
    private static readonly FaultKind Refusal = new(MagicValues.Refusal, [], true, (response, answer, _, _) => answer.Write(response));

    public static FaultKind Of(Fault fault) => fault.Kind == MagicValues.Refusal ? Refusal : Find(fault.Kind)!;

    public static FaultKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);
}
