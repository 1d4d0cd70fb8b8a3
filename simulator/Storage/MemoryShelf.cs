using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>One client with its vouchers.</summary>
internal sealed class MemoryShelf
{
    // So many rows are looked at before whoever issues gets its turn.
    private const int RowsPerTurn = 4096;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, List<VoucherEvent>> _history = [];
    private readonly MessageShelf _messages;
    private VoucherTable _vouchers = new();
    private readonly Dictionary<(string Campaign, string Reference), List<long>> _references = [];
    private volatile Client _client;

    public MemoryShelf(Client client, IReadOnlyList<Voucher> vouchers, int messagesAtMost)
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
            if (outcome.Added is not null || outcome.Histories is not null)
                Add(outcome.Added ?? [], outcome.Histories ?? []);
            for (var i = 0; i < outcome.Messages?.Count; i++)
                _messages.Add(outcome.Messages[i]);
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

    private void Add(IReadOnlyList<Voucher> vouchers, IReadOnlyList<(long Serial, VoucherEvent Happened)> histories)
    {
        foreach (var voucher in vouchers)
            Add(voucher);
        foreach (var (serial, happened) in histories)
            Append(serial, happened);
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

internal sealed class MemorySnapshot(Client client, VoucherTable vouchers, Dictionary<long, IReadOnlyList<VoucherEvent>> histories, IReadOnlyList<Message> messages) : Snapshot(client)
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
