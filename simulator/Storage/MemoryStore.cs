using System.Collections.Concurrent;
using ImovoSim.Clients;
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

    public ValueTask<Outcome?> Change(long client, Change change) =>
        new(_byId.TryGetValue(client, out var shelf) && shelf.Change(change) is var outcome && !ReferenceEquals(outcome, Outcome.Gone) ? outcome : null);

    public ValueTask<Voucher?> FindVoucher(long client, long serial, CancellationToken cancel) =>
        new(_byId.TryGetValue(client, out var shelf) ? shelf.Find(serial) : null);

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

    /// <summary>One client with its vouchers.</summary>
    private sealed class Shelf
    {
        private readonly Lock _lock = new();
        private readonly VoucherTable _vouchers = new();
        private readonly Dictionary<(string Campaign, string Reference), List<long>> _references = [];
        private volatile Client _client;

        public Shelf(Client client, IReadOnlyList<Voucher> vouchers)
        {
            _client = client;
            foreach (var voucher in vouchers)
                Add(voucher);
        }

        public Client Client => _client;

        public Voucher? Find(long serial)
        {
            lock (_lock)
                return _vouchers.Find(serial);
        }

        public Outcome Change(Change change)
        {
            lock (_lock)
            {
                var outcome = change.Decide(_client, Load(change));
                if (outcome.Client is not null)
                    _client = outcome.Client;
                if (!outcome.Changed)
                    return outcome;
                if (outcome.Issued)
                    Add(outcome.Voucher!);
                else
                    _vouchers.Update(outcome.Voucher!);
                return outcome;
            }
        }

        private Found Load(Change change)
        {
            var serial = change.NeedsVoucher(_client);
            var reference = change.NeedsReference(_client);
            if (serial == 0 && reference is null)
                return Found.Nothing;
            var voucher = serial == 0 ? null : _vouchers.Find(serial);
            return reference is { } key && _references.TryGetValue(key, out var serials)
                ? new Found(voucher, [.. serials.Select(at => _vouchers.Find(at)!)])
                : new Found(voucher, []);
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
