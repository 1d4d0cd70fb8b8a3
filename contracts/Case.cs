namespace ImovoSim.Contracts;

/// <summary>One short conversation with a voucher service, and what it rests on.</summary>
/// <param name="Id">A short name of lower-case words and dashes, unique in the suite; part of the snapshot's file name.</param>
/// <param name="Sentence">What the conversation shows, as one sentence; the transcript opens with it.</param>
public sealed record Case(string Id, string Sentence)
{
    /// <summary>The behaviour that the case belongs to: the name of the file that holds it.</summary>
    public string Behaviour { get; init; } = "";

    /// <summary>The questions about the real service that the expected answers rest on, e.g. <c>Q67</c>.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>The campaigns that the case speaks of, by role; see <see cref="Role"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What the target must be able to do; see <see cref="Capability"/>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The conversation itself.</summary>
    public required Func<Talk, Task> Holds { get; init; }

    /// <summary>The file name of the snapshot without <c>.verified.txt</c>.</summary>
    public string SnapshotName => $"{Behaviour}.{Id}";

    /// <summary>Why a target cannot hold this conversation, or null when it can.</summary>
    /// <param name="target">What the case would be run against.</param>
    public string? WhyNot(Target target)
    {
        ArgumentNullException.ThrowIfNull(target);
        foreach (var need in Needs.Where(need => !target.Can(need)))
            return $"{target.Name} lacks \"{need}\": {Capability.Meaning(need)}";
        foreach (var role in Roles.Where(role => target.Campaign(role) is null))
            return $"no campaign is named for the role \"{role}\"";
        return null;
    }
}
