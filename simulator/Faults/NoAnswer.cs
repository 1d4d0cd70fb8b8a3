using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>Nothing comes until the caller gives up, or the time is over and the connection ends.</summary>
internal static class NoAnswer
{
    public static async Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(strike.Fault.Milliseconds ?? FaultRequest.LongestWait), time, response.HttpContext.RequestAborted);
        response.HttpContext.Abort();
    }
}
