using ImovoSim.Telemetry;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The changes that wait for one client. While a batch is under way, those that come go into the next.</summary>
internal sealed class PostgresLane(long client, PostgresConnections connections, PostgresWriters writers, TimeProvider time, int messagesAtMost)
{
    private const int MostPerBatch = 256;
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    // One of them is at fault, and the others only shared its batch: each gets one of its own.
    private readonly Queue<Waiting> _suspects = new();
    private readonly PostgresClientRow _row = new(client, connections, time, messagesAtMost);
    private bool _running;

    public Task<Outcome?> Decide(Change change)
    {
        var waiting = new Waiting(change);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (_running)
                return waiting.Task;
            _running = true;
        }

        writers.Enqueue(this);
        return waiting.Task;
    }

    /// <summary>Commits what waits, on a writer's thread, which goes on to another lane when one waits for it.</summary>
    public void Run(PostgresWriter writer)
    {
        while (Next() is { Length: > 0 } batch)
        {
            var answering = Answer(batch, writer);
            if (answering.IsCompleted && !writers.OthersWait)
                continue;
            _ = RunAfter(answering);
            return;
        }
    }

    // A connection that broke can be long in coming back, and no writer waits for that.
    private async Task RunAfter(Task answering)
    {
        await answering;
        writers.Enqueue(this);
    }

    private Waiting[] Next()
    {
        lock (_lock)
        {
            if (_suspects.TryDequeue(out var suspect))
                return [suspect];
            var batch = new Waiting[Math.Min(_waiting.Count, MostPerBatch)];
            for (var i = 0; i < batch.Length; i++)
                batch[i] = _waiting.Dequeue();
            _running = batch.Length > 0;
            return batch;
        }
    }

    private async Task Answer(Waiting[] batch, PostgresWriter writer)
    {
        try
        {
            var began = Meters.FlushBegins();
            var outcomes = await _row.Commit(writer, Array.ConvertAll(batch, waiting => waiting.Change));
            for (var i = 0; i < batch.Length; i++)
                batch[i].Outcome = outcomes?[i];
            Meters.Flushed(began, batch.Length);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            var failure = new StoreException($"PostgreSQL: {e.Message}", e);
            foreach (var waiting in batch)
                waiting.Failure = failure;
        }
        catch (Exception) when (batch.Length > 1)
        {
            lock (_lock)
                Array.ForEach(batch, _suspects.Enqueue);
            return;
        }
        catch (Exception e)
        {
            batch[0].Failure = e;
        }

        WakeUps.Of(batch);
    }

    private sealed class Waiting(Change change) : TaskCompletionSource<Outcome?>, IWaiting
    {
        public Change Change => change;

        public Outcome? Outcome { get; set; }

        public Exception? Failure { get; set; }

        public void Wake()
        {
            if (Failure is null)
                SetResult(Outcome);
            else
                SetException(Failure);
        }
    }
}
