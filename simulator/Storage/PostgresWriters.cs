using System.Collections.Concurrent;

namespace ImovoSim.Storage;

/// <summary>
/// The threads that commit. They wait for the server by themselves: an answer reaches a thread that waits for it sooner
/// than by way of the pool, and the pool, which answers callers, is never held up. It must not be: on one processor the
/// pool is one thread, and a commit on it waits until there is another.
/// </summary>
internal sealed class PostgresWriters : IDisposable
{
    private readonly BlockingCollection<PostgresLane> _waiting = [];
    private readonly Thread[] _threads;

    public PostgresWriters(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Run) { IsBackground = true, Name = "postgres" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Whether a lane waits that no thread has taken.</summary>
    public bool OthersWait => _waiting.Count > 0;

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
