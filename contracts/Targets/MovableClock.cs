namespace ImovoSim.Contracts;

/// <summary>A clock that shows what it is told, also an earlier time than before, and stands still until told again.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _ticks = System.GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public Task Set(DateTimeOffset instant, CancellationToken stop)
    {
        Interlocked.Exchange(ref _ticks, instant.UtcTicks);
        return Task.CompletedTask;
    }
}
