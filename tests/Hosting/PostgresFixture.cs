namespace ImovoSim.Tests;

/// One server for all tests of a project, started by the first that needs it.
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<LocalPostgres>> _server = new(LocalPostgres.Start);

    public Task<LocalPostgres> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
