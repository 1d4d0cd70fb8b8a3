using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Clock;

/// <summary>Makes another clock of a client's clock; it knows what time it was before.</summary>
internal sealed class SetClock(Func<ClockSetting, DateTimeOffset, ClockSetting> set, DateTimeOffset real) : Change(real)
{
    // Wide enough for any voucher, and no arithmetic with dates comes near the end of what a date can be.
    public static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Last = new(2199, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Before { get; private set; }

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        Before = now;
        var clock = set(client.Clock, Real);
        return IsInRange(clock.At(Real))
            ? new Outcome([], Client: client with { Clock = clock })
            : Outcome.Refuse(Reason.ClockOutOfRange);
    }

    /// <summary>Whether a client's clock can be set to it.</summary>
    public static bool IsInRange(DateTimeOffset instant) => instant >= First && instant <= Last;
}
