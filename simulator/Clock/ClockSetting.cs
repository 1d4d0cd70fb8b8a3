namespace ImovoSim.Clock;

/// <summary>What a client has made of time: real (the default), moved by an offset, or frozen at an instant.</summary>
internal readonly record struct ClockSetting(TimeSpan Offset, DateTimeOffset? FrozenAt)
{
    /// <summary>The client's time at an instant of the host's TimeProvider.</summary>
    public DateTimeOffset At(DateTimeOffset real) => FrozenAt ?? real + Offset;
}
