using ImovoSim.Clients;
using ImovoSim.Journal;
using ImovoSim.Vouchers;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>State in one SQLite file.</summary>
internal sealed partial class SqliteStore : IStore
{
    private const int EntriesPerFlush = 64;
    private readonly int _messagesAtMost;
    private readonly SqliteClients _clients;
    private readonly SqliteFlush _flush;
    private readonly SqliteWriter _writer;
    private readonly FileStream _lock;

    /// <exception cref="SettingException">The file cannot be opened; the message says why.</exception>
    public SqliteStore(string folder, int messagesAtMost = 1000)
    {
        _messagesAtMost = messagesAtMost;
        _clients = new SqliteClients(messagesAtMost);
        _flush = new SqliteFlush(folder, _clients);
        try
        {
            _lock = SqliteFile.Lock(folder);
            _flush.Open(make: true);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Store sqlite: {_flush.Path} cannot be opened: {SqliteFlush.Cause(e)}. Set DataFolder to a folder of this program's own that it may write to.");
        }

        _writer = new SqliteWriter(_flush);
        // The file is this program's alone: what is claimed in it nobody sends any more.
        _ = _writer.Run((rows, _) => rows.Messages.Release()).AsTask();
    }

    public async ValueTask Ready(CancellationToken cancel) => await _writer.Run((rows, _) =>
    {
        rows.Touch();
        return true;
    });

    public ValueTask<Client?> FindClient(KeyHash key, CancellationToken cancel) => new(_clients.Find(key));

    public ValueTask<IReadOnlyList<Client>> Clients(CancellationToken cancel) =>
        _writer.Run<IReadOnlyList<Client>>((_, clients) => [.. clients.All.OrderBy(client => client.Id)]);

    public ValueTask<Client?> AddClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int sandboxesAtMost, CancellationToken cancel) =>
        _writer.Run((rows, clients) =>
        {
            var current = clients.All.ToList();
            if (current.FirstOrDefault(client => client.Key == newcomer.Key) is { } existing)
                return existing;
            if (newcomer.IsSandbox && current.Count(client => client.IsSandbox) >= sandboxesAtMost)
                return null;
            return Make(rows, clients, newcomer, vouchers);
        });

    public ValueTask<Outcome?> Change(long client, Change change) => _writer.Run((rows, clients) =>
    {
        if (clients.Find(client) is not { } state)
            return null;
        var outcome = change.Decide(state, Load(rows, state, change));
        if (ReferenceEquals(outcome, Outcome.Gone))
            return null;
        if (outcome.Client is not null)
            clients.Touch(outcome.Client);
        Save(rows, client, outcome);
        if (outcome.Resolved is { } resolved)
            rows.Messages.Update(client, resolved, kept: resolved.NextAttempt is not null || resolved.Id > state.LastMessage - _messagesAtMost);
        return outcome;
    });

    public ValueTask<Voucher?> FindVoucher(long client, long serial, CancellationToken cancel) => _writer.Run((rows, _) => rows.Vouchers.Find(client, serial));

    public ValueTask<IReadOnlyList<VoucherEvent>> FindHistory(long client, long serial, CancellationToken cancel) => _writer.Run((rows, _) => rows.Events.Of(client, serial));

    public async ValueTask AppendEntries(long client, IReadOnlyList<JournalEntry> entries, int atMost, CancellationToken cancel)
    {
        await JournalEntry.Write(entries);
        // Not all in one flush: whoever issues meanwhile would wait for all of them.
        foreach (var some in entries.Chunk(EntriesPerFlush))
        {
            await _writer.Run((rows, clients) =>
            {
                if (clients.Find(client) is null)
                    return false;
                rows.Journal.Append(client, some);
                if (ReferenceEquals(some[^1], entries[^1]))
                    rows.Journal.Trim(client, atMost);
                return true;
            });
        }
    }

    public ValueTask<IReadOnlyList<JournalEntry>> FindEntries(long client, JournalQuery query, CancellationToken cancel) => _writer.Run((rows, _) => rows.Journal.Find(client, query));

    public ValueTask<long> CountEntries(long client, JournalQuery query, CancellationToken cancel) => _writer.Run((rows, _) => rows.Journal.Count(client, query));

    public async ValueTask ClearEntries(long client, long upTo, CancellationToken cancel) => await _writer.Run((rows, _) =>
    {
        rows.Journal.Clear(client);
        return true;
    });

    public ValueTask<IReadOnlyList<ClaimedMessage>> ClaimMessages(DateTimeOffset real, DateTimeOffset until, int atMost, CancellationToken cancel) =>
        _writer.Run<IReadOnlyList<ClaimedMessage>>((rows, clients) =>
        {
            var claimed = new List<ClaimedMessage>();
            foreach (var (id, message) in rows.Messages.Waiting(real, atMost))
            {
                // Its client can be forgotten, or its clock be set, by what shares this flush.
                if (clients.Find(id) is not { } client || message.Due > client.Clock.At(real))
                    continue;
                claimed.Add(new ClaimedMessage(client, message with { NextAttempt = until }));
                rows.Messages.Update(id, claimed[^1].Message, kept: true);
            }

            return claimed;
        });

    public ValueTask<bool> ForgetClient(long client, CancellationToken cancel) => _writer.Run((rows, clients) =>
    {
        if (clients.Find(client) is not { } state)
            return false;
        rows.Delete(state);
        clients.Forget(state);
        return true;
    });

    public ValueTask<int> ForgetSandboxes(DateTimeOffset unusedSince, CancellationToken cancel) => _writer.Run((rows, clients) =>
    {
        var idle = clients.All.Where(client => client.IsSandbox && client.LastUsed < unusedSince).ToList();
        foreach (var client in idle)
        {
            rows.Delete(client);
            clients.Forget(client);
        }

        return idle.Count;
    });

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        CloseReaders();
        _flush.Dispose();
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Found Load(SqliteRows rows, Client client, Change change)
    {
        var serial = change.NeedsVoucher(client);
        var reference = change.NeedsReference(client);
        var message = change.NeedsMessage(client);
        if (serial == 0 && message == 0 && reference is null)
            return Found.Nothing;
        return new Found(
            serial == 0 ? null : rows.Vouchers.Find(client.Id, serial),
            reference is { } key ? rows.Vouchers.FindByReference(client.Id, key.Campaign, key.Reference) : [],
            change.NeedsHistory ? rows.Events.Of(client.Id, serial) : null,
            message == 0 ? null : rows.Messages.Find(client.Id, message));
    }

    private static void Save(SqliteRows rows, long client, Outcome outcome)
    {
        if (outcome.Restart is not null)
            rows.DeleteVouchers(client);
        foreach (var voucher in outcome.Restart ?? outcome.Added ?? [])
            rows.Vouchers.Insert(client, voucher);
        foreach (var (serial, became) in outcome.Histories ?? [])
            rows.Events.Append(client, serial, became);

        foreach (var message in outcome.Messages ?? [])
            rows.Messages.Insert(client, message);

        if (outcome is { Changed: true, Issued: true })
            rows.Vouchers.Insert(client, outcome.Voucher!);
        else if (outcome.Changed)
            rows.Vouchers.Update(client, outcome.Voucher!);
        if (outcome is { Changed: true, Event: { } happened })
            rows.Events.Append(client, outcome.Voucher!.Serial, happened);
    }
}
