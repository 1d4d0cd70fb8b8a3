using System.Text.Json.Serialization.Metadata;

namespace ImovoSim.Control;

/// <summary>Who may call a route.</summary>
internal enum Access
{
    Client,
    Admin,
    Anyone,
}

/// <summary>What the document at /_sim/openapi.json says of a route, kept where the route is mapped.</summary>
/// <param name="Id">The operation's name, also for programs that are generated from the document.</param>
internal sealed record RouteDescription(string Id, string Tag, string Summary, string Text)
{
    public Access Access { get; init; }

    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>The body that is taken; null where none is read.</summary>
    public JsonTypeInfo? Takes { get; init; }

    /// <summary>What file is taken, where its members are not this document's to describe.</summary>
    public string? TakesFile { get; init; }

    /// <summary>What plain text is taken.</summary>
    public string? TakesText { get; init; }

    public IReadOnlyList<RouteAnswer> Answers { get; init; } = [];

    /// <summary>The statuses of problem details, beside those that every route can have.</summary>
    public IReadOnlyList<int> Refuses { get; init; } = [];
}

/// <param name="Most">The largest, where it is a whole number; otherwise it is a text.</param>
internal sealed record QueryParameter(string Name, string Text, IReadOnlyList<string>? OneOf = null, long? Least = null, long? Most = null);

/// <param name="Body">Null where there is none, or where it is no JSON.</param>
internal sealed record RouteAnswer(int Status, string Text, JsonTypeInfo? Body = null, string ContentType = "application/json")
{
    public static RouteAnswer Ok(JsonTypeInfo body, string text) => new(StatusCodes.Status200OK, text, body);

    public static RouteAnswer Created(JsonTypeInfo body, string text) => new(StatusCodes.Status201Created, text, body);

    public static RouteAnswer Gone(string text) => new(StatusCodes.Status204NoContent, text);
}

internal static class RouteDescriptions
{
    // Made when somebody reads the document: making all of them is a tenth of a start.
    public static void Describes(this IEndpointConventionBuilder route, Func<RouteDescription> description) => route.WithMetadata(description);
}
