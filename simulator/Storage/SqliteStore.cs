using System.Collections.Concurrent;
using ImovoSim.Clients;
using ImovoSim.Journal;
using ImovoSim.Vouchers;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>
/// State in one SQLite file. One thread writes it: what waits while a flush is under way goes into the next one, so
/// the price of a flush is shared by all who wait. Clients are kept in memory too, since the file is this process's alone.
/// </summary>
internal sealed partial class SqliteStore : IStore
{
    private const int MostPerFlush = 1024;
    private readonly string _folder;
    private readonly ConcurrentDictionary<KeyHash, Client> _byKey = new();
    private readonly Dictionary<long, Client> _byId = [];
    private readonly Lock _queueing = new();
    private readonly SemaphoreSlim _queued = new(0);
    private readonly Thread _writer;
    private readonly FileStream _lock;
    private List<Work> _queue = [];
    private List<Work> _spare = [];
    private Dictionary<long, Client?> _touched = [];
    private SqliteRows? _rows;
    private long _lastId;
    private bool _stopping;

    /// <exception cref="SettingException">The file cannot be opened; the message says why.</exception>
    public SqliteStore(string folder)
    {
        _folder = folder;
        try
        {
            _lock = SqliteFile.Lock(folder);
            Open();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Store sqlite: {Path.Combine(folder, SqliteFile.Name)} cannot be opened: {Cause(e)}. Set DataFolder to a folder of this program's own that it may write to.");
        }

        _writer = new Thread(WriteUntilStopped) { IsBackground = true, Name = "sqlite" };
        _writer.Start();
    }

    public async ValueTask Ready(CancellationToken cancel) => await Enqueue(rows =>
    {
        rows.Touch();
        return true;
    });

    public ValueTask<Client?> FindClient(KeyHash key, CancellationToken cancel) => new(_byKey.GetValueOrDefault(key));

    public ValueTask<IReadOnlyList<Client>> Clients(CancellationToken cancel) =>
        Enqueue<IReadOnlyList<Client>>(_ => [.. _byId.Values.OrderBy(client => client.Id)]);

    public ValueTask<Client?> AddClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int sandboxesAtMost, CancellationToken cancel) =>
        Enqueue(rows =>
        {
            var current = _byId.Values.Where(client => !_touched.ContainsKey(client.Id)).Concat(_touched.Values.OfType<Client>()).ToList();
            if (current.FirstOrDefault(client => client.Key == newcomer.Key) is { } existing)
                return existing;
            if (newcomer.IsSandbox && current.Count(client => client.IsSandbox) >= sandboxesAtMost)
                return null;
            return Make(rows, newcomer, vouchers);
        });

    public ValueTask<Outcome?> Change(long client, Change change) => Enqueue(rows =>
    {
        if (Current(client) is not { } state)
            return null;
        var outcome = change.Decide(state, Load(rows, state, change));
        if (ReferenceEquals(outcome, Outcome.Gone))
            return null;
        if (outcome.Client is not null)
            _touched[client] = outcome.Client;
        Save(rows, client, outcome);
        return outcome;
    });

    public ValueTask<Voucher?> FindVoucher(long client, long serial, CancellationToken cancel) => Enqueue(rows => rows.Find(client, serial));

    public ValueTask<IReadOnlyList<VoucherEvent>> FindHistory(long client, long serial, CancellationToken cancel) => Enqueue(rows => rows.History(client, serial));

    public async ValueTask AppendEntries(long client, IReadOnlyList<JournalEntry> entries, int atMost, CancellationToken cancel) => await Enqueue(rows =>
    {
        if (Current(client) is not null)
            rows.Journal.Append(client, entries, atMost);
        return true;
    });

    public ValueTask<IReadOnlyList<JournalEntry>> FindEntries(long client, JournalQuery query, CancellationToken cancel) => Enqueue(rows => rows.Journal.Find(client, query));

    public ValueTask<long> CountEntries(long client, JournalQuery query, CancellationToken cancel) => Enqueue(rows => rows.Journal.Count(client, query));

    public async ValueTask ClearEntries(long client, long upTo, CancellationToken cancel) => await Enqueue(rows =>
    {
        rows.Journal.Clear(client);
        return true;
    });

    public ValueTask<bool> ForgetClient(long client, CancellationToken cancel) => Enqueue(rows =>
    {
        if (Current(client) is not { } state)
            return false;
        rows.Delete(state);
        _touched[client] = null;
        return true;
    });

    public ValueTask<int> ForgetSandboxes(DateTimeOffset unusedSince, CancellationToken cancel) => Enqueue(rows =>
    {
        var idle = _byId.Keys.Select(Current).OfType<Client>().Where(client => client.IsSandbox && client.LastUsed < unusedSince).ToList();
        foreach (var client in idle)
        {
            rows.Delete(client);
            _touched[client.Id] = null;
        }

        return idle.Count;
    });

    public ValueTask DisposeAsync()
    {
        lock (_queueing)
            _stopping = true;
        _queued.Release();
        _writer.Join();
        CloseReaders();
        _rows?.Dispose();
        _lock.Dispose();
        _queued.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Found Load(SqliteRows rows, Client client, Change change)
    {
        var serial = change.NeedsVoucher(client);
        var reference = change.NeedsReference(client);
        if (serial == 0 && reference is null)
            return Found.Nothing;
        return new Found(
            serial == 0 ? null : rows.Find(client.Id, serial),
            reference is { } key ? rows.FindByReference(client.Id, key.Campaign, key.Reference) : [],
            change.NeedsHistory ? rows.History(client.Id, serial) : null);
    }

    private static void Save(SqliteRows rows, long client, Outcome outcome)
    {
        if (outcome.Restart is not null)
            rows.DeleteVouchers(client);
        foreach (var voucher in outcome.Restart ?? outcome.Added ?? [])
            rows.Insert(client, voucher);
        foreach (var (serial, became) in outcome.Histories ?? [])
            rows.Append(client, serial, became);

        if (outcome is { Changed: true, Issued: true })
            rows.Insert(client, outcome.Voucher!);
        else if (outcome.Changed)
            rows.Update(client, outcome.Voucher!);
        if (outcome is { Changed: true, Event: { } happened })
            rows.Append(client, outcome.Voucher!.Serial, happened);
    }

    private static string Cause(Exception e) => e is SqliteException { SqliteErrorCode: 5 or 6 } ? "another program has it open" : e.Message.TrimEnd('.');

    private Client? Current(long client) => _touched.TryGetValue(client, out var touched) ? touched : _byId.GetValueOrDefault(client);

    private ValueTask<T> Enqueue<T>(Func<SqliteRows, T> run)
    {
        var work = new Work<T>(run);
        lock (_queueing)
        {
            if (_stopping)
                throw new StoreException("the program is stopping");
            _queue.Add(work);
            if (_queue.Count > 1)
                return new(work.Answer);
        }

        _queued.Release();
        return new(work.Answer);
    }

    private void WriteUntilStopped()
    {
        while (true)
        {
            _queued.Wait();
            List<Work> batch;
            lock (_queueing)
            {
                (batch, _queue, _spare) = (_queue, _spare, _queue);
                if (batch.Count == 0 && _stopping)
                    return;
            }

            foreach (var chunk in batch.Chunk(MostPerFlush))
                Flush(chunk);
            batch.Clear();
        }
    }

    private void Flush(Work[] batch)
    {
        try
        {
            if (_rows is null)
                Open();
            _rows!.Begin();
            foreach (var work in batch)
                work.Run(_rows);
            foreach (var client in _touched.Values.OfType<Client>())
                _rows.Update(client);
            _rows.Commit();
            Keep();
        }
        catch (Exception e)
        {
            Undo(e);
            Fail(batch, e);
            return;
        }

        foreach (var work in batch)
            work.Complete();
    }

    private void Fail(Work[] batch, Exception e)
    {
        if (e is SqliteException or IOException or UnauthorizedAccessException or SettingException)
            e = new StoreException($"{Path.Combine(_folder, SqliteFile.Name)}: {Cause(e)}", e);
        else if (batch.Length > 1)
        {
            // One of them is at fault, and the others only shared its flush.
            foreach (var work in batch)
                Flush([work]);
            return;
        }

        foreach (var work in batch)
            work.Fail(e);
    }

    private void Keep()
    {
        foreach (var (id, client) in _touched)
        {
            // What is looked up meanwhile must never be missing, so a key goes only when nobody has it any more.
            if (_byId.TryGetValue(id, out var before) && before.Key != client?.Key)
                _byKey.TryRemove(before.Key, out _);
            if (client is null)
                _byId.Remove(id);
            else
                _byKey[client.Key] = _byId[id] = client;
        }

        _touched.Clear();
    }

    private void Undo(Exception cause)
    {
        _touched = [];
        try
        {
            _rows?.Rollback();
            // A full disk leaves the connection whole; after any other fault only a new one is sure to see the file as it is.
            if (cause is not SqliteException { SqliteErrorCode: 13 })
                Close();
        }
        catch (SqliteException)
        {
            Close();
        }
    }

    private void Close()
    {
        _rows?.Dispose();
        _rows = null;
    }

    private void Open()
    {
        _rows = SqliteFile.Open(_folder);
        _byId.Clear();
        _byKey.Clear();
        foreach (var client in _rows.Clients())
            _byKey[client.Key] = _byId[client.Id] = client;
        _lastId = _byId.Keys.DefaultIfEmpty(0).Max();
    }

    /// <summary>Something that waits for the next flush.</summary>
    private abstract class Work
    {
        public abstract void Run(SqliteRows rows);

        public abstract void Complete();

        public abstract void Fail(Exception e);
    }

    private sealed class Work<T>(Func<SqliteRows, T> run) : Work
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Answer => _answer.Task;

        public override void Run(SqliteRows rows) => _result = run(rows);

        public override void Complete() => _answer.SetResult(_result!);

        public override void Fail(Exception e) => _answer.SetException(e);
    }
}
