namespace ImovoSim.Tests;

/// The real program, killed with SIGKILL while it issues from sixteen connections.
public sealed class CrashTests(PostgresFixture postgres)
{
    private const int Rounds = 20;
    private const int Connections = 16;

    // The moments are drawn, but each run draws the same.
    private readonly Random _moments = new(20261123);

    [Fact]
    public async Task No_acknowledged_voucher_is_lost_when_the_process_is_killed_with_sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("imovo-crash-");
        var acknowledged = 0;
        var simulator = await SimulatorProcess.Start("--DataFolder", folder.FullName);
        for (var round = 0; round < Rounds; round++)
        {
            var key = $"sim_crash_{round}";
            var codes = await IssueAndKill(simulator, key, simulator.Address);
            await simulator.DisposeAsync();
            simulator = await SimulatorProcess.Start("--DataFolder", folder.FullName);
            await CancelAll(codes, key, simulator.Address);
            acknowledged += codes.Length;
        }

        Assert.Equal(0, await simulator.Stop());
        await simulator.DisposeAsync();
        folder.Delete(true);
        Report(acknowledged);
    }

    [Fact]
    public async Task No_acknowledged_voucher_is_lost_when_either_replica_is_killed_with_postgres()
    {
        LocalPostgres.Required();
        var database = await (await postgres.Server).NewDatabase();
        string[] arguments = ["--Store", database];
        var replicas = await Task.WhenAll(SimulatorProcess.Start(arguments), SimulatorProcess.Start(arguments));
        var acknowledged = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var key = $"sim_crash_{round}";
            var codes = await IssueAndKill(replicas[round % 2], key, [.. replicas.Select(replica => replica.Address)]);
            await replicas[round % 2].DisposeAsync();
            replicas[round % 2] = await SimulatorProcess.Start(arguments);
            await CancelAll(codes, key, [.. replicas.Select(replica => replica.Address)]);
            acknowledged += codes.Length;
        }

        foreach (var replica in replicas)
            Assert.Equal(0, await replica.Stop());
        Report(acknowledged);
    }

    private async Task<string[]> IssueAndKill(SimulatorProcess victim, string key, params Uri[] addresses)
    {
        using var callers = new Callers(key, addresses);
        var enough = _moments.Next(20, 400);
        var issuing = callers.Issue(Connections, 1_000);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (callers.Acknowledged.Count < enough)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
        await victim.Kill();
        await issuing;
        return [.. callers.Acknowledged];
    }

    private static async Task CancelAll(string[] codes, string key, params Uri[] addresses)
    {
        using var callers = new Callers(key, addresses);
        foreach (var code in codes)
            callers.Acknowledged.Add(code);
        Assert.Empty(await callers.CancelAll());
    }

    private static void Report(int acknowledged)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged} acknowledged vouchers in {Rounds} rounds, none missing");
        Assert.True(acknowledged > Rounds * 20, $"only {acknowledged} vouchers were acknowledged, too few to prove anything");
    }
}
