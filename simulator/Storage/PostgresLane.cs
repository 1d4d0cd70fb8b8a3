using ImovoSim.Clients;
using ImovoSim.Vouchers;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The changes that wait for one client. While a batch is under way, those that come go into the next.</summary>
internal sealed class PostgresLane(long client, NpgsqlDataSource source, TimeProvider time)
{
    private const int MostPerBatch = 256;
    private const int TriesToLearn = 40;
    private readonly Lock _lock = new();
    private readonly Queue<(Change Change, TaskCompletionSource<Outcome?> Answer)> _waiting = new();
    private bool _running;

    public Task<Outcome?> Decide(Change change)
    {
        var answer = new TaskCompletionSource<Outcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((change, answer));
            if (_running)
                return answer.Task;
            _running = true;
        }

        _ = Task.Run(RunUntilNoneWaits);
        return answer.Task;
    }

    private async Task RunUntilNoneWaits()
    {
        while (true)
        {
            List<(Change Change, TaskCompletionSource<Outcome?> Answer)> batch = [];
            lock (_lock)
            {
                while (batch.Count < MostPerBatch && _waiting.TryDequeue(out var next))
                    batch.Add(next);
                _running = batch.Count > 0;
                if (!_running)
                    return;
            }

            await Answer(batch);
        }
    }

    private async Task Answer(List<(Change Change, TaskCompletionSource<Outcome?> Answer)> batch)
    {
        try
        {
            var outcomes = await Commit([.. batch.Select(waiting => waiting.Change)]);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.SetResult(outcomes?[i]);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            foreach (var (_, answer) in batch)
                answer.SetException(new StoreException($"PostgreSQL: {e.Message}", e));
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One of them is at fault, and the others only shared its batch.
            foreach (var waiting in batch)
                await Answer([waiting]);
        }
        catch (Exception e)
        {
            batch[0].Answer.SetException(e);
        }
    }

    private async Task<Outcome[]?> Commit(Change[] changes)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (state, number) = await Lock(connection);
        if (state is null)
            return null;
        var seen = await Load(connection, state, changes);
        var (outcomes, after) = seen.Decide(state, changes);
        if (ReferenceEquals(after, state) && !seen.HasChanges)
            return outcomes;
        try
        {
            await using var write = new NpgsqlBatch(connection, transaction);
            write.BatchCommands.Add(PostgresRows.Command(PostgresRows.UpdateClient, PostgresRows.Of(after)));
            foreach (var command in PostgresRows.Insert(client, seen.Issued).Concat(PostgresRows.Update(client, seen.Updated)))
                write.BatchCommands.Add(command);
            write.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await write.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is not PostgresException { SqlState: not ['5', '7', ..] } && e is NpgsqlException or TimeoutException or IOException)
        {
            // The connection broke while the commit was under way: the server knows what became of it.
            if (!await WasCommitted(number))
                throw;
        }

        return outcomes;
    }

    private async Task<(Client? State, string Transaction)> Lock(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT {PostgresRows.ClientColumns}, pg_current_xact_id()::text FROM client WHERE id = $1 FOR UPDATE", connection)
        {
            Parameters = { PostgresRows.Value(client) },
        };
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? (PostgresRows.ReadClient(row), row.GetString(12)) : (null, "");
    }

    private async Task<BatchState> Load(NpgsqlConnection connection, Client state, Change[] changes)
    {
        var seen = new BatchState();
        var serials = changes.Select(change => change.NeedsVoucher(state)).Where(serial => serial > 0).Distinct().ToArray();
        var references = changes.Select(change => change.NeedsReference(state)).OfType<(string Campaign, string Reference)>().Distinct().ToArray();
        if (serials.Length + references.Length == 0)
            return seen;
        await using var command = new NpgsqlCommand(
            "SELECT * FROM voucher WHERE client = $1 AND (serial = ANY($2) OR serial IN " +
            "(SELECT serial FROM reference JOIN unnest($3, $4) AS asked (campaign, reference) USING (campaign, reference) WHERE client = $1))", connection)
        {
            Parameters =
            {
                PostgresRows.Value(client), PostgresRows.Value(serials), PostgresRows.Value(references.Select(key => key.Campaign).ToArray()),
                PostgresRows.Value(references.Select(key => key.Reference).ToArray()),
            },
        };
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            seen.Add(PostgresRows.ReadVoucher(row));
        return seen;
    }

    private async Task<bool> WasCommitted(string transaction)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                await using var command = new NpgsqlCommand("SELECT pg_xact_status($1::text::xid8)", connection) { Parameters = { PostgresRows.Value(transaction) } };
                var status = await command.ExecuteScalarAsync() as string;
                if (status != "in progress")
                    return status == "committed";
            }
            catch (Exception e) when ((e is NpgsqlException or TimeoutException or IOException) && attempt < TriesToLearn)
            {
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), time);
        }
    }

    /// <summary>The vouchers that a batch has loaded, made and changed; each change sees what those before it did.</summary>
    private sealed class BatchState
    {
        private readonly Dictionary<long, Voucher> _vouchers = [];
        private readonly Dictionary<long, Voucher> _issued = [];
        private readonly Dictionary<long, Voucher> _updated = [];

        public bool HasChanges => _issued.Count + _updated.Count > 0;

        public Voucher[] Issued => [.. _issued.Values];

        public Voucher[] Updated => [.. _updated.Values];

        public void Add(Voucher voucher) => _vouchers[voucher.Serial] = voucher;

        public (Outcome[] Outcomes, Client After) Decide(Client client, Change[] changes)
        {
            var outcomes = new Outcome[changes.Length];
            for (var i = 0; i < changes.Length; i++)
            {
                outcomes[i] = changes[i].Decide(client, Find(client, changes[i]));
                client = outcomes[i].Client ?? client;
                if (outcomes[i].Changed)
                    Keep(outcomes[i].Voucher!, outcomes[i].Issued);
            }

            return (outcomes, client);
        }

        private void Keep(Voucher voucher, bool issued)
        {
            _vouchers[voucher.Serial] = voucher;
            if (issued || _issued.ContainsKey(voucher.Serial))
                _issued[voucher.Serial] = voucher;
            else
                _updated[voucher.Serial] = voucher;
        }

        private Found Find(Client client, Change change)
        {
            var found = _vouchers.GetValueOrDefault(change.NeedsVoucher(client));
            return change.NeedsReference(client) is { } key
                ? new Found(found, [.. _vouchers.Values.Where(each => each.PerReference && each.Campaign == key.Campaign && each.CustomerReference == key.Reference)])
                : new Found(found, []);
        }
    }
}
