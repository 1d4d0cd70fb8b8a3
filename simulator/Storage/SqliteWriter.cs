namespace ImovoSim.Storage;

/// <summary>
/// Whoever writes the file, one at a time: what waits while a flush is under way goes into the next one, so the price of
/// a flush is shared by all who wait. A thread of its own does it: whoever reads a socket has others to answer meanwhile.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostPerFlush = 1024;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _handedOver = new(0);
    private readonly SqliteFlush _flush;
    private readonly Thread _thread;
    private List<SqliteWork> _queue = [];
    private List<SqliteWork> _spare = [];
    private bool _writing;
    private bool _stopping;

    public SqliteWriter(SqliteFlush flush)
    {
        _flush = flush;
        _thread = new Thread(WriteUntilStopped) { IsBackground = true, Name = "sqlite" };
        _thread.Start();
    }

    public ValueTask<T> Run<T>(Func<SqliteRows, SqliteClients, T> run)
    {
        var work = new SqliteWork<T>(run);
        lock (_lock)
        {
            if (_stopping)
                throw new StoreException("the program is stopping");
            _queue.Add(work);
            if (_writing)
                return new(work.Task);
            _writing = true;
        }

        _handedOver.Release();
        return new(work.Task);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            if (!_writing)
                _handedOver.Release();
        }

        _thread.Join();
        _handedOver.Dispose();
    }

    private void WriteUntilStopped()
    {
        while (true)
        {
            _handedOver.Wait();
            // On one processor those who have something for this flush too have their turn first.
            Thread.Yield();
            while (Next() is { } batch)
            {
                foreach (var chunk in batch.Chunk(MostPerFlush))
                {
                    _flush.Run(chunk);
                    WakeUps.Of(chunk);
                }

                batch.Clear();
            }

            lock (_lock)
            {
                if (_stopping && !_writing)
                    return;
            }
        }
    }

    private List<SqliteWork>? Next()
    {
        lock (_lock)
        {
            _writing = _queue.Count > 0;
            if (!_writing)
                return null;
            (var batch, _queue, _spare) = (_queue, _spare, _queue);
            return batch;
        }
    }
}

/// <summary>Something to be done with the file in the next flush, and who waits for it.</summary>
internal abstract class SqliteWork : IWaiting
{
    public Exception? Failure { get; set; }

    public abstract void Run(SqliteRows rows, SqliteClients clients);

    public abstract void Wake();
}

internal sealed class SqliteWork<T>(Func<SqliteRows, SqliteClients, T> run) : SqliteWork
{
    private readonly TaskCompletionSource<T> _answer = new();
    private T? _result;

    public Task<T> Task => _answer.Task;

    public override void Run(SqliteRows rows, SqliteClients clients) => _result = run(rows, clients);

    public override void Wake()
    {
        if (Failure is null)
            _answer.SetResult(_result!);
        else
            _answer.SetException(Failure);
    }
}
