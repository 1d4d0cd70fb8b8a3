using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>The answer comes later: always by the same time, between two, or spread around one.</summary>
internal static class Latency
{
    public const int Usual = 1000;

    public static async Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time)
    {
        await Task.Delay(Of(strike), time, response.HttpContext.RequestAborted);
        await answer.Write(response);
    }

    public static TimeSpan Of(Strike strike)
    {
        var fault = strike.Fault;
        var milliseconds = (double)(fault.Milliseconds ?? Usual);
        if (fault.To is { } to)
            milliseconds += (to - milliseconds) * strike.First;
        else if (fault.Deviation is { } deviation)
            milliseconds += deviation * Normal(strike.First, strike.Second);
        return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, FaultRequest.LongestWait));
    }

    // Box and Muller: two even draws make one of the bell.
    private static double Normal(double first, double second) => Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second);
}
