using System.Runtime.CompilerServices;

namespace ImovoSim.Contracts.Tests.Approval;

/// <summary>Compares transcripts with the snapshots in contracts/snapshots.</summary>
internal static class Approved
{
    public static string Directory { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../contracts/snapshots"));

    /// <param name="target">
    /// Null for the simulator in process: its received files have the verified files' names, so that accepting one is a move.
    /// Any other target's received file names the target: a difference there is a finding, not a new snapshot.
    /// </param>
    public static async Task Check(Outcome outcome, string? target)
    {
        switch (outcome.Verdict)
        {
            case Verdict.NotRun:
                Assert.Skip(outcome.Reason);
                break;
            case Verdict.CouldNotCheck:
                Assert.Fail($"Could not check: {outcome.Reason}\n{outcome.Transcript}");
                break;
            default:
                await SnapshotEngine.Compare(outcome.Case, outcome.Transcript, Directory, target);
                break;
        }
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
