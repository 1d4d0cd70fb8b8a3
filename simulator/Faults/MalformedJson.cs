using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>The body without its last brace: a length that fits, and JSON that never ends.</summary>
internal static class MalformedJson
{
    public static Answer Of(Answer answer, Strike strike) =>
        answer with { Body = answer.Body.IsEmpty ? "{"u8.ToArray() : answer.Body[..^1] };
}
