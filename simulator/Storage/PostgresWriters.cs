namespace ImovoSim.Storage;

/// <summary>
/// The threads that commit. They wait for the server by themselves: an answer reaches a thread that waits for it sooner
/// than by way of the pool, and the pool, which answers callers, is never held up. It must not be: on one processor the
/// pool is one thread, and a commit on it waits until there is another.
/// </summary>
internal sealed class PostgresWriters : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<PostgresLane> _waiting = new();
    // The last to stop is the first to go on: what it asked of the server is still at hand there.
    private readonly Stack<PostgresWriter> _idle = new();
    private readonly PostgresWriter[] _writers;
    private bool _stopping;

    public PostgresWriters(PostgresConnections connections, TimeProvider time)
    {
        _writers = [.. Enumerable.Range(0, connections.Writers).Select(_ => new PostgresWriter(this, connections, time))];
        foreach (var writer in _writers)
            writer.Start();
    }

    /// <summary>Whether a lane waits that no thread has taken.</summary>
    public bool OthersWait
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0;
        }
    }

    public void Enqueue(PostgresLane lane)
    {
        PostgresWriter? idle;
        lock (_lock)
        {
            if (_stopping)
                throw new StoreException("the program is stopping");
            _waiting.Enqueue(lane);
            _idle.TryPop(out idle);
        }

        idle?.GoOn();
    }

    /// <summary>The next lane; null where there is none, and the writer is told when there is.</summary>
    public PostgresLane? Next(PostgresWriter writer)
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var lane))
                return lane;
            _idle.Push(writer);
            return null;
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _stopping = true;
        Parallel.ForEach(_writers, writer => writer.Dispose());
    }
}
