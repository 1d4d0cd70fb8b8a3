using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImovoSim.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace ImovoSim.Control;

/// <summary>GET /_sim/openapi.json: what the routes say of themselves, as OpenAPI.</summary>
internal sealed class ControlDocument
{
    private const string About =
        """
        A client steers its own world with the `X-API-KEY` that it has, the admin all clients with `Authorization: Bearer TOKEN`. One client can neither see nor touch another's: what belongs to another is 404, as what does not exist.

        What goes wrong is problem details (RFC 9457) whose `detail` says what to do. A member or a parameter that a route does not know is refused, so that a misspelt one does not pass for a default. A member without a value is left out, never null. Money is pounds with two decimals.

        These routes are never struck by faults. Every change is kept as vouchers are, and seen by all replicas.
        """;

    // Of the parts of paths that stand for something.
    private static readonly Dictionary<string, (string Text, string Example)> PathParameters = new()
    {
        ["code"] = ("The voucher's code, as it was issued.", "2193785990"),
        ["entry"] = ("The entry's number.", "1828565146828800000"),
        ["id"] = ("The fault's id.", "1"),
        ["message"] = ("The message's number.", "1"),
        ["name"] = ("The client's name, in any casing.", "partner"),
        ["application"] = ("The id that the request for a key was answered with.", "0123456789abcdef0123456789abcdef"),
    };

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Client"] = "The client as a whole.",
        ["Vouchers"] = "What a client has issued, and what a shop does with it.",
        ["Clock"] = "The client's own time.",
        ["Limit"] = "The client's weekly value limit.",
        ["Journal"] = "What was asked and answered, and why.",
        ["Messages"] = "What the client's customers were sent.",
        ["Verify"] = "What should exist, or have been asked or sent.",
        ["Faults"] = "Failures that a client asks for.",
        ["Onboarding"] = "A key of one's own by PGP.",
        ["Admin"] = "What concerns all clients.",
        ["Fidelity"] = "What is known of the real service.",
        ["Health"] = "For whatever runs the simulator.",
    };

    private readonly ControlSchemas _schemas = new();
    private readonly SortedDictionary<int, JsonNode?> _problems = [];
    private readonly JsonArray _examples;

    private ControlDocument(JsonArray examples) => _examples = examples;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Built when it is first asked for: then every route is mapped.
        var document = new Lazy<byte[]>(() => Write(routes.ServiceProvider.GetRequiredService<EndpointDataSource>().Endpoints));
        routes.MapGet("/_sim/openapi.json", context => new Answer(StatusCodes.Status200OK, "application/json; charset=utf-8", document.Value).Write(context.Response)).Describes(() => new(
            "showDocument", "Fidelity", "Show this document", "The control routes as OpenAPI. The vendor's operations are at /openapi.yaml, both to be read at /docs.")
        {
            Access = Access.Anyone,
            Answers = [new(StatusCodes.Status200OK, "The document.")],
        });
    }

    private static byte[] Write(IReadOnlyList<Endpoint> endpoints)
    {
        using var file = typeof(ControlDocument).Assembly.GetManifestResourceStream("control-examples.json")!;
        var document = new ControlDocument(JsonNode.Parse(file)!.AsArray()).Build(endpoints);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.WriteTo(writer);
        return buffer.ToArray();
    }

    private JsonObject Build(IReadOnlyList<Endpoint> endpoints)
    {
        var paths = new JsonObject();
        foreach (var route in endpoints.OfType<RouteEndpoint>())
        {
            if (route.Metadata.GetMetadata<Func<RouteDescription>>()?.Invoke() is not { } description)
                continue;
            var pattern = route.RoutePattern.RawText!;
            var path = paths[pattern] as JsonObject ?? [];
            paths[pattern] = path;
            foreach (var method in route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
                path[HttpMethods.IsGet(method) ? "get" : HttpMethods.IsPut(method) ? "put" : HttpMethods.IsDelete(method) ? "delete" : "post"] = Operation(route, description);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "ImovoSim control API",
                ["version"] = typeof(ControlDocument).Assembly.GetName().Version!.ToString(3),
                ["description"] = About.ReplaceLineEndings("\n"),
                ["contact"] = new JsonObject { ["name"] = "ImovoSim contributors" },
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The simulator that serves this document." }),
            ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["name"] = tag.Key, ["description"] = tag.Value })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = ApiKeyHeader.Name, ["description"] = "The key of the client that is steered; one that begins with `sim_` makes its sandbox." },
                    ["admin"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The setting Admin:Token, or the one that is printed at the start." },
                },
                ["responses"] = new JsonObject(_problems.Select(problem => KeyValuePair.Create($"Problem{problem.Key}", problem.Value))),
                ["schemas"] = _schemas.All,
            },
        };
    }

    private JsonObject Operation(RouteEndpoint route, RouteDescription description)
    {
        var operation = new JsonObject
        {
            ["operationId"] = description.Id,
            ["tags"] = new JsonArray(description.Tag),
            ["summary"] = description.Summary,
            ["description"] = description.Text,
            ["security"] = description.Access switch
            {
                Access.Client => new JsonArray(new JsonObject { ["apiKey"] = new JsonArray() }),
                Access.Admin => new JsonArray(new JsonObject { ["admin"] = new JsonArray() }),
                _ => new JsonArray(),
            },
        };
        JsonNode[] parameters = [.. route.RoutePattern.Parameters.Select(part => InPath(part.Name)), .. description.Query.Select(InQuery)];
        if (parameters.Length > 0)
            operation["parameters"] = new JsonArray(parameters);
        if (description.Takes is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = _schemas.IsRequired(body),
                ["content"] = new JsonObject { ["application/json"] = Content(_schemas.Of(body), Examples(description.Id, "body")) },
            };
        }

        if (description.TakesFile is { } file)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true, ["description"] = file,
                ["content"] = new JsonObject { ["application/json"] = Content(new JsonObject { ["type"] = "object" }, Examples(description.Id, "body")) },
            };
        }

        if (description.TakesText is { } text)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true, ["description"] = text,
                ["content"] = new JsonObject { ["text/plain"] = Content(new JsonObject { ["type"] = "string" }, Examples(description.Id, "body")) },
            };
        }

        operation["responses"] = Responses(description);
        return operation;
    }

    private static JsonObject InPath(string name) => new()
    {
        ["name"] = name, ["in"] = "path", ["required"] = true, ["description"] = PathParameters[name].Text,
        ["schema"] = new JsonObject { ["type"] = "string" }, ["example"] = PathParameters[name].Example,
    };

    private static JsonNode InQuery(QueryParameter query)
    {
        var schema = new JsonObject { ["type"] = query.Most is null ? "string" : "integer" };
        if (query.Most is { } most)
            (schema["minimum"], schema["maximum"]) = (query.Least, most);
        if (query.OneOf is { } values)
            schema["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        return new JsonObject { ["name"] = query.Name, ["in"] = "query", ["description"] = query.Text, ["schema"] = schema };
    }

    private JsonObject Responses(RouteDescription description)
    {
        int[] common = description.Access == Access.Anyone ? [] : [401, .. description.Takes is null && description.TakesFile is null && description.TakesText is null ? Array.Empty<int>() : [413], 500, 503];
        var responses = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var status in description.Refuses.Concat(common))
            responses[$"{status}"] = Problem(status);
        foreach (var answer in description.Answers)
        {
            var response = new JsonObject { ["description"] = answer.Text };
            if (answer.Status != StatusCodes.Status204NoContent)
            {
                var schema = answer.Body is { } body ? _schemas.Of(body) : new JsonObject { ["type"] = answer.ContentType.StartsWith("text/", StringComparison.Ordinal) ? "string" : "object" };
                response["content"] = new JsonObject { [answer.ContentType] = Content(schema, Examples(description.Id, "answer", answer.Status)) };
            }

            responses[$"{answer.Status}"] = response;
        }

        return new JsonObject(responses);
    }

    private JsonObject Problem(int status)
    {
        if (!_problems.ContainsKey(status))
        {
            _problems[status] = new JsonObject
            {
                ["description"] = $"{ReasonPhrases.GetReasonPhrase(status)}: `detail` says why, and what to do.",
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = _schemas.Of(ControlJson.Plain.ProblemBody) } },
            };
        }

        return new JsonObject { ["$ref"] = $"#/components/responses/Problem{status}" };
    }

    private static JsonObject Content(JsonObject schema, JsonObject examples) =>
        examples.Count == 0 ? new JsonObject { ["schema"] = schema } : new JsonObject { ["schema"] = schema, ["examples"] = examples };

    private JsonObject Examples(string operation, string member, int? status = null)
    {
        var found = new JsonObject();
        foreach (var example in _examples)
        {
            if ((string?)example!["operation"] != operation || (status is not null && (int?)example["status"] != status) || example[member] is not { } value || (string?)example["title"] is not { } title)
                continue;
            found[Key(title)] = new JsonObject { ["summary"] = title, ["value"] = value.DeepClone() };
        }

        return found;
    }

    private static string Key(string title) => new StringBuilder(title).Replace(' ', '-').Replace("'", "").Replace(",", "").ToString();
}
