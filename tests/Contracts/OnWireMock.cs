using ImovoSim.Contracts.Tests.Approval;
using ImovoSim.Contracts.Tests.Targets;

namespace ImovoSim.Contracts.Tests;

/// <summary>What a team gets that loads our mappings into its own WireMock: the same conversations, the same snapshots.</summary>
public sealed class OnWireMock(WireMockStub stub) : IClassFixture<WireMockStub>
{
    public static TheoryData<string> Conversations => InProcess.Conversations;

    [Theory, MemberData(nameof(Conversations))]
    public async Task Holds(string conversation)
    {
        var one = Suite.Cases.Single(candidate => candidate.SnapshotName == conversation);
        Assert.SkipWhen(stub.WhyLeftOut(one) is not null, $"left out of the stub: {stub.WhyLeftOut(one)}");
        await Approved.Check(await stub.Hold(one, TestContext.Current.CancellationToken), "wiremock");
    }

    [Fact]
    public void A_stateless_stub_holds_most_cases() => Assert.InRange(stub.Held.Count, 100, Suite.Cases.Count);
}
