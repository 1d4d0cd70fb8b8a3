using System.Security.Cryptography;
using ImovoSim.Storage;

namespace ImovoSim.Journal;

/// <summary>
/// What every client's calls said, the last ones of each. Written behind: an entry is in the store a quarter of a second
/// after its call, where calls crowd two seconds, and at once for whoever asks this process, so that no call waits for its journal.
/// </summary>
internal sealed partial class Journal(IStore store, Settings settings, TimeProvider time, ILogger<Journal> log) : BackgroundService
{
    // Ids are microseconds with room below for what tells replicas apart. No chance of a client's: it only has to differ.
    private const int ReplicaBits = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // So many calls within a pause push each other out of what is kept: whoever writes less often writes fewer of them.
    private const int Crowd = 1000;
    private static readonly TimeSpan CrowdedPause = TimeSpan.FromSeconds(2);
    private readonly long _replica = settings.Store is "memory" or "sqlite" ? 0 : RandomNumberGenerator.GetInt32(1 << ReplicaBits);
    private readonly Lock _adding = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly SemaphoreSlim _arrived = new(0);
    private Dictionary<long, Queue<JournalEntry>> _waiting = [];
    private Dictionary<long, Queue<JournalEntry>> _taken = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastId;
    private int _added;
    private bool _failing;
    private Task? _lastFlush;

    public bool IsOn => settings.JournalEntries > 0;

    public void Add(long client, Exchange call)
    {
        lock (_adding)
        {
            if (!_waiting.TryGetValue(client, out var queue))
                _waiting[client] = queue = [];
            queue.Enqueue(new JournalEntry(NextId(), call));
            _added++;
            if (queue.Count > settings.JournalEntries)
                queue.Dequeue();
            if (_waiting.Count == 1 && queue.Count == 1)
                _arrived.Release();
            if (_next.Task.IsCompleted)
                return;
            _next.SetResult();
        }
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> Find(long client, JournalQuery query, CancellationToken cancel)
    {
        await Flush(cancel);
        return await store.FindEntries(client, query, cancel);
    }

    public async ValueTask<long> Count(long client, JournalQuery query, CancellationToken cancel)
    {
        await Flush(cancel);
        return await store.CountEntries(client, query, cancel);
    }

    public async ValueTask Clear(long client, CancellationToken cancel)
    {
        await Flush(cancel);
        long upTo;
        lock (_adding)
            upTo = NextId();
        await store.ClearEntries(client, upTo, cancel);
    }

    /// <summary>Returns when this process has seen another call, or after a quarter of a second, since another may have.</summary>
    public async Task Another(CancellationToken cancel)
    {
        Task next;
        lock (_adding)
        {
            if (_next.Task.IsCompleted)
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            next = _next.Task;
        }

        await Task.WhenAny(next, Task.Delay(Pause, time, cancel));
        cancel.ThrowIfCancellationRequested();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Task last;
        lock (_adding)
            last = _lastFlush ??= TryFlush(CancellationToken.None);
        // A host can be told to stop twice: whoever comes second waits too, or would take the store away meanwhile.
        await last;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _arrived.WaitAsync(stoppingToken);
                await TryFlush(stoppingToken);
                await Task.Delay(Interlocked.Exchange(ref _added, 0) > Math.Max(Crowd, settings.JournalEntries) ? CrowdedPause : Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The last entries are written when the server has stopped.
        }
    }

    private async Task TryFlush(CancellationToken cancel)
    {
        try
        {
            await Flush(cancel);
            _failing = false;
        }
        catch (StoreException e)
        {
            // Once for a row of failures: the calls themselves are logged one by one.
            if (!_failing)
                NotKept(log, e.Message);
            _failing = true;
            _arrived.Release();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A journal that cannot be written is no reason for the service to end, which it would with this loop.
            Lost(log, e);
        }
    }

    private async Task Flush(CancellationToken cancel)
    {
        await _flushing.WaitAsync(cancel);
        try
        {
            var taken = Take();
            foreach (var (client, entries) in taken)
            {
                await store.AppendEntries(client, [.. entries], settings.JournalEntries, CancellationToken.None);
                taken.Remove(client);
            }
        }
        catch (StoreException)
        {
            PutBack();
            throw;
        }
        finally
        {
            _flushing.Release();
        }
    }

    private Dictionary<long, Queue<JournalEntry>> Take()
    {
        lock (_adding)
        {
            (_taken, _waiting) = (_waiting, []);
            return _taken;
        }
    }

    private void PutBack()
    {
        lock (_adding)
        {
            foreach (var (client, queue) in _taken)
            {
                foreach (var entry in _waiting.GetValueOrDefault(client, []))
                    queue.Enqueue(entry);
                while (queue.Count > settings.JournalEntries)
                    queue.Dequeue();
                _waiting[client] = queue;
            }
        }
    }

    private long NextId()
    {
        var microseconds = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond - DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond;
        return _lastId = Math.Max(_lastId + (1 << ReplicaBits), (microseconds << ReplicaBits) + _replica);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal waits for the store, and keeps only each client's last entries until then: {Why}")]
    private static partial void NotKept(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Entries of the journal could not be written and are lost; the calls themselves are not")]
    private static partial void Lost(ILogger log, Exception e);
}
