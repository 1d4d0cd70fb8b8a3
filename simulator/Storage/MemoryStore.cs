using System.Collections.Concurrent;
using ImovoSim.Clients;
using ImovoSim.Journal;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>State that lives as long as the process: each client behind a lock of its own.</summary>
internal sealed class MemoryStore : IStore
{
    private readonly ConcurrentDictionary<KeyHash, Shelf> _byKey = new();
    private readonly ConcurrentDictionary<long, Shelf> _byId = new();
    private readonly Lock _making = new();
    private long _lastId;

    public ValueTask Ready(CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask<Client?> FindClient(KeyHash key, CancellationToken cancel) =>
        new(_byKey.TryGetValue(key, out var shelf) ? shelf.Client : null);

    public ValueTask<IReadOnlyList<Client>> Clients(CancellationToken cancel) =>
        new([.. _byId.Values.Select(shelf => shelf.Client).OrderBy(client => client.Id)]);

    public ValueTask<Client?> AddClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int sandboxesAtMost, CancellationToken cancel)
    {
        lock (_making)
        {
            if (_byKey.TryGetValue(newcomer.Key, out var existing))
                return new(existing.Client);
            if (newcomer.IsSandbox && _byId.Values.Count(shelf => shelf.Client.IsSandbox) >= sandboxesAtMost)
                return new((Client?)null);
            var shelf = new Shelf(newcomer with { Id = ++_lastId }, vouchers);
            _byId[_lastId] = shelf;
            _byKey[newcomer.Key] = shelf;
            return new(shelf.Client);
        }
    }

    public ValueTask<Outcome?> Change(long client, Change change)
    {
        if (!_byId.TryGetValue(client, out var shelf) || shelf.Change(change) is var outcome && ReferenceEquals(outcome, Outcome.Gone))
            return new((Outcome?)null);
        if (outcome.Client is { } after && !_byKey.ContainsKey(after.Key))
            FindByNewKey(shelf);
        return new(outcome);
    }

    public ValueTask<Voucher?> FindVoucher(long client, long serial, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Find(serial) : null);

    public ValueTask<IReadOnlyList<Voucher>> FindVouchers(long client, VoucherQuery query, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Find(query) : []);

    public ValueTask<long> CountVouchers(long client, VoucherQuery query, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Find(query with { After = 0, AtMost = int.MaxValue }).Count : 0);

    public ValueTask<IReadOnlyList<VoucherEvent>> FindHistory(long client, long serial, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.History(serial) : []);

    public ValueTask AppendEntries(long client, IReadOnlyList<JournalEntry> entries, int atMost, CancellationToken cancel)
    {
        if (_byId.TryGetValue(client, out var shelf))
            shelf.Journal.Append(entries, atMost);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<JournalEntry>> FindEntries(long client, JournalQuery query, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Journal.Find(query) : []);

    public ValueTask<long> CountEntries(long client, JournalQuery query, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Journal.Find(query with { AtMost = int.MaxValue }).Count : 0);

    public ValueTask ClearEntries(long client, long upTo, CancellationToken cancel)
    {
        if (_byId.TryGetValue(client, out var shelf))
            shelf.Journal.Clear();
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> ForgetClient(long client, CancellationToken cancel)
    {
        lock (_making)
        {
            if (!_byId.TryRemove(client, out var shelf))
                return new(false);
            _byKey.TryRemove(shelf.Client.Key, out _);
            return new(true);
        }
    }

    public ValueTask<int> ForgetSandboxes(DateTimeOffset unusedSince, CancellationToken cancel)
    {
        lock (_making)
        {
            var idle = _byId.Values.Where(shelf => shelf.Client.IsSandbox && shelf.Client.LastUsed < unusedSince).ToList();
            foreach (var shelf in idle)
            {
                _byKey.TryRemove(shelf.Client.Key, out _);
                _byId.TryRemove(shelf.Client.Id, out _);
            }

            return new(idle.Count);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void FindByNewKey(Shelf shelf)
    {
        lock (_making)
        {
            if (!_byId.ContainsKey(shelf.Client.Id))
                return;
            _byKey[shelf.Client.Key] = shelf;
            foreach (var (key, _) in _byKey.Where(entry => ReferenceEquals(entry.Value, shelf) && entry.Key != shelf.Client.Key))
                _byKey.TryRemove(key, out _);
        }
    }

    /// <summary>One client with its vouchers.</summary>
    private sealed class Shelf
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<long, List<VoucherEvent>> _history = [];
        private VoucherTable _vouchers = new();
        private readonly Dictionary<(string Campaign, string Reference), List<long>> _references = [];
        private volatile Client _client;

        public Shelf(Client client, IReadOnlyList<Voucher> vouchers)
        {
            _client = client;
            foreach (var voucher in vouchers)
                Add(voucher);
        }

        public Client Client => _client;

        public JournalRing Journal { get; } = new();

        public Voucher? Find(long serial)
        {
            lock (_lock)
                return _vouchers.Find(serial);
        }

        public List<Voucher> Find(VoucherQuery query)
        {
            lock (_lock)
            {
                var found = new List<Voucher>();
                for (var serial = Math.Min(query.After, _vouchers.Count) + 1; serial <= _vouchers.Count && found.Count < query.AtMost; serial++)
                {
                    if (_vouchers.Find(serial) is { } voucher && query.Means(voucher))
                        found.Add(voucher);
                }

                return found;
            }
        }

        public IReadOnlyList<VoucherEvent> History(long serial)
        {
            lock (_lock)
                return [.. _history.GetValueOrDefault(serial, [])];
        }

        public Outcome Change(Change change)
        {
            lock (_lock)
            {
                var outcome = change.Decide(_client, Load(change));
                if (outcome.Client is not null)
                    _client = outcome.Client;
                if (outcome.Restart is { } first)
                    Restart(first);
                if (!outcome.Changed)
                    return outcome;
                if (outcome.Issued)
                    Add(outcome.Voucher!);
                else
                    _vouchers.Update(outcome.Voucher!);
                if (outcome.Event is not null)
                    Append(outcome.Voucher!.Serial, outcome.Event);
                return outcome;
            }
        }

        private void Restart(IReadOnlyList<Voucher> first)
        {
            _vouchers = new VoucherTable();
            _references.Clear();
            _history.Clear();
            foreach (var voucher in first)
                Add(voucher);
        }

        private void Append(long serial, VoucherEvent happened)
        {
            if (!_history.TryGetValue(serial, out var events))
                _history[serial] = events = [];
            events.Add(happened);
        }

        private Found Load(Change change)
        {
            var serial = change.NeedsVoucher(_client);
            var reference = change.NeedsReference(_client);
            if (serial == 0 && reference is null)
                return Found.Nothing;
            var voucher = serial == 0 ? null : _vouchers.Find(serial);
            var history = change.NeedsHistory ? History(serial) : null;
            return reference is { } key && _references.TryGetValue(key, out var serials)
                ? new Found(voucher, [.. serials.Select(at => _vouchers.Find(at)!)], history)
                : new Found(voucher, [], history);
        }

        private void Add(Voucher voucher)
        {
            _vouchers.Add(voucher);
            if (!voucher.PerReference)
                return;
            var key = (voucher.Campaign, voucher.CustomerReference);
            if (!_references.TryGetValue(key, out var serials))
                _references[key] = serials = [];
            serials.Add(voucher.Serial);
        }
    }
}
