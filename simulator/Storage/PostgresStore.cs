using System.Collections.Concurrent;
using System.Data;
using ImovoSim.Clients;
using ImovoSim.Journal;
using ImovoSim.Vouchers;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>
/// State in PostgreSQL, for any number of replicas. The changes that wait for one client are decided one after the other
/// and written in one batch, by a version of its row that no two can have; those of different clients do not wait for each other.
/// </summary>
internal sealed partial class PostgresStore(PostgresConnections connections, TimeProvider time, int messagesAtMost = 1000) : IStore
{
    // Any number will do, as long as every replica takes the same.
    private const long NewcomerLock = 0x696D6F7650;
    private readonly ConcurrentDictionary<KeyHash, Client> _byKey = new();
    private readonly ConcurrentDictionary<long, PostgresLane> _lanes = new();
    private readonly PostgresWriters _writers = new(connections, time);

    public async ValueTask Ready(CancellationToken cancel) => await GuardedTwice(async connection =>
    {
        await using var command = new NpgsqlCommand("UPDATE ready SET at = at + 1", connection);
        return await command.ExecuteNonQueryAsync(cancel);
    }, cancel);

    public async ValueTask<Client?> FindClient(KeyHash key, CancellationToken cancel)
    {
        // Whose key it is does not change while the client lives, and that it lives, its row says when a change locks it.
        if (_byKey.TryGetValue(key, out var known))
            return known;
        var found = await GuardedTwice(connection => Find(connection, key, cancel), cancel);
        return found is null ? null : _byKey[key] = found;
    }

    public async ValueTask<IReadOnlyList<Client>> Clients(CancellationToken cancel) =>
        await Read($"SELECT {PostgresRows.ClientColumns} FROM client ORDER BY id", PostgresRows.ReadClient, cancel);

    public async ValueTask<Client?> AddClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int sandboxesAtMost, CancellationToken cancel) =>
        await GuardedTwice(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (newcomer.IsSandbox && await SandboxesCounted(connection, cancel) >= sandboxesAtMost)
                return await Find(connection, newcomer.Key, cancel);
            await using var insert = new NpgsqlBatch(connection) { BatchCommands = { PostgresRows.Command(PostgresRows.InsertClient, PostgresRows.Of(newcomer).AsSpan(1)) } };
            if (await insert.ExecuteScalarAsync(cancel) is not long id)
                return await Find(connection, newcomer.Key, cancel);
            await Run(connection, PostgresRows.Insert(id, [], vouchers), cancel);
            await transaction.CommitAsync(cancel);
            return newcomer with { Id = id };
        }, cancel);

    public async ValueTask<Outcome?> Change(long client, Change change)
    {
        var lane = _lanes.GetOrAdd(client, id => new PostgresLane(id, connections, _writers, time, messagesAtMost));
        var outcome = await lane.Decide(change);
        if (outcome is null || ReferenceEquals(outcome, Outcome.Gone))
        {
            _lanes.TryRemove(client, out _);
            foreach (var (key, _) in _byKey.Where(entry => entry.Value.Id == client))
                _byKey.TryRemove(key, out _);
        }

        return ReferenceEquals(outcome, Outcome.Gone) ? null : outcome;
    }

    public async ValueTask<Voucher?> FindVoucher(long client, long serial, CancellationToken cancel) => await GuardedTwice(async connection =>
    {
        await using var command = new NpgsqlCommand("SELECT * FROM voucher WHERE client = $1 AND serial = $2", connection)
        {
            Parameters = { PostgresRows.Value(client), PostgresRows.Value(serial) },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? PostgresRows.ReadVoucher(row) : null;
    }, cancel);

    public async ValueTask<IReadOnlyList<Voucher>> FindVouchers(long client, VoucherQuery query, CancellationToken cancel) =>
        await Read(
            $"SELECT * {PostgresRows.WhereMeant} AND serial > $7 AND serial < $8 ORDER BY serial{(query.NewestFirst ? " DESC" : "")} LIMIT $9", PostgresRows.ReadVoucher, cancel,
            [.. PostgresRows.Meant(client, query), PostgresRows.Value(query.Bounds.Above), PostgresRows.Value(query.Bounds.Below), PostgresRows.Value((long)query.AtMost)]);

    public async ValueTask<long> CountVouchers(long client, VoucherQuery query, CancellationToken cancel) =>
        (await Read($"SELECT count(*) {PostgresRows.WhereMeant}", row => row.GetInt64(0), cancel, PostgresRows.Meant(client, query)))[0];

    public async ValueTask<IReadOnlyList<VoucherEvent>> FindHistory(long client, long serial, CancellationToken cancel) =>
        await Read($"SELECT {PostgresRows.EventColumns} FROM event WHERE client = $1 AND serial = $2 ORDER BY id", row => PostgresRows.ReadEvent(row).Happened, cancel,
            PostgresRows.Value(client), PostgresRows.Value(serial));

    public async ValueTask AppendEntries(long client, IReadOnlyList<JournalEntry> entries, int atMost, CancellationToken cancel)
    {
        await JournalEntry.Write(entries);
        await RunAlone(PostgresJournal.Append(client, entries, atMost), cancel);
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> FindEntries(long client, JournalQuery query, CancellationToken cancel) =>
        await Read(PostgresJournal.Find(query.OldestFirst), PostgresJournal.Read, cancel, [.. PostgresJournal.Values(client, query), PostgresRows.Value((long)query.AtMost)]);

    public async ValueTask<long> CountEntries(long client, JournalQuery query, CancellationToken cancel) =>
        (await Read(PostgresJournal.Count, row => row.GetInt64(0), cancel, PostgresJournal.Values(client, query)))[0];

    public async ValueTask ClearEntries(long client, long upTo, CancellationToken cancel) => await RunAlone(PostgresJournal.Clear(client, upTo), cancel);

    public async ValueTask<bool> ForgetClient(long client, CancellationToken cancel) => await Guarded(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(PostgresRows.Command("DELETE FROM client WHERE id = $1", PostgresRows.Value(client)));
        var found = await batch.ExecuteNonQueryAsync(cancel) > 0;
        await Run(connection, [.. PostgresRows.DeleteVouchers(client), PostgresRows.Command("DELETE FROM journal WHERE client = $1", PostgresRows.Value(client))], cancel);
        await transaction.CommitAsync(cancel);
        return found;
    }, cancel);

    public async ValueTask<int> ForgetSandboxes(DateTimeOffset unusedSince, CancellationToken cancel) => await Guarded(async connection =>
    {
        await using var command = new NpgsqlCommand(
            "WITH idle AS (DELETE FROM client WHERE is_sandbox AND last_used < $1 RETURNING id), " +
            "vouchers AS (DELETE FROM voucher USING idle WHERE voucher.client = idle.id), " +
            "refs AS (DELETE FROM reference USING idle WHERE reference.client = idle.id), " +
            "messages AS (DELETE FROM message USING idle WHERE message.client = idle.id), " +
            "events AS (DELETE FROM event USING idle WHERE event.client = idle.id), " +
            "entries AS (DELETE FROM journal USING idle WHERE journal.client = idle.id) SELECT count(*) FROM idle", connection)
        {
            Parameters = { PostgresRows.Value(unusedSince.UtcTicks) },
        };
        return (int)(long)(await command.ExecuteScalarAsync(cancel))!;
    }, cancel);

    public ValueTask DisposeAsync()
    {
        _writers.Dispose();
        return connections.DisposeAsync();
    }

    // Locked against each other, so that parallel newcomers cannot be more than allowed together.
    private static async Task<long> SandboxesCounted(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT pg_advisory_xact_lock({NewcomerLock}); SELECT count(*) FROM client WHERE is_sandbox", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        await rows.NextResultAsync(cancel);
        await rows.ReadAsync(cancel);
        return rows.GetInt64(0);
    }

    private static async Task<Client?> Find(NpgsqlConnection connection, KeyHash key, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT {PostgresRows.ClientColumns} FROM client WHERE key = $1", connection)
        {
            Parameters = { PostgresRows.Value(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in key)).ToArray()) },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? PostgresRows.ReadClient(row) : null;
    }

    private static async Task Run(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancel);
    }

    private async Task RunAlone(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancel) => await Guarded(async connection =>
    {
        await Run(connection, commands, cancel);
        return true;
    }, cancel);

    private async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params NpgsqlParameter[] parameters) =>
        await GuardedTwice(connection => Read(connection, sql, read, cancel, parameters), cancel);

    private static async Task<List<T>> Read<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(Array.ConvertAll(parameters, parameter => parameter.Clone()));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var all = new List<T>();
        while (await row.ReadAsync(cancel))
            all.Add(read(row));
        return all;
    }

    /// <summary>For what may be done twice: once more where the server has ended the connection since it was last used, as it has all others then.</summary>
    private async Task<T> GuardedTwice<T>(Func<NpgsqlConnection, Task<T>> run, CancellationToken cancel)
    {
        try
        {
            await using var connection = await connections.Shared.OpenConnectionAsync(cancel);
            try
            {
                return await run(connection);
            }
            catch (NpgsqlException) when (connection.State is not ConnectionState.Open)
            {
                connections.Shared.Clear();
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            throw new StoreException($"PostgreSQL: {e.Message}", e);
        }

        return await Guarded(run, cancel);
    }

    private async Task<T> Guarded<T>(Func<NpgsqlConnection, Task<T>> run, CancellationToken cancel)
    {
        try
        {
            await using var connection = await connections.Shared.OpenConnectionAsync(cancel);
            return await run(connection);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            throw new StoreException($"PostgreSQL: {e.Message}", e);
        }
    }
}
