using Npgsql;

namespace ImovoSim.Storage;

/// <summary>Learns from the client's row what became of a batch whose connection broke before the server had answered.</summary>
internal static class PostgresLostCommit
{
    private const int TriesToLearn = 120;

    /// <summary>Where it answers false, the batch is not kept and never will be.</summary>
    public static async Task<bool> WasKept(NpgsqlDataSource source, long client, long batch, Func<long[], long[]> next, TimeProvider time)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await LookAndFence(source, client, batch, next);
            }
            catch (Exception e) when ((e is NpgsqlException or TimeoutException or IOException) && attempt < TriesToLearn)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), time);
            }
        }
    }

    // The lock waits for what the server still does of the batch; what has not even come to the server finds another version when it comes.
    private static async Task<bool> LookAndFence(NpgsqlDataSource source, long client, long batch, Func<long[], long[]> next)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var look = new NpgsqlCommand("SELECT version FROM client WHERE id = $1 FOR UPDATE", connection) { Parameters = { PostgresRows.Value(client) } };
        if (await look.ExecuteScalarAsync() is not long[] version)
            return false;
        if (version.Contains(batch))
            return true;
        await using var fence = new NpgsqlCommand("UPDATE client SET version = $2 WHERE id = $1", connection)
        {
            Parameters = { PostgresRows.Value(client), PostgresRows.Value(next(version)) },
        };
        await fence.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return false;
    }
}
