using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Campaigns;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ImovoSim.Tests;

/// Databases that the first schema wrote, opened by this version.
public sealed class UpgradeTests(PostgresFixture postgres)
{
    private static string Client(string key, string sandbox, string totals) => $"INSERT INTO client (name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, last_serial, day_totals, last_used) VALUES ('old', {key}, {sandbox}, 7, '*', 10000, 0, 1, {totals}, 0)";

    private static string Voucher(string id, string no) => $"INSERT INTO voucher VALUES ({id}, '2999999999', 'THINK', 2000, 1, 2, '07700900000', NULL, NULL, NULL, NULL, 'TY', 1, {no}, {no}, 0)";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_sqlite_file_of_the_first_schema_keeps_what_it_has()
    {
        var folder = Directory.CreateTempSubdirectory("imovo-upgrade-").FullName;
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, SqliteFile.Name)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Schema.Of("sqlite")[0] + "; PRAGMA user_version = 1;"
                + Client($"x'{KeyHex}'", "1", "x''") + ";" + Voucher($"{(1L << 36) + 1}", "0");
            command.ExecuteNonQuery();
        }

        await using (var store = new SqliteStore(folder))
            await AssertKept(store);
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_postgres_database_of_the_first_schema_keeps_what_it_has()
    {
        LocalPostgres.Required();
        var database = await (await postgres.Server).NewDatabase();
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(
                Schema.Of("postgres")[0] + "; CREATE TABLE schema_version (version integer NOT NULL); INSERT INTO schema_version VALUES (1);"
                + Client($"'\\x{KeyHex}'", "true", "''") + ";" + Voucher("1, 1", "false"), connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var connections = PostgresServer.Connections(database);
        await PostgresServer.Start(connections.Shared, TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        await using var store = new PostgresStore(connections, TimeProvider.System);
        await AssertKept(store);
    }

    private static string KeyHex
    {
        get
        {
            var key = ApiKeys.Hash("old-key");
            return Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in key)));
        }
    }

    private static async Task AssertKept(IStore store)
    {
        var client = (await store.FindClient(ApiKeys.Hash("old-key"), TestContext.Current.CancellationToken))!;
        Assert.Equal(("old", 100_00L, 100_00L, null), (client.Name, client.WeeklyLimit, client.FirstLimit, client.Steering));
        Assert.Equal("2999999999", Assert.Single(await store.FindVouchers(client.Id, new VoucherQuery(Now, Standing.Expired), TestContext.Current.CancellationToken)).Code);
        Assert.Empty(await store.FindHistory(client.Id, 1, TestContext.Current.CancellationToken));
        var rules = new Rulebook(Profile.Default, CampaignFile.BuiltIn());
        var issued = await store.Change(client.Id, new Issue(new IssueRequest(false, "THINK", "07700900000", AskedValue.Of(10)), rules, Now));
        Assert.Equal(2, issued!.Voucher!.Serial);
    }
}
