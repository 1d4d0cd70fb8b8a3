using System.Net;
using System.Net.Sockets;
using ImovoSim.Clients;
using ImovoSim.Storage;
using Npgsql;

namespace ImovoSim.Tests;

/// A server that is there and does not answer, or not about what was asked.
public sealed class PostgresSilenceTests(PostgresFixture postgres)
{
    private static readonly Client Newcomer = new(0, "first", ApiKeys.Hash("first"), false, 7, CampaignGrant.All, null, default, 0, [], DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_is_given_up_and_a_stop_waits_for_it_no_longer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var store = new PostgresStore(PostgresServer.Connections($"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=someone;Database=some;Timeout=1"), TimeProvider.System);
        await Assert.ThrowsAsync<StoreException>(() => store.Change(1, new Limit(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
        // One more is on its way when it stops.
        var last = store.Change(1, new Limit(1)).AsTask();
        await store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        await Assert.ThrowsAsync<StoreException>(() => last.WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
    }

    [Fact]
    public async Task What_became_of_a_change_that_nobody_can_tell_is_waited_for_some_seconds_and_nobody_else_waits()
    {
        LocalPostgres.Required();
        var database = await (await postgres.Server).NewDatabase();
        await using var connections = PostgresServer.Connections($"{database};Command Timeout=1;Maximum Pool Size=4");
        await PostgresServer.Start(connections.Shared, TimeSpan.FromSeconds(10), TimeProvider.System, Cancelled);
        await using var store = new PostgresStore(connections, TimeProvider.System);
        var clients = new List<Client>();
        for (var at = 0; at < 5; at++)
        {
            clients.Add((await store.AddClient(Newcomer with { Name = $"client {at}", Key = ApiKeys.Hash($"client {at}") }, [], 9, Cancelled))!);
            await store.Change(clients[at].Id, new Limit(1));
        }

        await using var source = new NpgsqlSlimDataSourceBuilder(database).Build();
        await using (var connection = await source.OpenConnectionAsync(Cancelled))
        await using (var transaction = await connection.BeginTransactionAsync(Cancelled))
        {
            await using var locked = new NpgsqlCommand($"SELECT FROM client WHERE id <> {clients[4].Id} FOR UPDATE", connection);
            await locked.ExecuteNonQueryAsync(Cancelled);
            var changes = clients.Take(4).Select(client => store.Change(client.Id, new Limit(2)).AsTask()).ToArray();
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancelled);
            await store.Ready(Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(2), Cancelled);
            await store.Change(clients[4].Id, new Limit(2)).AsTask().WaitAsync(TimeSpan.FromSeconds(4), Cancelled);
            foreach (var change in changes)
                await Assert.ThrowsAsync<InDoubtException>(() => change.WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
        }

        foreach (var client in clients)
            Assert.NotNull(await store.Change(client.Id, new Limit(3)));
    }

    private sealed class Limit(long pence) : Change(DateTimeOffset.UnixEpoch)
    {
        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new([], Client: client with { WeeklyLimit = pence });
    }
}
