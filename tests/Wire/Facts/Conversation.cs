using ImovoSim.Fidelity;

namespace ImovoSim.Tests;

/// A talk in which the answers to one fact can be told apart, and what is seen of each.
internal sealed record Conversation(Fact Fact, Func<Talk, Task<string>> Hold, params (string Answer, string Seen)[] Seen);

/// A simulator that goes by one other answer, and a caller of it.
internal sealed record Talk(Simulator Simulator, Caller Caller)
{
    public Caller Limited => new(Simulator.Unjudged, "limitco-key");

    public Caller Stranger => new(Simulator.Unjudged, "other-key");

    public Caller Nobody => new(Simulator.Unjudged, "");

    /// The page's sample with ID, some of its text replaced.
    public Task<Reply> WithId(params (string Old, string New)[] changes) =>
        Caller.WithId(changes.Aggregate(Caller.Sample, (json, change) => json.Replace(change.Old, change.New, StringComparison.Ordinal)));

    /// Beside the default campaigns: one that ends soon, one of large values, one with a value of its own.
    public static string Campaigns { get; } = TemporaryFile.With(DefaultCampaigns.With(
        """
        { "code": "ENDSOON", "value": { "least": 1, "most": 100 }, "validity": "P30D", "ends": "2026-06-01" },
        { "code": "FIVEUSES", "value": { "least": 1, "most": 100 }, "validity": "P30D", "uses": 5 },
        { "code": "BIG", "value": { "least": 1, "most": 5000 }, "validity": "P30D" },
        { "code": "DEFAULTED", "value": { "least": 1, "most": 100, "default": 5 }, "validity": "P30D" }
        """));
}
