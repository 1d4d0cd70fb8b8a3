using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>The whole answer, in ten pieces over a time.</summary>
internal static class SlowDrip
{
    private const int Pieces = 10;

    public static TimeSpan Of(Strike strike) => TimeSpan.FromMilliseconds(strike.Fault.Milliseconds ?? 5000);

    public static async Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        var pause = Of(strike) / (Pieces - 1);
        for (var piece = 0; piece < Pieces; piece++)
        {
            if (piece > 0)
                await Task.Delay(pause, time, response.HttpContext.RequestAborted);
            await response.BodyWriter.WriteAsync(answer.Body[(answer.Body.Length * piece / Pieces)..(answer.Body.Length * (piece + 1) / Pieces)]);
        }
    }
}
