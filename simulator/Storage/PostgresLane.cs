using ImovoSim.Clients;
using ImovoSim.Vouchers;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The changes that wait for one client. While a batch is under way, those that come go into the next.</summary>
internal sealed class PostgresLane(long client, NpgsqlDataSource source, TimeProvider time)
{
    private const int MostPerBatch = 256;
    private const int TriesToLearn = 120;
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
        // What is left open here the pool rolls back; a transaction object would ask the server once more to see it closed.
        var (state, number) = await BeginAndLock(connection);
        if (state is null)
            return null;
        var seen = await Load(connection, state, changes);
        var (outcomes, after) = seen.Decide(state, changes);
        if (ReferenceEquals(after, state) && !seen.HasChanges)
            return outcomes;
        try
        {
            await using var write = new NpgsqlBatch(connection);
            write.BatchCommands.Add(PostgresRows.Command(PostgresRows.UpdateClient, PostgresRows.Of(after)));
            foreach (var command in seen.Writes(client))
                write.BatchCommands.Add(command);
            write.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await write.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is not PostgresException { SqlState: not ['5', '7', ..] } && e is NpgsqlException or TimeoutException or IOException)
        {
            // The connection broke while the commit was under way: the server knows what became of it.
            if (!await WasCommitted(number, outcomes.FirstOrDefault(outcome => outcome is { Issued: true, Changed: true })?.Voucher))
                throw;
        }

        return outcomes;
    }

    private async Task<(Client? State, string Transaction)> BeginAndLock(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                PostgresRows.Command(
                    $"SELECT {PostgresRows.ClientColumns}, pg_current_xact_id()::text FROM client WHERE id = $1 FOR UPDATE", PostgresRows.Value(client)),
            },
        };
        await using var row = await batch.ExecuteReaderAsync();
        return await row.ReadAsync() ? (PostgresRows.ReadClient(row), row.GetString(14)) : (null, "");
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
        await row.CloseAsync();
        await LoadHistories(connection, seen, [.. changes.Where(change => change.NeedsHistory).Select(change => change.NeedsVoucher(state)).Distinct()]);
        return seen;
    }

    private async Task LoadHistories(NpgsqlConnection connection, BatchState seen, long[] serials)
    {
        if (serials.Length == 0)
            return;
        await using var command = new NpgsqlCommand(
            $"SELECT {PostgresRows.EventColumns} FROM event WHERE client = $1 AND serial = ANY($2) ORDER BY id", connection)
        {
            Parameters = { PostgresRows.Value(client), PostgresRows.Value(serials) },
        };
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            seen.Add(PostgresRows.ReadEvent(row));
    }

    // Under the client's lock, which whatever is left of the broken connection's transaction holds until it ends.
    private async Task<bool> Exists(NpgsqlConnection connection, Voucher issued)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var wait = new NpgsqlCommand("SELECT 1 FROM client WHERE id = $1 FOR UPDATE", connection) { Parameters = { PostgresRows.Value(client) } };
        await wait.ExecuteNonQueryAsync();
        await using var look = new NpgsqlCommand("SELECT 1 FROM voucher WHERE client = $1 AND serial = $2 AND issued_at = $3 AND reference = $4", connection)
        {
            Parameters =
            {
                PostgresRows.Value(client), PostgresRows.Value(issued.Serial), PostgresRows.Value(issued.IssuedAt.UtcTicks), PostgresRows.Value(issued.CustomerReference),
            },
        };
        return await look.ExecuteScalarAsync() is not null;
    }

    // A server that crashed hands out the numbers of transactions again that it had not yet written down, so a voucher of the
    // batch is the better witness; where the batch has none, a number that the server does not know was never committed.
    private async Task<bool> WasCommitted(string transaction, Voucher? issued)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                if (issued is not null)
                    return await Exists(connection, issued);
                await using var command = new NpgsqlCommand("SELECT pg_xact_status($1::text::xid8)", connection) { Parameters = { PostgresRows.Value(transaction) } };
                var status = await command.ExecuteScalarAsync() as string;
                if (status != "in progress")
                    return status == "committed";
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidParameterValue)
            {
                return false;
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

        private readonly Dictionary<long, List<VoucherEvent>> _histories = [];
        private readonly List<(long Serial, VoucherEvent Happened)> _happened = [];
        private bool _restarted;

        public bool HasChanges => _restarted || _issued.Count + _updated.Count > 0;

        public IEnumerable<NpgsqlBatchCommand> Writes(long client) =>
        [
            .. _restarted ? PostgresRows.DeleteVouchers(client) : [],
            .. PostgresRows.InsertMany(client, [.. _issued.Values], _happened),
            .. PostgresRows.Update(client, [.. _updated.Values]),
        ];

        public void Add(Voucher voucher) => _vouchers[voucher.Serial] = voucher;

        public void Add((long Serial, VoucherEvent Happened) entry)
        {
            if (!_histories.TryGetValue(entry.Serial, out var events))
                _histories[entry.Serial] = events = [];
            events.Add(entry.Happened);
        }

        public (Outcome[] Outcomes, Client After) Decide(Client client, Change[] changes)
        {
            var outcomes = new Outcome[changes.Length];
            for (var i = 0; i < changes.Length; i++)
            {
                outcomes[i] = changes[i].Decide(client, Find(client, changes[i]));
                client = outcomes[i].Client ?? client;
                Keep(outcomes[i]);
            }

            return (outcomes, client);
        }

        private void Keep(Outcome outcome)
        {
            if (outcome.Restart is { } first)
                Restart(first);
            foreach (var voucher in outcome.Added ?? [])
                Keep(voucher, issued: true);
            foreach (var entry in outcome.Histories ?? [])
            {
                Add(entry);
                _happened.Add(entry);
            }

            if (!outcome.Changed)
                return;
            Keep(outcome.Voucher!, outcome.Issued);
            if (outcome.Event is not { } happened)
                return;
            Add((outcome.Voucher!.Serial, happened));
            _happened.Add((outcome.Voucher.Serial, happened));
        }

        private void Restart(IReadOnlyList<Voucher> first)
        {
            _restarted = true;
            _vouchers.Clear();
            _issued.Clear();
            _updated.Clear();
            _histories.Clear();
            _happened.Clear();
            foreach (var voucher in first)
                Keep(voucher, issued: true);
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
            var history = change.NeedsHistory ? _histories.GetValueOrDefault(change.NeedsVoucher(client), []).ToArray() : null;
            return change.NeedsReference(client) is { } key
                ? new Found(found, [.. _vouchers.Values.Where(each => each.PerReference && each.Campaign == key.Campaign && each.CustomerReference == key.Reference)], history)
                : new Found(found, [], history);
        }
    }
}
