using System.Globalization;
using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>429, and when to try again.</summary>
internal static class TooManyRequests
{
    public static Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time) =>
        (Answer.Bare(StatusCodes.Status429TooManyRequests) with
        {
            Header = "Retry-After",
            HeaderValue = (strike.Fault.RetryAfter ?? 1).ToString(CultureInfo.InvariantCulture),
        }).Write(response);
}
