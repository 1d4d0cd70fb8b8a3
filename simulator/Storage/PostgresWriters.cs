using System.Collections.Concurrent;

namespace ImovoSim.Storage;

/// <summary>
/// The threads that commit. They wait for the server by themselves: an answer reaches a thread that waits for it sooner
/// than by way of the pool, and the pool, which answers callers, is never held up.
/// </summary>
internal sealed class PostgresWriters : IDisposable
{
    private readonly BlockingCollection<PostgresLane> _waiting = [];
    private readonly Thread[] _threads;
    private int _entered;

    public PostgresWriters(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Run) { IsBackground = true, Name = "postgres" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Whether a lane waits that no thread has taken.</summary>
    public bool OthersWait => _waiting.Count > 0;

    /// <summary>Whether the caller may commit on its own thread. One at a time: the pool that answers callers must not wait for a server.</summary>
    public bool TryEnter() => Interlocked.Exchange(ref _entered, 1) == 0;

    public void Leave() => Volatile.Write(ref _entered, 0);

    public void Enqueue(PostgresLane lane)
    {
        try
        {
            _waiting.Add(lane);
        }
        catch (InvalidOperationException e)
        {
            throw new StoreException("the program is stopping", e);
        }
    }

    public void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _waiting.Dispose();
    }

    private void Run()
    {
        foreach (var lane in _waiting.GetConsumingEnumerable())
            lane.Run();
    }
}
