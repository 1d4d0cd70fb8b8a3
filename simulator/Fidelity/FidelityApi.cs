using System.Text.Json.Serialization;

namespace ImovoSim.Fidelity;

/// <summary>GET /_sim/fidelity: what is known of the real service, and what this simulator answers where nothing is.</summary>
internal static class FidelityApi
{
    public static void MapFidelity(this IEndpointRouteBuilder routes, Profile facts)
    {
        var table = Facts.All.OrderBy(fact => fact.Question).Select(fact => new FactBody(
            fact.Id, fact.Question, fact.Asks, fact.Answers, facts[fact], facts[fact] == fact.Answers[0], fact.Known, fact.Evidence, fact.Probe)).ToArray();
        routes.MapGet("/_sim/fidelity", context => context.Response.WriteAsJsonAsync(table, FidelityJson.Default.FactBodyArray));
    }
}

/// <summary>A row of the fact table with the answer in force.</summary>
internal sealed record FactBody(
    string Id, int Question, string Asks, string[] Answers, string InForce, bool IsDefault, string Known, string Evidence, string Probe);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FactBody[]))]
internal sealed partial class FidelityJson : JsonSerializerContext;
