using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ImovoSim.Tests;

/// YAML read as the JSON that it stands for: numbers keep their digits, and every $ref is replaced by what it names.
internal static partial class OpenApiYaml
{
    public static JsonObject Read(string file)
    {
        using var text = File.OpenText(file);
        var yaml = new YamlStream();
        yaml.Load(text);
        var document = ToJson(yaml.Documents[0].RootNode)!.AsObject();
        return Resolve(document, document)!.AsObject();
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => throw new InvalidOperationException($"openapi.yaml: nothing is known of a {node.NodeType}."),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" or "false" => JsonNode.Parse(text),
        _ when Number().IsMatch(text) => JsonNode.Parse(text),
        _ => JsonValue.Create(text),
    };

    private static JsonNode? Resolve(JsonNode? node, JsonObject document) => node switch
    {
        JsonObject named when named.TryGetPropertyValue("$ref", out var target) && target is JsonValue =>
            Resolve(Find(target.GetValue<string>(), document), document),
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Resolve(pair.Value, document)))),
        JsonArray list => new JsonArray([.. list.Select(item => Resolve(item, document))]),
        _ => node?.DeepClone(),
    };

    private static JsonNode Find(string reference, JsonObject document)
    {
        JsonNode? found = document;
        foreach (var name in reference.TrimStart('#', '/').Split('/'))
            found = found?[name];
        return found ?? throw new JsonException($"openapi.yaml: {reference} names nothing.");
    }

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?$")]
    private static partial Regex Number();
}
