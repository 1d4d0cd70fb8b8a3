using ImovoSim.Telemetry;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The changes that wait for one client. While a batch is under way, those that come go into the next.</summary>
internal sealed class PostgresLane(long client, PostgresConnections connections, PostgresWriters writers, TimeProvider time, int messagesAtMost)
{
    private const int MostPerBatch = 256;
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private readonly Queue<Waiting[]> _again = new();
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
            if (_again.TryDequeue(out var again))
                return again;
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
        catch (PostgresClientRow.NotKeptException e) when (e.MayBeTriedAgain && !batch[0].IsTriedAgain)
        {
            // The server may only have been started anew since the last batch.
            Array.ForEach(batch, waiting => waiting.IsTriedAgain = true);
            lock (_lock)
                _again.Enqueue(batch);
            return;
        }
        catch (InDoubtException e)
        {
            Array.ForEach(batch, waiting => waiting.Failure = e);
        }
        catch (Exception e) when (e is PostgresClientRow.NotKeptException or NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            var failure = new StoreException($"PostgreSQL: {e.Message}", e);
            foreach (var waiting in batch)
                waiting.Failure = failure;
        }
        catch (Exception) when (batch.Length > 1)
        {
            // One of them is at fault, and the others only shared its batch.
            lock (_lock)
                Array.ForEach(batch, waiting => _again.Enqueue([waiting]));
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

        public bool IsTriedAgain { get; set; }

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
