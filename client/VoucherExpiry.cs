using System.Globalization;

namespace ImovoSim.Client;

/// <summary>
/// Until when a voucher can be redeemed. The service writes London wall-clock time without a zone (assumed), with up to seven
/// decimals of a second; all of them are kept.
/// </summary>
public readonly record struct VoucherExpiry
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>An expiry at this time on London's clocks.</summary>
    /// <param name="londonTime">Read as London wall-clock time, whatever its kind.</param>
    public VoucherExpiry(DateTime londonTime)
    {
        LondonTime = DateTime.SpecifyKind(londonTime, DateTimeKind.Unspecified);
        Instant = ImovoSim.Client.LondonTime.ToInstant(LondonTime);
    }

    /// <summary>The last moment on London's clocks, of kind Unspecified. Show this to the customer.</summary>
    public DateTime LondonTime { get; }

    /// <summary>
    /// The last moment as an instant, with London's offset. Compare this with your clock. In the hour that October's clock change
    /// repeats it is the later of the two; in the hour that March's skips it is the moment of the change.
    /// </summary>
    public DateTimeOffset Instant { get; }

    /// <summary>Reads the service's form; one with an offset, which it is not known to write, is taken at its word.</summary>
    internal static bool TryParse(string text, out VoucherExpiry expiry)
    {
        expiry = default;
        if (!DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read))
            return false;
        if (read.Kind == DateTimeKind.Unspecified)
            expiry = new(read);
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            expiry = new(ImovoSim.Client.LondonTime.FromInstant(instant));
        return true;
    }
}
