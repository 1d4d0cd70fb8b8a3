using Npgsql;

namespace ImovoSim.Storage;

/// <summary>Learns from the client's row what became of a batch whose connection broke before the server had answered.</summary>
internal static class PostgresLostCommit
{
    // As long as a command has: whoever called waits for it, and so do those behind him.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where it answers false, the batch is not kept and never will be.</summary>
    /// <exception cref="OperationCanceledException">The server did not say within some seconds.</exception>
    public static async Task<bool> WasKept(NpgsqlDataSource source, long client, long batch, Func<long[], long[]> next, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        while (true)
        {
            try
            {
                return await LookAndFence(source, client, batch, next, patience.Token);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), time, patience.Token);
            }
        }
    }

    // While the server still does something of the batch there is no lock to be had, and no connection is kept waiting for it:
    // those are few. What has not even come to the server finds another version when it comes.
    private static async Task<bool> LookAndFence(NpgsqlDataSource source, long client, long batch, Func<long[], long[]> next, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var look = new NpgsqlCommand("SELECT version FROM client WHERE id = $1 FOR UPDATE NOWAIT", connection) { Parameters = { PostgresRows.Value(client) } };
        if (await look.ExecuteScalarAsync(cancel) is not long[] version)
            return false;
        if (version.Contains(batch))
            return true;
        await using var fence = new NpgsqlCommand("UPDATE client SET version = $2 WHERE id = $1", connection)
        {
            Parameters = { PostgresRows.Value(client), PostgresRows.Value(next(version)) },
        };
        await fence.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return false;
    }
}
