using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>503 with the page of a gateway, where a client expects JSON.</summary>
internal static class Unavailable
{
    public static Answer Of(Answer answer, Strike strike) => new(
        StatusCodes.Status503ServiceUnavailable, "text/html",
        "<!DOCTYPE html><html><head><title>503 Service Unavailable</title></head><body><h1>Service Unavailable</h1><p>The service is unavailable.</p></body></html>"u8.ToArray());
}
