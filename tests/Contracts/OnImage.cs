using ImovoSim.Contracts.Tests.Approval;
using ImovoSim.Contracts.Tests.Targets;
using ImovoSim.Tests;

namespace ImovoSim.Contracts.Tests;

/// <summary>The container image keeps the contract, with the time zone and the libraries that it has inside.</summary>
public sealed class OnImage(Image image) : IClassFixture<Image>
{
    public static TheoryData<string> Conversations => InProcess.Conversations;

    [Theory, MemberData(nameof(Conversations))]
    public async Task Holds(string conversation)
    {
        await ContainerEngine.Required();
        await Approved.Check(await image.Hold(Suite.Cases.Single(one => one.SnapshotName == conversation), TestContext.Current.CancellationToken), "image");
    }
}
