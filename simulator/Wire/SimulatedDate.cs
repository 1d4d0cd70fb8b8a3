using System.Globalization;
using ImovoSim.Storage;

namespace ImovoSim.Wire;

/// <summary>The Date header of a client whose clock is not the real one; the server writes everybody else's.</summary>
internal static class SimulatedDate
{
    public static void Set(HttpResponse response, Change? decided)
    {
        if (decided?.After is { Clock: var clock } && clock != default)
            response.Headers.Date = clock.At(decided.Real).UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
    }
}
