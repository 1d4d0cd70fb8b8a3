using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace ImovoSim.Tests;

/// /_sim/openapi.json as a judge: an answer, or a request that was taken, which it does not allow is an exception with a sentence.
internal sealed class ServedDocument
{
    private readonly JsonObject _document;
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    public ServedDocument(string json)
    {
        var read = JsonNode.Parse(json)!.AsObject();
        _document = Resolved(read, read)!.AsObject();
    }

    public JsonObject Paths => _document["paths"]!.AsObject();

    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in Paths from method in path.Value!.AsObject() select (method.Key, path.Key, method.Value!.AsObject());

    public void Check(string method, string target, string? sent, int status, string? contentType, string body)
    {
        var parts = target.Split('?', 2);
        if (Find(method, parts[0]) is not var (path, operation))
        {
            // Without such a route, or such a method of it, there is a problem that says so.
            Judge($"{method} {parts[0]}", Schema("Problem"), contentType is "application/problem+json; charset=utf-8" && status is 404 or 405 ? body : "\"no problem\"");
            return;
        }

        var what = $"{method} {path} answered {status}";
        var answer = operation["responses"]![$"{status}"] ?? throw new InvalidOperationException($"{what}, which its document does not know: {body}");
        if (answer["content"] is not JsonObject content)
            Assert.True(body.Length == 0 && contentType is null, $"{what} with a body that its document does not know: {body}");
        else if (content.Single() is var (type, described) && type == contentType?.Split(';')[0])
            Judge(what, described!["schema"]!, type == "text/plain" ? JsonValue.Create(body).ToJsonString() : body);
        else
            throw new InvalidOperationException($"{what} as {contentType}, which its document does not know.");
        if (status >= 300)
            return;
        foreach (var name in parts.ElementAtOrDefault(1)?.Split('&').Select(pair => pair.Split('=')[0]) ?? [])
            Assert.True(operation["parameters"]?.AsArray().Any(parameter => (string?)parameter!["in"] == "query" && (string?)parameter["name"] == name), $"{what}: its document knows no parameter {name}.");
        if (sent is not null)
        {
            var (type, taken) = operation["requestBody"]?["content"]!.AsObject().Single() ?? throw new InvalidOperationException($"{what}: its document knows of no body.");
            Judge($"{method} {path} took a body", taken!["schema"]!, type == "text/plain" ? JsonValue.Create(sent).ToJsonString() : sent);
        }
    }

    private (string Path, JsonObject Operation)? Find(string method, string target)
    {
        var segments = target.Split('/');
        foreach (var (verb, path, operation) in Operations)
        {
            var pattern = path.Split('/');
            if (verb.Equals(method, StringComparison.OrdinalIgnoreCase) && pattern.Length == segments.Length
                && pattern.Zip(segments).All(pair => pair.First == pair.Second || pair.First.StartsWith('{')))
                return (path, operation);
        }

        return null;
    }

    private JsonNode Schema(string name) => _document["components"]!["schemas"]![name]!;

    private void Judge(string what, JsonNode schema, string json)
    {
        var errors = Compiled(schema.ToJsonString()).Validate(json);
        using var strict = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        if (errors.Count > 0)
            throw new InvalidOperationException($"{what}, which its document does not allow: {string.Join("; ", errors.Select(error => $"{error.Kind} at {error.Path ?? "#"}"))}: {json}");
    }

    private JsonSchema Compiled(string schema)
    {
        lock (_schemas)
        {
            if (!_schemas.TryGetValue(schema, out var compiled))
                _schemas[schema] = compiled = JsonSchema.FromJsonAsync(schema).GetAwaiter().GetResult();
            return compiled;
        }
    }

    /// Every $ref replaced by what it names.
    private static JsonNode? Resolved(JsonNode? node, JsonObject document) => node switch
    {
        JsonObject named when named["$ref"] is JsonValue target => Resolved(Named((string)target!, document), document),
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Resolved(pair.Value, document)))),
        JsonArray list => new JsonArray([.. list.Select(item => Resolved(item, document))]),
        _ => node?.DeepClone(),
    };

    private static JsonNode Named(string reference, JsonObject document)
    {
        JsonNode? found = document;
        foreach (var name in reference.TrimStart('#', '/').Split('/'))
            found = found?[name];
        return found ?? throw new InvalidOperationException($"{reference} names nothing.");
    }
}
