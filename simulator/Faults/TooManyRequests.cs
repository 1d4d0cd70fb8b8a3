using System.Globalization;
using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>429, and when to try again.</summary>
internal static class TooManyRequests
{
    public static Answer Of(Answer answer, Strike strike) =>
        Answer.Bare(StatusCodes.Status429TooManyRequests) with
        {
            Header = "Retry-After",
            HeaderValue = (strike.Fault.RetryAfter ?? 1).ToString(CultureInfo.InvariantCulture),
        };
}
