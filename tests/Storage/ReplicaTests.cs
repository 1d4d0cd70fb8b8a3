namespace ImovoSim.Tests;

/// Two programs on one PostgreSQL, callers spread over both.
public sealed class ReplicaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Two_replicas_spend_a_limit_to_the_penny()
    {
        await using var replicas = await Replicas.Start(postgres, "--Clients:ACME:Key", "acme-key", "--Clients:ACME:WeeklyLimit", "1000.00");
        using var callers = new Callers("acme-key", replicas.Addresses);
        await callers.Issue(32, 400);
        Assert.Equal((100, 300), (callers.Acknowledged.Count, callers.Refused.Count));
        Assert.Equal(100, callers.Acknowledged.Distinct().Count());
        Assert.Equal("Unable to create voucher: the client weekly value limit has been reached", Assert.Single(callers.Refused.Distinct()));
    }

    [Fact]
    public async Task Of_fifty_cancels_at_two_replicas_one_succeeds()
    {
        await using var replicas = await Replicas.Start(postgres);
        using var callers = new Callers("sim_fifty", replicas.Addresses);
        await callers.Issue(1, 1);
        var code = Assert.Single(callers.Acknowledged);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => callers.Send(number, $"Voucher/CancelVoucher?voucherCode={code}")));
        Assert.Equal(1, answers.Count(answer => answer!.Value.GetProperty("successfulRequest").GetBoolean()));
    }

    [Fact]
    public async Task A_sandbox_made_at_one_replica_is_there_at_the_other()
    {
        await using var replicas = await Replicas.Start(postgres);
        using var first = new Callers("sim_both_sides", replicas.Addresses[0]);
        using var second = new Callers("sim_both_sides", replicas.Addresses[1]);
        await Task.WhenAll(first.Issue(8, 100), second.Issue(8, 100));
        Assert.Equal(200, first.Acknowledged.Concat(second.Acknowledged).Distinct().Count());
        var codes = first.Acknowledged.ToArray();
        foreach (var code in codes)
            second.Acknowledged.Add(code);
        Assert.Empty(await second.CancelAll());
    }

    private sealed class Replicas(SimulatorProcess[] processes) : IAsyncDisposable
    {
        public Uri[] Addresses => [.. processes.Select(process => process.Address)];

        public static async Task<Replicas> Start(PostgresFixture postgres, params string[] arguments)
        {
            LocalPostgres.Required();
            string[] all = ["--Store", await (await postgres.Server).NewDatabase(), .. arguments];
            // Together, so that the schema's turn-taking is tried too.
            return new Replicas(await Task.WhenAll(SimulatorProcess.Start(all), SimulatorProcess.Start(all)));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }
}
