using System.Collections.Concurrent;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Vouchers;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// What can take long, lists and counts over all of a client's vouchers, goes by connections of its own: nobody who
/// issues waits for it. Each sees what was committed when it began.
internal sealed partial class SqliteStore
{
    private const int MostReaders = 2;
    private readonly SemaphoreSlim _mayRead = new(MostReaders);
    private readonly ConcurrentBag<SqliteRows> _readers = [];

    public ValueTask<IReadOnlyList<Voucher>> FindVouchers(long client, VoucherQuery query, CancellationToken cancel) => Read(rows => rows.Vouchers.Find(client, query), cancel);

    public ValueTask<long> CountVouchers(long client, VoucherQuery query, CancellationToken cancel) => Read(rows => rows.Vouchers.Count(client, query), cancel);

    public ValueTask<IReadOnlyList<Message>> FindMessages(long client, MessageQuery query, CancellationToken cancel) => Read(rows => rows.Messages.Find(client, query), cancel);

    public ValueTask<long> CountMessages(long client, MessageQuery query, CancellationToken cancel) => Read(rows => rows.Messages.Count(client, query), cancel);

    public ValueTask<string?> FindSetting(string name, CancellationToken cancel) => Read(rows => rows.Settings.Find(name), cancel);

    public async ValueTask<Snapshot?> Snapshot(long client, CancellationToken cancel)
    {
        // Not one of the two: how long it is held, its caller says.
        var rows = await Task.Run(OpenToRead, cancel);
        try
        {
            rows.BeginRead();
            if (rows.Clients.Find(client) is { } found)
                return new SqliteSnapshot(found, rows);
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        rows.Dispose();
        return null;
    }

    private async ValueTask<T> Read<T>(Func<SqliteRows, T> read, CancellationToken cancel)
    {
        await _mayRead.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => ReadHere(read), cancel);
        }
        finally
        {
            _mayRead.Release();
        }
    }

    private T ReadHere<T>(Func<SqliteRows, T> read)
    {
        if (!_readers.TryTake(out var rows))
            rows = OpenToRead();
        try
        {
            var result = read(rows);
            _readers.Add(rows);
            return result;
        }
        catch (Exception e)
        {
            rows.Dispose();
            throw e is SqliteException ? Failed(e) : e;
        }
    }

    private SqliteRows OpenToRead()
    {
        try
        {
            return SqliteFile.OpenToRead(_flush.Folder);
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }
    }

    private StoreException Failed(Exception e) => new($"{_flush.Path}: {SqliteFlush.Cause(e)}", e);

    private void CloseReaders()
    {
        while (_readers.TryTake(out var rows))
            rows.Dispose();
        _mayRead.Dispose();
    }

    private sealed class SqliteSnapshot(Client client, SqliteRows rows) : Snapshot(client)
    {
        public override ValueTask DisposeAsync()
        {
            rows.Dispose();
            return ValueTask.CompletedTask;
        }

        public override async ValueTask<IReadOnlyList<Message>> Messages(CancellationToken cancel) =>
            await Task.Run(() => rows.Messages.Find(Client.Id, new MessageQuery(default, OldestFirst: true, AtMost: int.MaxValue)), cancel);

        protected override async ValueTask<IReadOnlyList<(Voucher Voucher, IReadOnlyList<VoucherEvent> History)>> Page(long after, int size, CancellationToken cancel) =>
            await Task.Run(
                () => Join(rows.Vouchers.Find(Client.Id, new VoucherQuery(default, After: after, AtMost: size)), rows.Events.Between(Client.Id, after, after + size)), cancel);
    }
}
