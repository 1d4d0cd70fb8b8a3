using ImovoSim.Contracts.Tests.Approval;
using ImovoSim.Contracts.Tests.Targets;

namespace ImovoSim.Contracts.Tests;

/// <summary>Every case, held with the simulator in this process. A store joins by a class of three lines.</summary>
public abstract class InProcess : IAsyncDisposable
{
    private protected abstract SimulatorInProcess Simulator { get; }

    /// <summary>Only one class of tests may be the author of snapshots.</summary>
    private protected virtual string? NameInReceivedFiles => Simulator.Name;

    public static TheoryData<string> Conversations => [.. Suite.Cases.Select(one => one.SnapshotName)];

    [Theory, MemberData(nameof(Conversations))]
    public async Task Holds(string conversation)
    {
        var outcome = await Simulator.Hold(Suite.Cases.Single(one => one.SnapshotName == conversation), around: null, TestContext.Current.CancellationToken);
        await Approved.Check(outcome, NameInReceivedFiles);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>The memory store: what it says is what the snapshots are written from.</summary>
public sealed class InProcessOnMemory(InProcessOnMemory.Fixture fixture) : InProcess, IClassFixture<InProcessOnMemory.Fixture>
{
    private protected override SimulatorInProcess Simulator => fixture.Simulator;

    private protected override string? NameInReceivedFiles => null;

    public sealed class Fixture : IAsyncDisposable
    {
        internal SimulatorInProcess Simulator { get; } = new();

        public ValueTask DisposeAsync() => Simulator.DisposeAsync();
    }
}
