using System.Collections.Concurrent;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Journal;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>State that lives as long as the process: each client behind a lock of its own.</summary>
internal sealed class MemoryStore(int messagesAtMost = 1000) : IStore
{
    private readonly ConcurrentDictionary<KeyHash, MemoryShelf> _byKey = new();
    private readonly ConcurrentDictionary<long, MemoryShelf> _byId = new();
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
        if (outcome.Client is { } after && after.Key != change.By && !_byKey.ContainsKey(after.Key))
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
        var shelf = new MemoryShelf(newcomer with { Id = ++_lastId }, vouchers, messagesAtMost);
        _byId[_lastId] = shelf;
        _byKey[newcomer.Key] = shelf;
        return shelf.Client;
    }

    private void FindByNewKey(MemoryShelf shelf)
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
}
