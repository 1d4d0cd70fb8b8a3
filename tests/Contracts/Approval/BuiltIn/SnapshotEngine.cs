using ImovoSim.Contracts.Tests.Approval.BuiltIn;

namespace ImovoSim.Contracts.Tests.Approval;

/// <summary>The one seam: this file compares with the built-in approver, the one in ../Verify with the package of that name.</summary>
internal static class SnapshotEngine
{
    public static Task Compare(Case conversation, string transcript, string directory, string? target) =>
        new Approver(directory).Approve(transcript, "txt",
            receivedPrefix: target is null ? conversation.SnapshotName : SnapshotName.Prefix(conversation.Behaviour, conversation.Id, ("target", target)),
            verifiedPrefix: conversation.SnapshotName);
}
