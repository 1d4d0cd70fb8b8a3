using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>The status and the type of the answer, and nothing in it.</summary>
internal static class EmptyBody
{
    public static Answer Of(Answer answer, Strike strike) => answer with { Body = default };
}
