using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>Nothing comes until the caller gives up, or the time is over and the connection ends.</summary>
internal static class NoAnswer
{
    public static TimeSpan Of(Strike strike) => TimeSpan.FromMilliseconds(strike.Fault.Milliseconds ?? FaultRequest.LongestWait);

    public static async Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time)
    {
        await Task.Delay(Of(strike), time, response.HttpContext.RequestAborted);
        response.HttpContext.Abort();
    }
}
