namespace ImovoSim.Fidelity;

/// <summary>One question about the real service that its page leaves open, with the answers it could have.</summary>
/// <param name="Question">The number of the question in the project's list of open questions.</param>
/// <param name="Answers">The possible answers; the first is in force unless a profile says otherwise.</param>
/// <param name="Known">documented, observed with a date, or assumed.</param>
internal sealed record Fact(
    int Question, string Id, string Asks, string[] Answers, string Known, string Evidence, string Probe)
{
    private static int _count;

    /// <summary>Where a profile keeps the answer: facts are asked dozens of times a call, so not by name.</summary>
    public int Index { get; } = _count++;
}

internal static partial class Facts
{
    private const string Assumed = "assumed";
    private const string Documented = "documented";
    private static Fact[]? _all;

    // Not an initializer: those of a partial class run in no order that one could rely on.
    public static IReadOnlyList<Fact> All =>
        _all ??= [.. Transport(), .. Shape(), .. Codes(), .. Validation(), .. Limits(), .. Cancelling(), .. Redeeming()];
}
