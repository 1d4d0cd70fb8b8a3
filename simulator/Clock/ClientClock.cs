namespace ImovoSim.Clock;

/// <summary>What a client has made of time: real (the default), moved by an offset, or frozen at an instant.</summary>
internal readonly record struct ClockSetting(TimeSpan Offset, DateTimeOffset? FrozenAt)
{
    public DateTimeOffset At(DateTimeOffset real) => FrozenAt ?? real + Offset;
}

/// <summary>A client's time, for whatever takes a <see cref="TimeProvider"/>.</summary>
internal sealed class ClientClock(TimeProvider real, ClockSetting setting) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => setting.At(real.GetUtcNow());
}
