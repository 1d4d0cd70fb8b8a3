using System.ComponentModel;
using System.Text.Json.Serialization;
using ImovoSim.Control;

namespace ImovoSim.Fidelity;

/// <summary>GET /_sim/fidelity: what is known of the real service, and what this simulator answers where nothing is.</summary>
internal static class FidelityApi
{
    public static void MapFidelity(this IEndpointRouteBuilder routes, Profile facts)
    {
        var table = Facts.All.OrderBy(fact => fact.Question).Select(fact => new FactBody(
            fact.Id, fact.Question, fact.Asks, fact.Answers, facts[fact], facts[fact] == fact.Answers[0], fact.Known, fact.Evidence, fact.Probe)).ToArray();
        routes.MapGet("/_sim/fidelity", context => context.Response.WriteAsJsonAsync(table, FidelityJson.Default.FactBodyArray)).Describes(() => new(
            "listFacts", "Fidelity", "List the facts", "Every question that the vendor's page leaves open, with the answer in force here.")
        {
            Access = Access.Anyone,
            Answers = [RouteAnswer.Ok(FidelityJson.Default.FactBodyArray, "The facts, by the number of their question.")],
        });
    }
}

/// <summary>A row of the fact table with the answer in force.</summary>
internal sealed record FactBody(
    [property: Description("Its name, as a profile has it.")] string Id,
    [property: Description("Its number in the list of open questions.")] int Question,
    [property: Description("What is asked of the real service.")] string Asks,
    [property: Description("The possible answers; the first is the default.")] string[] Answers,
    [property: Description("The answer that this simulator gives.")] string InForce,
    [property: Description("Whether that is the default.")] bool IsDefault,
    [property: Description("How it is known: documented, observed with a date, or assumed.")] string Known,
    [property: Description("What it is known from.")] string Evidence,
    [property: Description("The call that would settle it.")] string Probe);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FactBody[]))]
internal sealed partial class FidelityJson : JsonSerializerContext;
