using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>The status and the type of the answer, and nothing in it.</summary>
internal static class EmptyBody
{
    public static Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time) => (answer with { Body = default }).Write(response);
}
