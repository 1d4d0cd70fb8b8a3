using System.Net;
using Npgsql;

namespace ImovoSim.Tests;

/// What the program does while PostgreSQL is away: a server of the test's own, stopped as in a crash and started again.
public sealed class PostgresFailureTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_lost_in_the_middle_costs_nothing_acknowledged_and_no_restart()
    {
        Need.Have("postgres", LocalPostgres.IsOurs, "needs a PostgreSQL server that the test may stop");
        await using var server = await LocalPostgres.Start();
        var database = await server.NewDatabase();
        await using var simulator = await SimulatorProcess.Start("--Store", database);
        using var callers = new Callers("sim_lost", simulator.Address);
        for (var round = 0; round < 3; round++)
        {
            var issuing = callers.Issue(16, 4_000);
            var before = callers.Acknowledged.Count;
            while (callers.Acknowledged.Count < before + 100)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancelled);
            await server.StopAtOnce();
            await AssertUnavailable(simulator);
            await server.StartAgain();
            await issuing;
            await UntilReady(simulator);
        }

        Assert.All(callers.Refused, said => Assert.Equal("The simulator's store does not answer", said));
        Assert.Empty(await callers.CancelAll());
        // What was refused while the outcome of its commit was asked for is not kept either: every voucher was acknowledged.
        Assert.Equal(3 + callers.Acknowledged.Count, await Count(database));
    }

    [Fact]
    public async Task A_server_that_is_away_costs_a_503_at_once()
    {
        Need.Have("postgres", LocalPostgres.IsOurs, "needs a PostgreSQL server that the test may stop");
        await using var server = await LocalPostgres.Start();
        await using var simulator = await SimulatorProcess.Start("--Store", await server.NewDatabase());
        using var callers = new Callers("sim_away", simulator.Address);
        await callers.Issue(1, 2);
        await server.StopAtOnce();
        await callers.Issue(1, 2).WaitAsync(TimeSpan.FromSeconds(8), Cancelled);
        await server.StartAgain();
        Assert.Equal((2, 2), (callers.Acknowledged.Count, callers.Refused.Count));
        Assert.Equal("The simulator's store does not answer", Assert.Single(callers.Refused.Distinct()));
        Assert.Contains(simulator.Output, line => line.Contains("PostgreSQL:", StringComparison.Ordinal));
        await callers.Issue(1, 2);
        Assert.Equal((4, 2), (callers.Acknowledged.Count, callers.Refused.Count));
    }

    [Fact]
    public async Task A_start_waits_for_the_server()
    {
        Need.Have("postgres", LocalPostgres.IsOurs, "needs a PostgreSQL server that the test may stop");
        await using var server = await LocalPostgres.Start();
        var database = await server.NewDatabase();
        await server.StopAtOnce();
        var starting = SimulatorProcess.Start("--Store", database, "--StoreWait", "PT60S");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancelled);
        Assert.False(starting.IsCompleted);
        await server.StartAgain();
        await using var simulator = await starting;
        await UntilReady(simulator);
    }

    [Fact]
    public async Task A_server_that_never_comes_stops_the_start_with_a_sentence_without_the_password()
    {
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd(
            "--Store", "postgres://someone:s3cret@127.0.0.1:1/imovo", "--StoreWait", "PT1S", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, exitCode);
        Assert.Contains("PostgreSQL does not answer, and StoreWait (1 s) is over", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_database_of_a_later_version_or_none_stops_the_start_with_a_sentence()
    {
        LocalPostgres.Required();
        await using var server = await LocalPostgres.Start();
        var database = await server.NewDatabase();
        await using (var simulator = await SimulatorProcess.Start("--Store", database))
            Assert.Equal(0, await simulator.Stop());
        await Execute(database, "INSERT INTO schema_version VALUES (99)");
        await AssertStopped(database, "has schema 99");
        await AssertStopped(new NpgsqlConnectionStringBuilder(database) { Database = "nowhere" }.ToString(), "\"nowhere\" does not exist");
    }

    private static async Task AssertStopped(string store, string why)
    {
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd("--Store", store, "--StoreWait", "PT1S", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, exitCode);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task AssertUnavailable(SimulatorProcess simulator)
    {
        using var http = new HttpClient { BaseAddress = simulator.Address };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/readyz", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz", Cancelled)).StatusCode);
    }

    private static async Task UntilReady(SimulatorProcess simulator)
    {
        using var http = new HttpClient { BaseAddress = simulator.Address };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await http.GetAsync("/readyz", patience.Token)).StatusCode != HttpStatusCode.OK)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }

    private static async Task<long> Count(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM voucher JOIN client ON client.id = voucher.client WHERE client.is_sandbox", connection);
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private static async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancelled);
    }
}
