using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>The right body under a type that says otherwise.</summary>
internal static class WrongContentType
{
    public static Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time) =>
        (answer with { ContentType = "text/html; charset=utf-8" }).Write(response);
}
