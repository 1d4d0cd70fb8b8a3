using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace ImovoSim.Tests;

/// One named example of an answer, with the answer that it belongs to. Body is null for an answer without one.
internal sealed record AnswerExample(
    string OperationId, string Method, string Path, int Status, string ContentType, string Name, string Summary, string Body);

/// openapi.yaml as a judge: an answer that it does not allow is an exception with a sentence. The order of members is left
/// to the tests of the wire.
internal sealed class OpenApiDocument
{
    private static readonly Lazy<OpenApiDocument> Shared = new(() =>
        new OpenApiDocument(OpenApiYaml.Read(System.IO.Path.Combine(AppContext.BaseDirectory, "openapi.yaml"))));

    private readonly Dictionary<string, JsonObject> _paths;
    private readonly Dictionary<(string Path, string Method, string Status, string ContentType), JsonSchema> _schemas = [];
    private readonly List<AnswerExample> _examples = [];

    private OpenApiDocument(JsonObject document)
    {
        _paths = document["paths"]!.AsObject().ToDictionary(
            path => Plain(path.Key), path => path.Value!.AsObject(), StringComparer.OrdinalIgnoreCase);
        foreach (var (path, methods) in _paths)
            foreach (var (method, operation) in methods)
                foreach (var (status, answer) in operation!["responses"]!.AsObject())
                    foreach (var (contentType, content) in answer!["content"]?.AsObject() ?? [])
                        Take(path, method, (string)operation["operationId"]!, status, contentType, content!.AsObject());
    }

    public static OpenApiDocument Current => Shared.Value;

    /// Every named example of an answer.
    public IReadOnlyList<AnswerExample> Examples => _examples;

    /// By operation and name of the example: the error messages of every example that has some.
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string[]>> ErrorMessages => _examples
        .Where(example => example.ContentType == "application/json")
        .Select(example => (example, messages: JsonNode.Parse(example.Body)!["errorMessages"]?.AsArray()))
        .Where(found => found.messages is not null)
        .GroupBy(found => found.example.OperationId)
        .ToDictionary(operation => operation.Key, operation => (IReadOnlyDictionary<string, string[]>)operation
            .DistinctBy(found => found.example.Name)
            .ToDictionary(found => found.example.Name, found => found.messages!.Select(text => (string)text!).ToArray()));

    /// Whether the document speaks of this path at all; pages, control and openapi.yaml itself are not its business.
    public bool Knows(string path) => _paths.ContainsKey(Plain(path));

    /// Judges a whole answer, the headers that the document requires included.
    public async Task CheckAsync(HttpResponseMessage answer, CancellationToken cancel = default)
    {
        var (method, path) = (answer.RequestMessage!.Method.Method, answer.RequestMessage.RequestUri!.AbsolutePath);
        await answer.Content.LoadIntoBufferAsync(cancel);
        Check(method, path, (int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(),
            await answer.Content.ReadAsStringAsync(cancel));
        if (!Knows(path))
            return;
        var given = answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, header) in Answer(method, path, (int)answer.StatusCode)["headers"]?.AsObject() ?? [])
            if ((bool?)header!["required"] == true && !given.Contains(name))
                throw Wrong(method, path, (int)answer.StatusCode, $"the answer lacks the header {name}");
    }

    /// Judges status, content type and body. A path that the document does not have must be a 404 without a body; a method
    /// that a path does not have is judged by the path's POST. The path may carry a query string.
    public void Check(string method, string path, int status, string? contentType, string body)
    {
        if (!Knows(path))
        {
            if (status != 404 || body.Length > 0)
                throw Wrong(method, path, status, "the path is unknown, so it should be a 404 without a body");
            return;
        }

        var answer = Answer(method, path, status);
        var declared = answer["content"]?.AsObject();
        if (body.Length == 0)
        {
            if (declared is not null && (bool?)answer["x-body-optional"] != true && !IsHead(method))
                throw Wrong(method, path, status, "the body is missing");
            return;
        }

        if (declared is null || IsHead(method))
            throw Wrong(method, path, status, $"there should be no body, but there is {body}");
        var mediaType = contentType?.Split(';')[0].Trim() ?? "none";
        if (!_schemas.TryGetValue((Plain(path), Declared(method, path), Text(status), mediaType), out var schema))
            throw Wrong(method, path, status,
                $"the content type is {mediaType}, not {string.Join(" or ", declared.Select(content => content.Key))}");
        CheckBody(method, path, status, schema, mediaType, body);
    }

    private static void CheckBody(string method, string path, int status, JsonSchema schema, string mediaType, string body)
    {
        var json = body;
        if (mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            json = JsonValue.Create(body).ToJsonString();
        try
        {
            // The schema validator's own parser forgives comments, single quotes and doubled members; the wire does not.
            using var strict = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException problem)
        {
            throw Wrong(method, path, status, $"the body is not JSON ({problem.Message}): {body}");
        }

        var errors = schema.Validate(json);
        if (errors.Count > 0)
            throw Wrong(method, path, status, $"{string.Join("; ", errors.Select(error => $"{error.Kind} at {error.Path ?? "#"}"))}: {body}");
    }

    private JsonObject Answer(string method, string path, int status) =>
        _paths[Plain(path)][Declared(method, path)]!["responses"]![Text(status)]?.AsObject()
        ?? throw Wrong(method, path, status, "the document declares no such status");

    private string Declared(string method, string path) =>
        _paths[Plain(path)].ContainsKey(Lower(method)) ? Lower(method) : "post";

    private void Take(string path, string method, string operationId, string status, string contentType, JsonObject content)
    {
        var schema = OpenApiSchema.ToJsonSchema(content["schema"]!.AsObject()).ToJsonString();
        _schemas[(path, method, status, contentType)] = JsonSchema.FromJsonAsync(schema).GetAwaiter().GetResult();
        foreach (var (name, example) in content["examples"]?.AsObject() ?? [])
        {
            var value = example!["value"]!;
            var body = contentType == "text/plain" ? (string)value! : value.ToJsonString();
            _examples.Add(new(operationId, method, path, int.Parse(status, null), contentType, name, (string)example["summary"]!, body));
        }
    }

    private static InvalidOperationException Wrong(string method, string path, int status, string why) =>
        new($"{method} {path} answered {status}, which openapi.yaml does not allow: {why}.");

    /// Paths in any casing, doubled slashes and a slash at the end are the same path.
    private static string Plain(string path) =>
        "/" + string.Join('/', path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    private static string Text(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    private static bool IsHead(string method) => method.Equals("HEAD", StringComparison.OrdinalIgnoreCase);
#pragma warning disable CA1308 // the document writes methods in lower case
    private static string Lower(string method) => method.ToLowerInvariant();
#pragma warning restore CA1308
}
