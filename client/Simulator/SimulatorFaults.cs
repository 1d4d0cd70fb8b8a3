namespace ImovoSim.Client;

/// <summary>The failures that strike a client's calls of the vendor's operations.</summary>
public sealed class SimulatorFaults
{
    private const string Path = "_sim/faults";
    private readonly SimulatorConnection _connection;

    internal SimulatorFaults(SimulatorConnection connection) => _connection = connection;

    /// <summary>Asks for a fault. Of several that hit one call the oldest strikes.</summary>
    /// <param name="fault">Which calls it strikes, when and how.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The fault, with the id that it is found by.</returns>
    /// <exception cref="ImovoSimulatorException">The fault makes no sense (400), or the client has a hundred already (409).</exception>
    public Task<ActiveFault> Add(Fault fault, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return _connection.Send(HttpMethod.Post, Path, fault.Request, SimulatorJson.Default.FaultRequest, SimulatorJson.Default.ActiveFault, cancellationToken);
    }

    /// <summary>The client's faults, the oldest first; those that are over among them.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The faults with their counts.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public async Task<IReadOnlyList<ActiveFault>> List(CancellationToken cancellationToken = default) =>
        (await _connection.Get(Path, SimulatorJson.Default.FaultsBody, cancellationToken).ConfigureAwait(false)).Faults;

    /// <summary>One fault, with how many calls it was for and how many it struck.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ImovoSimulatorException">The client has no such fault (404).</exception>
    public Task<ActiveFault> Get(long id, CancellationToken cancellationToken = default) => _connection.Get($"{Path}/{id}", SimulatorJson.Default.ActiveFault, cancellationToken);

    /// <summary>Takes a fault back.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When it strikes no more.</returns>
    /// <exception cref="ImovoSimulatorException">The client has no such fault (404).</exception>
    public Task Remove(long id, CancellationToken cancellationToken = default) => _connection.Delete($"{Path}/{id}", cancellationToken);

    /// <summary>Takes all faults back.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When nothing fails any more.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task Clear(CancellationToken cancellationToken = default) => _connection.Delete(Path, cancellationToken);
}
