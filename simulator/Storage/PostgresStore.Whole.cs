using System.Data;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Vouchers;
using Npgsql;

namespace ImovoSim.Storage;

/// What concerns all clients, or all of one.
internal sealed partial class PostgresStore
{
    public async ValueTask<Client?> MakeClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int atMost, CancellationToken cancel) => await Guarded(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Locked against each other: of two that see no such name, both would make one.
        await using var names = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({NewcomerLock})", connection);
        await names.ExecuteNonQueryAsync(cancel);
        await using var insert = new NpgsqlBatch(connection);
        insert.BatchCommands.Add(PostgresRows.Command(
            "SELECT 1 WHERE EXISTS (SELECT FROM client WHERE lower(name) = lower($1)) OR (SELECT count(*) FROM client WHERE NOT is_sandbox) >= $2",
            PostgresRows.Value(newcomer.Name), PostgresRows.Value((long)atMost)));
        if (await insert.ExecuteScalarAsync(cancel) is not null)
            return null;
        insert.BatchCommands.Clear();
        insert.BatchCommands.Add(PostgresRows.Command(PostgresRows.InsertClient, PostgresRows.Of(newcomer).AsSpan(1)));
        if (await insert.ExecuteScalarAsync(cancel) is not long id)
            return null;
        await Run(connection, PostgresRows.Insert(id, [], vouchers), cancel);
        await transaction.CommitAsync(cancel);
        return newcomer with { Id = id };
    }, cancel);

    public async ValueTask<string?> FindSetting(string name, CancellationToken cancel) =>
        (await Read("SELECT json FROM setting WHERE name = $1", row => row.GetString(0), cancel, PostgresRows.Value(name))).FirstOrDefault();

    public async ValueTask PutSetting(string name, string? json, CancellationToken cancel) => await Guarded(async connection =>
    {
        await Run(connection, [json is null
            ? PostgresRows.Command("DELETE FROM setting WHERE name = $1", PostgresRows.Value(name))
            : PostgresRows.Command("INSERT INTO setting VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET json = $2", PostgresRows.Value(name), PostgresRows.Value(json))], cancel);
        return true;
    }, cancel);

    public async ValueTask<bool> SwapSetting(string name, string? before, string json, CancellationToken cancel) => await Guarded(async connection =>
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(before is null
            ? PostgresRows.Command("INSERT INTO setting VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", PostgresRows.Value(name), PostgresRows.Value(json))
            : PostgresRows.Command("UPDATE setting SET json = $2 WHERE name = $1 AND json = $3", PostgresRows.Value(name), PostgresRows.Value(json), PostgresRows.Value(before)));
        return await batch.ExecuteNonQueryAsync(cancel) > 0;
    }, cancel);

    public async ValueTask<Snapshot?> Snapshot(long client, CancellationToken cancel)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await connections.Shared.OpenConnectionAsync(cancel);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            await using var find = new NpgsqlCommand($"SELECT {PostgresRows.ClientColumns} FROM client WHERE id = $1", connection) { Parameters = { PostgresRows.Value(client) } };
            await using var row = await find.ExecuteReaderAsync(cancel);
            if (await row.ReadAsync(cancel))
                return new PostgresSnapshot(PostgresRows.ReadClient(row), connection, transaction);
        }
        catch (Exception e)
        {
            await (connection?.DisposeAsync() ?? default);
            if (e is NpgsqlException or TimeoutException or IOException)
                throw new StoreException($"PostgreSQL: {e.Message}", e);
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    private sealed class PostgresSnapshot(Client client, NpgsqlConnection connection, NpgsqlTransaction transaction) : Snapshot(client)
    {
        public override async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }

        protected override async ValueTask<IReadOnlyList<(Voucher Voucher, IReadOnlyList<VoucherEvent> History)>> Page(long after, int size, CancellationToken cancel)
        {
            var vouchers = await All("SELECT * FROM voucher WHERE client = $1 AND serial > $2 AND serial <= $3 ORDER BY serial", PostgresRows.ReadVoucher, after, size, cancel);
            var events = await All(
                $"SELECT {PostgresRows.EventColumns} FROM event WHERE client = $1 AND serial > $2 AND serial <= $3 ORDER BY serial, id", PostgresRows.ReadEvent, after, size, cancel);
            return Join(vouchers, events);
        }

        public override async ValueTask<IReadOnlyList<Message>> Messages(CancellationToken cancel) => await Read(
            connection, PostgresMessages.Find(oldestFirst: true), PostgresMessages.Read, cancel,
            [.. PostgresMessages.Values(Client.Id, new MessageQuery(default)), PostgresRows.Value(long.MaxValue)]);

        private Task<List<T>> All<T>(string sql, Func<NpgsqlDataReader, T> read, long after, int size, CancellationToken cancel) =>
            Read(connection, sql, read, cancel, PostgresRows.Value(Client.Id), PostgresRows.Value(after), PostgresRows.Value(after + size));
    }
}
