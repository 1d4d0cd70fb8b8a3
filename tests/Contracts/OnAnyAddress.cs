using ImovoSim.Contracts.Tests.Approval;
using ImovoSim.Contracts.Tests.Targets;

namespace ImovoSim.Contracts.Tests;

/// <summary>IMOVO_TARGET=https://… holds the suite with any service, the vendor's own among them; the README says how.</summary>
public sealed class OnAnyAddress(AnyAddress address) : IClassFixture<AnyAddress>
{
    public static TheoryData<string> Conversations => AnyAddressIsNamed ? InProcess.Conversations : ["all of them"];

    private static bool AnyAddressIsNamed => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("IMOVO_TARGET"));

    [Theory, MemberData(nameof(Conversations))]
    public async Task Holds(string conversation)
    {
        Required.OrSkip("address", address.Missing);
        var outcome = await address.Hold(Suite.Cases.Single(one => one.SnapshotName == conversation), TestContext.Current.CancellationToken);
        // A lost answer says nothing about the contract, so it is no failure, and no success either; but where nothing ever
        // answered, a run that is green for being skipped would say that all is well.
        if (outcome.Verdict == Verdict.CouldNotCheck && address.Heard) Required.OrSkip("address", "could not check: " + outcome.Reason);
        await Approved.Check(outcome, "address");
    }
}
