using System.Globalization;

namespace ImovoSim.Client;

/// <summary>
/// A client's own time: real until it is set. The Date header and every time that the client sees follow it. A clock is set
/// from the year 2000 to 2199; what lies beyond is an <see cref="ImovoSimulatorException"/> (400).
/// </summary>
public sealed class SimulatorClock
{
    private const string Path = "_sim/clock";
    private readonly SimulatorConnection _connection;

    internal SimulatorClock(SimulatorConnection connection) => _connection = connection;

    /// <summary>What time it is for the client.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockReading> Get(CancellationToken cancellationToken = default) => _connection.Get(Path, SimulatorJson.Default.ClockReading, cancellationToken);

    /// <summary>Stops the clock where it stands.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockReading> Freeze(CancellationToken cancellationToken = default) => Put(new("frozen", null, null), cancellationToken);

    /// <summary>Stops the clock at an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockReading> Freeze(DateTimeOffset at, CancellationToken cancellationToken = default) => Put(new("frozen", Text(at), null), cancellationToken);

    /// <summary>Stops the clock at the first moment of a day in London.</summary>
    /// <param name="londonDay">The day.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockReading> Freeze(DateOnly londonDay, CancellationToken cancellationToken = default) =>
        Put(new("frozen", londonDay.ToString("O", CultureInfo.InvariantCulture), null), cancellationToken);

    /// <summary>Stops the clock at a time as it is written.</summary>
    /// <param name="at">Such as <c>2026-08-02T23:00:00</c>, a time in London, or <c>2026-08-02T23:00:00Z</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The text is no time (400).</exception>
    public Task<ClockReading> Freeze(string at, CancellationToken cancellationToken = default) => Put(new("frozen", at, null), cancellationToken);

    /// <summary>Lets the clock run on from an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockReading> RunFrom(DateTimeOffset at, CancellationToken cancellationToken = default) => Put(new("offset", Text(at), null), cancellationToken);

    /// <summary>Lets the clock run on, so far ahead of the real one.</summary>
    /// <param name="offset">Whole seconds, not below zero.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockReading> RunAhead(TimeSpan offset, CancellationToken cancellationToken = default) => Put(new("offset", null, Iso(offset)), cancellationToken);

    /// <summary>Moves the clock on by elapsed time: seven days are 168 hours, also where London's clocks change on the way.</summary>
    /// <param name="by">Whole seconds, not below zero.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock, and what fell due on the way.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockAdvance> Advance(TimeSpan by, CancellationToken cancellationToken = default) => Advance(Iso(by), cancellationToken);

    /// <summary>Moves the clock on by an ISO 8601 duration: years, months and days follow London's calendar, hours and less are exact.</summary>
    /// <param name="by">Such as <c>P7D</c>, <c>P1M</c> or <c>PT1H30M</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock, and what fell due on the way.</returns>
    /// <exception cref="ImovoSimulatorException">The text is no duration (400).</exception>
    public Task<ClockAdvance> Advance(string by, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, $"{Path}/advance", new(by), SimulatorJson.Default.AdvanceRequest, SimulatorJson.Default.ClockAdvance, cancellationToken);

    /// <summary>Makes the clock the real one again.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clock as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<ClockReading> BackToReal(CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Delete, Path, SimulatorJson.Default.ClockReading, cancellationToken);

    internal static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private Task<ClockReading> Put(ClockRequest clock, CancellationToken cancellationToken) =>
        _connection.Send(HttpMethod.Put, Path, clock, SimulatorJson.Default.ClockRequest, SimulatorJson.Default.ClockReading, cancellationToken);

    private static string Iso(TimeSpan span) => span >= TimeSpan.Zero && span.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"PT{(long)span.TotalHours}H{span.Minutes}M{span.Seconds}S")
        : throw new ArgumentOutOfRangeException(nameof(span), span, "A clock moves by whole seconds, and not back: freeze it at an earlier instant instead.");
}
