using DotNet.Testcontainers.Containers;
using ImovoSim.Client;
using ImovoSim.Testing;

namespace ImovoSim.Testcontainers;

/// <summary>A simulator in a container of its own. <see cref="ImovoSimBuilder"/> makes it.</summary>
/// <param name="configuration">What the builder was told.</param>
public sealed class ImovoSimContainer(ImovoSimConfiguration configuration) : DockerContainer(configuration)
{
    private readonly SimulatorCallers _callers = new();

    /// <summary>Where the simulator answers on this machine, such as <c>http://127.0.0.1:49153/</c>. Another port after each start.</summary>
    /// <returns>The address, for the program under test.</returns>
    public Uri GetBaseAddress() => new UriBuilder(Uri.UriSchemeHttp, Hostname, GetMappedPublicPort(ImovoSimBuilder.HttpPort)).Uri;

    /// <summary>A client of the voucher service.</summary>
    /// <param name="apiKey">A key that begins with <c>sim_</c>, which makes a sandbox of its own, or that of <see cref="ImovoSimBuilder.WithClient"/>.</param>
    /// <returns>A client that lives as long as this container.</returns>
    public IImovoClient CreateClient(string apiKey) => _callers.Client(GetBaseAddress(), apiKey);

    /// <summary>Steers the simulator for one key: clock, limit, faults, and what shops do.</summary>
    /// <param name="apiKey">The key that the program under test sends.</param>
    /// <returns>What steers it, as long as this container lives.</returns>
    public ImovoSimulator Steer(string apiKey) => _callers.Steer(GetBaseAddress(), apiKey);

    /// <summary>Steers all clients of the simulator.</summary>
    /// <returns>What steers them, as long as this container lives.</returns>
    /// <exception cref="InvalidOperationException">There was no <see cref="ImovoSimBuilder.WithAdminToken"/>.</exception>
    public ImovoSimulatorAdmin SteerAll() => configuration.AdminToken is { } token
        ? _callers.Admin(GetBaseAddress(), token)
        : throw new InvalidOperationException("This simulator has no admin token: give it one by WithAdminToken.");

    /// <inheritdoc />
    protected override async ValueTask DisposeAsyncCore()
    {
        _callers.Dispose();
        await base.DisposeAsyncCore().ConfigureAwait(false);
    }
}
