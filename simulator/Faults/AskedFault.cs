using ImovoSim.Control;
using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>Where the vendor's calls meet faults: the one that a call asks for itself, and the answer that is struck.</summary>
internal static class AskedFault
{
    public const string Header = "X-Sim-Fault";
    public const string StruckHeader = "X-Sim-Fault-Struck";

    /// <summary>A header that is not understood is refused: whoever sends it waits for a fault that would never come.</summary>
    public static (Fault? Fault, Answer? Wrong) Of(HttpRequest request)
    {
        if (request.Headers[Header] is not [{ Length: > 0 } header, ..])
            return (null, null);
        var (fault, wrong) = FaultRequest.ReadHeader(header);
        return (fault, wrong is null ? null : ControlProblem.Wrong($"{Header}: {wrong}"));
    }

    public static Answer Strike(Answer answer, Strike? strike, TimeProvider time)
    {
        if (strike is null)
            return answer;
        return Spoilt(answer, strike) with { Struck = (response, whole) => Write(response, whole, strike, time) };
    }

    /// <summary>Where nothing has happened there is no answer to spoil but the one of a service that failed.</summary>
    public static Answer Spoilt(Answer answer, Strike strike) =>
        strike.Fault.When == Fault.Before ? answer with { Status = StatusCodes.Status200OK, Header = null } : answer;

    private static async Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time)
    {
        var fault = strike.Fault;
        response.Headers[StruckHeader] = $"{fault.Kind} {fault.When}, {strike.By}";
        try
        {
            await FaultKinds.Of(fault).Write(response, answer, strike, time);
        }
        catch (OperationCanceledException)
        {
            // The caller did not wait for it.
        }
    }
}
