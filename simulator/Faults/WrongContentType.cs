using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>The right body under a type that says otherwise.</summary>
internal static class WrongContentType
{
    public static Answer Of(Answer answer, Strike strike) => answer with { ContentType = "text/html; charset=utf-8" };
}
