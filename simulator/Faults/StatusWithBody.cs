using System.Text;
using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>Any status with any body.</summary>
internal static class StatusWithBody
{
    public static Answer Of(Answer answer, Strike strike)
    {
        var (status, body, type) = (strike.Fault.Status ?? 500, strike.Fault.Body, strike.Fault.ContentType);
        return new Answer(status, type ?? (body is null ? null : "text/plain; charset=utf-8"), Encoding.UTF8.GetBytes(body ?? ""));
    }
}
