using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Control;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ImovoSim.Tests;

/// Two doors to one database, each of which remembers a client as it left it.
public sealed class PostgresVersionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rulebook Rules = new(Profile.Default, CampaignFile.BuiltIn());
    private string _database = null!;
    private PostgresConnections _connections = null!;
    private PostgresStore _one = null!, _other = null!;
    private Client _client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        LocalPostgres.Required();
        _database = await (await postgres.Server).NewDatabase();
        _connections = PostgresServer.Connections(_database);
        await PostgresServer.Start(_connections.Shared, TimeSpan.FromSeconds(10), TimeProvider.System, Cancelled);
        (_one, _other) = (new PostgresStore(_connections, TimeProvider.System), new PostgresStore(PostgresServer.Connections(_database), TimeProvider.System));
        _client = (await _one.AddClient(new Client(0, "two doors", ApiKeys.Hash("two doors"), false, 7, CampaignGrant.All, 100_00, default, 0, [], Now), [], 9, Cancelled))!;
        // Each has been at work, so each goes by what it remembers.
        foreach (var store in new[] { _one, _other, _one, _one, _other, _other })
            await Issue(store, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task A_refusal_at_one_door_knows_what_was_issued_at_the_other()
    {
        await Issue(_one, 94);
        Assert.Equal([Reason.WeeklyLimitReached], (await Issue(_other, 1))!.Refused);
        Assert.Equal([Reason.WeeklyLimitReached], (await Issue(_one, 1))!.Refused);
    }

    [Fact]
    public async Task A_refusal_at_one_door_holds_up_no_change_at_the_other()
    {
        await Issue(_one, 94);
        Assert.Equal([Reason.WeeklyLimitReached], (await Issue(_other, 1))!.Refused);
        await _one.Change(_client.Id, new Steer(client => client with { WeeklyLimit = null })).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task A_client_that_is_gone_holds_up_nobody_who_makes_one()
    {
        Assert.True(await _other.ForgetClient(_client.Id, Cancelled));
        Assert.Null(await Issue(_one, 1));
        // Were the transaction still open that found no client, its tables could not be had alone.
        await using var alone = await _connections.Shared.OpenConnectionAsync(Cancelled);
        await using var transaction = await alone.BeginTransactionAsync(Cancelled);
        await using var take = new NpgsqlCommand("LOCK TABLE client IN ACCESS EXCLUSIVE MODE NOWAIT", alone);
        await take.ExecuteNonQueryAsync(Cancelled);
    }

    [Fact]
    public async Task What_was_refused_at_one_door_is_granted_once_the_other_has_raised_the_limit()
    {
        Assert.Equal([Reason.WeeklyLimitReached], (await Issue(_other, 95))!.Refused);
        await _one.Change(_client.Id, new Steer(client => client with { WeeklyLimit = 101_00 }));
        Assert.Empty((await Issue(_other, 95))!.Refused);
        var look = new Look(null, Now);
        await _one.Change(_client.Id, look);
        Assert.Equal((101_00L, 7L), (look.Client.WeeklyLimit, look.Client.LastSerial));
    }

    [Fact]
    public async Task A_voucher_cancelled_at_one_door_is_cancelled_at_the_other()
    {
        var code = (await Issue(_one, 1))!.Voucher!.Code;
        Assert.Empty((await Cancel(_other, code))!.Refused);
        Assert.Equal([Reason.AlreadyCancelledOrRedeemed], (await Cancel(_one, code))!.Refused);
        Assert.Equal([Reason.AlreadyCancelledOrRedeemed], (await Cancel(_other, code))!.Refused);
    }

    [Fact]
    public async Task Cancels_and_vouchers_of_both_doors_at_once_are_each_done_once()
    {
        await _one.Change(_client.Id, new Steer(client => client with { WeeklyLimit = null }));
        var codes = (await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => Issue(Door(i), 1))))).Select(outcome => outcome!.Voucher!.Code).ToList();
        Assert.Equal(60, codes.Distinct().Count());
        var cancelled = await Task.WhenAll(codes.SelectMany(code => new[] { code, code, code }).Select((code, i) => Task.Run(() => Cancel(Door(i), code))));
        Assert.Equal(60, cancelled.Count(outcome => outcome!.Refused.Count == 0));
    }

    [Fact]
    public async Task A_client_forgotten_or_given_another_key_at_one_door_is_so_at_the_other()
    {
        var code = (await Issue(_one, 1))!.Voucher!.Code;
        await _other.Change(_client.Id, new Steer(client => client with { Key = ApiKeys.Hash("another") }));
        Assert.Null(await _one.Change(_client.Id, new Cancel(code, Rules, Now) { By = _client.Key }));
        Assert.True(await _other.ForgetClient(_client.Id, Cancelled));
        Assert.Null(await Issue(_one, 1));
        Assert.Null(await Issue(_other, 1));
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_found_even_where_another_wrote_after_it()
    {
        var version = await Version();
        await Issue(_one, 1);
        var batch = (await Version())[0];
        await Issue(_other, 1);
        Assert.True(await PostgresLostCommit.WasKept(_connections.Shared, _client.Id, batch, Unexpected, TimeProvider.System));
        Assert.DoesNotContain(batch, version);
    }

    [Fact]
    public async Task A_batch_that_was_not_kept_finds_another_version_should_it_still_come()
    {
        await Issue(_one, 1);
        var before = await Version();
        Assert.False(await PostgresLostCommit.WasKept(_connections.Shared, _client.Id, 77, version => [78, .. version], TimeProvider.System));
        Assert.Equal<long[]>([78, .. before], await Version());
        Assert.Equal(0, await Execute(PostgresRows.Update(_client, before, _client with { LastSerial = 99 }, [77, .. before])));
        // Neither door goes by what it remembers.
        Assert.Equal(8, (await Issue(_one, 1))!.Voucher!.Serial);
    }

    [Fact]
    public async Task A_replica_that_writes_forever_keeps_one_entry_in_the_version()
    {
        for (var i = 0; i < 40; i++)
            await Issue(i % 3 == 0 ? _other : _one, 1);
        Assert.Equal(2, (await Version()).Length);
    }

    [Fact]
    public async Task A_server_that_was_started_anew_refuses_nothing_whichever_thread_asks()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, _connections.Writers).Select(async at => (await _one.AddClient(
            _client with { Name = $"busy {at}", Key = ApiKeys.Hash($"busy {at}") }, [], 9, Cancelled))!));
        await AllAtOnce(clients, 1);
        await EndConnections();
        await AllAtOnce(clients, 2);
        await EndConnections();
        // What is read before anything is written, and what is read without a change.
        Assert.NotEmpty((await Cancel(_one, "1234567890"))!.Refused);
        Assert.Null(await _one.FindVoucher(_client.Id, 99, Cancelled));
    }

    [Fact]
    public async Task A_server_that_was_started_anew_refuses_no_reader_and_no_newcomer()
    {
        Func<Task>[] asking =
        [
            async () => await _one.Ready(Cancelled),
            async () => await _one.FindClient(ApiKeys.Hash("nobody"), Cancelled),
            async () => await _one.Clients(Cancelled),
            async () => await _one.CountVouchers(_client.Id, new VoucherQuery(Now), Cancelled),
            async () => Assert.NotNull(await _one.AddClient(_client with { Name = "newcomer", Key = ApiKeys.Hash("newcomer") }, [], 9, Cancelled)),
        ];
        foreach (var ask in asking)
        {
            // As many as there can be, so that each of them is found broken.
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _one.Clients(Cancelled).AsTask()));
            await EndConnections();
            await ask();
        }
    }

    [Fact]
    public async Task A_connection_that_nothing_went_over_for_long_is_not_relied_on()
    {
        var time = new FakeTimeProvider();
        await using var store = new PostgresStore(PostgresServer.Connections(_database), time);
        await Issue(store, 1);
        await EndConnections();
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty((await Issue(store, 1))!.Refused);
    }

    private async Task EndConnections()
    {
        // By one that no store has, so that none of theirs is left.
        await using var source = new NpgsqlSlimDataSourceBuilder(_database).Build();
        await using var ending = source.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await ending.ExecuteNonQueryAsync(Cancelled);
    }

    // Each has a thread that commits for itself, for none goes on before all are there.
    private async Task AllAtOnce(Client[] clients, long limit)
    {
        using var all = new Barrier(clients.Length);
        await Task.WhenAll(clients.Select(client => _one.Change(client.Id, new Steer(state =>
        {
            Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(10), Cancelled));
            return state with { WeeklyLimit = limit };
        })).AsTask()));
    }

    private static long[] Unexpected(long[] version) => throw new InvalidOperationException("it was kept, so there is nothing to fence off");

    private static async Task<Outcome?> Cancel(PostgresStore store, string code, long client) => await store.Change(client, new Cancel(code, Rules, Now));

    private PostgresStore Door(int number) => number % 2 == 0 ? _one : _other;

    private Task<Outcome?> Cancel(PostgresStore store, string code) => Cancel(store, code, _client.Id);

    private async Task<Outcome?> Issue(PostgresStore store, decimal pounds) =>
        await store.Change(_client.Id, new Issue(new IssueRequest(false, "THINK", "07700900000", AskedValue.Of(pounds)), Rules, Now));

    private async Task<long[]> Version()
    {
        await using var command = _connections.Shared.CreateCommand("SELECT version FROM client");
        return (long[])(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private async Task<int> Execute(NpgsqlBatchCommand command)
    {
        await using var batch = _connections.Shared.CreateBatch();
        batch.BatchCommands.Add(command);
        return await batch.ExecuteNonQueryAsync(Cancelled);
    }

    private sealed class Steer(Func<Client, Client> change) : Change(Now)
    {
        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new([], Client: change(client));
    }
}
