namespace ImovoSim.Client;

/// <summary>A client's weekly value limit.</summary>
public sealed class SimulatorLimit
{
    private const string Path = "_sim/limit";
    private readonly SimulatorConnection _connection;

    internal SimulatorLimit(SimulatorConnection connection) => _connection = connection;

    /// <summary>The limit with the arithmetic.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The limit, the week, and what is used of it.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<LimitReading> Get(CancellationToken cancellationToken = default) => _connection.Get(Path, SimulatorJson.Default.LimitReading, cancellationToken);

    /// <summary>Sets the limit. What was issued this week counts already.</summary>
    /// <param name="pounds">Pounds a week from 0 to 1,000,000,000, with two decimals at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The limit as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The limit is out of bounds (400).</exception>
    public Task<LimitReading> Set(decimal pounds, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Put, Path, new(pounds), SimulatorJson.Default.LimitRequest, SimulatorJson.Default.LimitReading, cancellationToken);

    /// <summary>Removes the limit: the client can issue what it likes.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What is used, and no limit.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<LimitReading> Remove(CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Delete, Path, SimulatorJson.Default.LimitReading, cancellationToken);
}
