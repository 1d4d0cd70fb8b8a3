using ImovoSim.Clients;
using ImovoSim.Vouchers;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The vouchers that a batch has loaded, made and changed; each change sees what those before it did.</summary>
internal sealed class PostgresBatch(Change[] changes, int messagesAtMost)
{
    // A seed or an import has many rows, and a statement should be done with soon.
    private const int RowsPerStatement = 5000;
    private readonly Dictionary<long, Voucher> _vouchers = [];
    private readonly Dictionary<long, Voucher> _issued = [];
    private readonly Dictionary<long, Voucher> _updated = [];
    private readonly Dictionary<long, List<VoucherEvent>> _histories = [];
    private readonly List<(long Serial, VoucherEvent Happened)> _happened = [];
    private readonly PostgresBatchMessages _messages = new(changes, messagesAtMost);
    private bool _restarted;
    private bool _readsVouchers;

    public bool HasChanges => _restarted || _issued.Count + _updated.Count > 0 || _messages.HasChanges;

    /// <summary>The first says by the rows that it affects whether the client's row had the version that it was decided by; otherwise none of them does anything.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes(Client before, long[] version, Client after, long[] next)
    {
        var issuesOnly = !_restarted && _updated.Count + _happened.Count == 0 && _issued.Count is > 0 and <= RowsPerStatement && _messages.Made.Count <= RowsPerStatement;
        return issuesOnly && after.DiffersInCountsOnly(before) && !_issued.Values.Any(voucher => voucher.PerReference)
            ? [PostgresRows.IssueThese(after, version, next, [.. _issued.Values], _messages.Made), .. _messages.WritesBeside(after.Id, next)]
            : [PostgresRows.Update(before, version, after, next), .. Writes(after.Id, next)];
    }

    /// <summary>All of them do nothing where the client's row has not the version that the batch gives it.</summary>
    private IEnumerable<NpgsqlBatchCommand> Writes(long client, long[] version) =>
    [
        .. _restarted ? PostgresRows.DeleteVouchers(client, version) : [],
        .. _issued.Values.Chunk(RowsPerStatement).SelectMany(chunk => PostgresRows.Insert(client, version, chunk)),
        .. PostgresRows.Update(client, version, [.. _updated.Values]),
        .. _happened.Chunk(RowsPerStatement).SelectMany(chunk => PostgresRows.Append(client, version, chunk)),
        .. _messages.Writes(client, version),
    ];

    /// <summary>What finds the vouchers that the changes ask to see; none where they ask for none, as those that issue.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> Reads(Client client)
    {
        var serials = changes.Select(change => change.NeedsVoucher(client)).Where(serial => serial > 0).Distinct().ToArray();
        var references = changes.Select(change => change.NeedsReference(client)).OfType<(string Campaign, string Reference)>().Distinct().ToArray();
        if (serials.Length + references.Length == 0)
            return _messages.Reads(client);
        var histories = changes.Where(change => change.NeedsHistory).Select(change => change.NeedsVoucher(client)).Distinct().ToArray();
        _readsVouchers = true;
        return [PostgresRows.FindVouchers(client.Id, serials, references), PostgresRows.FindEvents(client.Id, histories), .. _messages.Reads(client)];
    }

    /// <summary>Takes in what <see cref="Reads"/> found, and goes on to what was asked for after it.</summary>
    public void Load(NpgsqlDataReader row)
    {
        if (_readsVouchers)
            LoadVouchers(row);
        _messages.Load(row);
    }

    private void LoadVouchers(NpgsqlDataReader row)
    {
        while (row.Read())
        {
            var voucher = PostgresRows.ReadVoucher(row);
            _vouchers[voucher.Serial] = voucher;
        }

        row.NextResult();
        while (row.Read())
            Add(PostgresRows.ReadEvent(row));
        row.NextResult();
    }

    public (Outcome[] Outcomes, Client After) Decide(Client client)
    {
        var outcomes = new Outcome[changes.Length];
        _messages.Begin(client);
        for (var i = 0; i < changes.Length; i++)
        {
            outcomes[i] = changes[i].Decide(client, Find(client, changes[i]));
            client = outcomes[i].Client ?? client;
            Keep(outcomes[i]);
        }

        return (outcomes, client);
    }

    private void Add((long Serial, VoucherEvent Happened) entry)
    {
        if (!_histories.TryGetValue(entry.Serial, out var events))
            _histories[entry.Serial] = events = [];
        events.Add(entry.Happened);
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

        _messages.Keep(outcome);
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
        _messages.Restart();
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
        var (serial, reference) = (change.NeedsVoucher(client), change.NeedsReference(client));
        var message = change.NeedsMessage(client);
        if (serial == 0 && message == 0 && reference is null)
            return Found.Nothing;
        var history = change.NeedsHistory ? _histories.GetValueOrDefault(serial, []).ToArray() : null;
        return new Found(
            _vouchers.GetValueOrDefault(serial),
            reference is { } key ? [.. _vouchers.Values.Where(each => each.PerReference && each.Campaign == key.Campaign && each.CustomerReference == key.Reference)] : [],
            history, _messages.Find(message));
    }
}
