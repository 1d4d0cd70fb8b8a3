using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The ways to the server: some that all share, and one for each thread that commits.</summary>
/// <param name="Shared">Makes connections for those who read, and for the journal.</param>
/// <param name="Own">Makes connections that nobody else uses. A pool hands them out in turn, and behind each is a process of the server that has to find everything anew.</param>
/// <param name="Writers">How many threads commit.</param>
internal sealed record PostgresConnections(NpgsqlDataSource Shared, NpgsqlDataSource Own, int Writers) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Shared.DisposeAsync();
        await Own.DisposeAsync();
    }
}
