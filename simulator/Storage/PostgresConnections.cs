using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The ways to the server: some that all share, and one for each thread that commits.</summary>
/// <param name="shared">Makes connections for those who read, and for the journal.</param>
/// <param name="own">Makes connections that nobody else uses. A pool hands them out in turn, and behind each is a process of the server that has to find everything anew.</param>
/// <param name="writers">How many threads commit.</param>
internal sealed class PostgresConnections(NpgsqlDataSource shared, NpgsqlDataSource own, int writers) : IAsyncDisposable
{
    public NpgsqlDataSource Shared => shared;

    public int Writers => writers;

    public NpgsqlConnection OpenOwn() => own.OpenConnection();

    /// <summary>Other idle connections are likely to be as broken.</summary>
    public void OneBroke() => shared.Clear();

    public async ValueTask DisposeAsync()
    {
        await shared.DisposeAsync();
        await own.DisposeAsync();
    }
}
