using ImovoSim.Storage;
using Npgsql;

namespace ImovoSim.Tests;

/// How the server finds rows in a new database, of which it knows nothing yet: what it plans then it goes by until it has
/// looked at the tables, which can be a minute later.
public sealed class PostgresPlanTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(PostgresRows.UpdateCounters, 7, @"id = \$1")]
    [InlineData(PostgresMessages.TrimMessages, 4, @"\(client = \$1\) AND \(id > \$3\) AND \(id <= \$4\)")]
    [InlineData(PostgresJournal.Trim, 2, @"\(client = \$1\) AND \(id <= \$0\)")]
    public async Task A_statement_of_every_batch_finds_its_rows_by_their_key(string statement, int parameters, string condition)
    {
        LocalPostgres.Required();
        await using var connections = PostgresServer.Connections(await (await postgres.Server).NewDatabase());
        await PostgresServer.Start(connections.Shared, TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        var plan = await Plan(connections, statement, parameters);
        Assert.Matches($"Index Cond: .*{condition}", plan);
        Assert.DoesNotMatch("Seq Scan|Bitmap|Sort", plan);
    }

    private static async Task<string> Plan(PostgresConnections connections, string statement, int parameters)
    {
        await using var connection = await connections.Shared.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var prepare = new NpgsqlCommand($"PREPARE asked AS {statement}", connection);
        await prepare.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE asked({string.Join(", ", Enumerable.Repeat("NULL", parameters))})", connection);
        await using var row = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await row.ReadAsync(TestContext.Current.CancellationToken))
            lines.Add(row.GetString(0));
        return string.Join('\n', lines);
    }
}
