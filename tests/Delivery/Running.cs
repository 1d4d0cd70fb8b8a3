[assembly: AssemblyFixture(typeof(ImovoSim.Tests.Running))]

namespace ImovoSim.Tests;

/// The program in a process of its own, without a mail server, for all tests; each has a sandbox of its own in it.
public sealed class Running : IAsyncLifetime
{
    private SimulatorProcess? _process;

    public async ValueTask InitializeAsync() => _process = await SimulatorProcess.Start("--Store", "memory");

    public async ValueTask DisposeAsync() => await _process!.DisposeAsync();

    internal Customer Customer(string suffix = "") => new(_process!.Address, $"sim_{TestContext.Current.Test!.UniqueID[..40]}{suffix}");
}
