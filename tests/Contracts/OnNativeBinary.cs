using ImovoSim.Contracts.Tests.Approval;
using ImovoSim.Contracts.Tests.Targets;

namespace ImovoSim.Contracts.Tests;

/// <summary>The published program keeps the contract, too: what its compiler leaves out would show here.</summary>
public sealed class OnNativeBinary(NativeBinary binary) : IClassFixture<NativeBinary>
{
    public static TheoryData<string> Conversations => InProcess.Conversations;

    [Theory, MemberData(nameof(Conversations))]
    public async Task Holds(string conversation)
    {
        Required.OrSkip("native", binary.Missing);
        await Approved.Check(await binary.Hold(Suite.Cases.Single(one => one.SnapshotName == conversation), TestContext.Current.CancellationToken), "native");
    }
}
