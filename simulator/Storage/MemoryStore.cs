using System.Collections.Concurrent;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Journal;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>State that lives as long as the process: each client behind a lock of its own.</summary>
internal sealed class MemoryStore(int messagesAtMost = 1000) : IStore
{
    private readonly ConcurrentDictionary<KeyHash, Shelf> _byKey = new();
    private readonly ConcurrentDictionary<long, Shelf> _byId = new();
    private readonly ConcurrentDictionary<string, string> _settings = new(StringComparer.Ordinal);
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
            return new(Make(newcomer, vouchers));
        }
    }

    public ValueTask<Client?> MakeClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int atMost, CancellationToken cancel)
    {
        lock (_making)
        {
            var taken = _byKey.ContainsKey(newcomer.Key) || _byId.Values.Any(shelf => shelf.Client.IsCalled(newcomer.Name));
            return new(taken || _byId.Values.Count(shelf => !shelf.Client.IsSandbox) >= atMost ? null : Make(newcomer, vouchers));
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
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Count(query with { After = 0 }) : 0);

    public ValueTask<Snapshot?> Snapshot(long client, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Snapshot() : null);

    public ValueTask<IReadOnlyList<VoucherEvent>> FindHistory(long client, long serial, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.History(serial) : []);

    public ValueTask<IReadOnlyList<Message>> FindMessages(long client, MessageQuery query, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Find(query) : []);

    public ValueTask<long> CountMessages(long client, MessageQuery query, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Find(query with { AtMost = int.MaxValue }).Count : 0);

    public ValueTask<IReadOnlyList<ClaimedMessage>> ClaimMessages(DateTimeOffset real, DateTimeOffset until, int atMost, CancellationToken cancel)
    {
        var claimed = new List<ClaimedMessage>();
        foreach (var shelf in _byId.Values)
        {
            if (claimed.Count < atMost)
                claimed.AddRange(shelf.Claim(real, until, atMost - claimed.Count));
        }

        return new(claimed);
    }

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

    public ValueTask<string?> FindSetting(string name, CancellationToken cancel) => new(_settings.GetValueOrDefault(name));

    public ValueTask PutSetting(string name, string? json, CancellationToken cancel)
    {
        if (json is null)
            _settings.TryRemove(name, out _);
        else
            _settings[name] = json;
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> SwapSetting(string name, string? before, string json, CancellationToken cancel) =>
        new(before is null ? _settings.TryAdd(name, json) : _settings.TryUpdate(name, json, before));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Client Make(Client newcomer, IReadOnlyList<Voucher> vouchers)
    {
        var shelf = new Shelf(newcomer with { Id = ++_lastId }, vouchers, messagesAtMost);
        _byId[_lastId] = shelf;
        _byKey[newcomer.Key] = shelf;
        return shelf.Client;
    }

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
        // So many rows are looked at before whoever issues gets its turn.
        private const int RowsPerTurn = 4096;
        private readonly Lock _lock = new();
        private readonly Dictionary<long, List<VoucherEvent>> _history = [];
        private readonly MessageShelf _messages;
        private VoucherTable _vouchers = new();
        private readonly Dictionary<(string Campaign, string Reference), List<long>> _references = [];
        private volatile Client _client;

        public Shelf(Client client, IReadOnlyList<Voucher> vouchers, int messagesAtMost)
        {
            _client = client;
            _messages = new MessageShelf(messagesAtMost);
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
            var found = new List<Voucher>();
            Walk(query, serial =>
            {
                found.Add(_vouchers.Find(serial)!);
                return found.Count < query.AtMost;
            });
            return found;
        }

        public long Count(VoucherQuery query)
        {
            long count = 0;
            Walk(query, _ => ++count > 0);
            return count;
        }

        public MemorySnapshot Snapshot()
        {
            lock (_lock)
                return new MemorySnapshot(
                    _client, _vouchers.Copy(), _history.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<VoucherEvent>)[.. entry.Value]), [.. _messages.All.Select(Current)]);
        }

        public List<Message> Find(MessageQuery query)
        {
            lock (_lock)
            {
                var meant = _messages.All.Where(query.Means);
                return [.. (query.OldestFirst ? meant : meant.Reverse()).Take(query.AtMost).Select(Current)];
            }
        }

        public List<ClaimedMessage> Claim(DateTimeOffset real, DateTimeOffset until, int atMost)
        {
            lock (_lock)
                return [.. _messages.Claim(real, _client.Clock.At(real), until, atMost).Select(message => new ClaimedMessage(_client, Current(message)))];
        }

        private Message Current(Message message) => message with { Voucher = _vouchers.Find(message.Voucher.Serial)! };

        private void Walk(VoucherQuery query, Func<long, bool> take)
        {
            var ((above, below), step) = (query.Bounds, query.NewestFirst ? -1 : 1);
            for (long? next = query.NewestFirst ? below - 1 : above + 1; next is { } serial;)
            {
                lock (_lock)
                    next = Turn(query, above, Math.Min(below, _vouchers.Count + 1), query.NewestFirst ? Math.Min(serial, _vouchers.Count) : serial, step, take);
            }
        }

        // The serial to go on with, or null at the end.
        private long? Turn(VoucherQuery query, long above, long below, long serial, int step, Func<long, bool> take)
        {
            for (var rows = 0; serial > above && serial < below; serial += step)
            {
                if (rows++ == RowsPerTurn)
                    return serial;
                if (_vouchers.Means(query, serial) && !take(serial))
                    return null;
            }

            return null;
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
                foreach (var voucher in outcome.Added ?? [])
                    Add(voucher);
                foreach (var (serial, happened) in outcome.Histories ?? [])
                    Append(serial, happened);
                foreach (var message in outcome.Messages ?? [])
                    _messages.Add(message);
                if (outcome.Resolved is not null)
                    _messages.Update(outcome.Resolved);
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
            _messages.Clear();
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
            var (reference, message) = (change.NeedsReference(_client), change.NeedsMessage(_client));
            if (serial == 0 && message == 0 && reference is null)
                return Found.Nothing;
            return new Found(
                serial == 0 ? null : _vouchers.Find(serial),
                reference is { } key && _references.TryGetValue(key, out var serials) ? [.. serials.Select(at => _vouchers.Find(at)!)] : [],
                change.NeedsHistory ? History(serial) : null,
                message != 0 && _messages.Find(message) is { } found ? Current(found) : null);
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

    private sealed class MemorySnapshot(Client client, VoucherTable vouchers, Dictionary<long, IReadOnlyList<VoucherEvent>> histories, IReadOnlyList<Message> messages) : Snapshot(client)
    {
        public override ValueTask<IReadOnlyList<Message>> Messages(CancellationToken cancel) => new(messages);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        protected override ValueTask<IReadOnlyList<(Voucher Voucher, IReadOnlyList<VoucherEvent> History)>> Page(long after, int size, CancellationToken cancel)
        {
            var page = new List<(Voucher, IReadOnlyList<VoucherEvent>)>();
            for (var serial = after + 1; serial <= Math.Min(after + size, vouchers.Count); serial++)
                page.Add((vouchers.Find(serial)!, histories.GetValueOrDefault(serial, [])));
            return new(page);
        }
    }
}
