using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace ImovoSim.Control;

/// <summary>The schemas of bodies, from the very types that are written and read.</summary>
internal sealed class ControlSchemas
{
    private readonly SortedDictionary<string, JsonNode?> _schemas = new(StringComparer.Ordinal);

    public JsonObject All => new(_schemas);

    /// <summary>A reference to the type's schema, or the schema itself where it has no name.</summary>
    public JsonObject Of(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
            return new JsonObject { ["type"] = "array", ["items"] = Of(type.Options.GetTypeInfo(type.ElementType!)) };
        if (type.Kind != JsonTypeInfoKind.Object)
            return Exported(type);
        var name = Name(type);
        if (_schemas.TryAdd(name, null))
            _schemas[name] = Exported(type);
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    public bool IsRequired(JsonTypeInfo type)
    {
        Of(type);
        return _schemas[Name(type)]!.AsObject().ContainsKey("required");
    }

    private static string Name(JsonTypeInfo type) =>
        type.Type.Name.EndsWith("Body", StringComparison.Ordinal) ? type.Type.Name[..^4] : type.Type.Name;

    private JsonObject Exported(JsonTypeInfo type) => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (at, schema) => Finished(at, schema as JsonObject ?? []),
    }).AsObject();

    private JsonObject Finished(JsonSchemaExporterContext at, JsonObject schema)
    {
        if (at.Path.Length > 0 && at.TypeInfo.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Enumerable)
            schema = Of(at.TypeInfo);
        // What has no value is left out, so no member is ever null, and a default is told in words.
        schema.Remove("default");
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Select(type => (string)type!).First(type => type != "null");
        if (at.TypeInfo.Type == typeof(decimal) || at.TypeInfo.Type == typeof(decimal?))
            schema["format"] = "decimal";
        if (at.TypeInfo.Kind == JsonTypeInfoKind.Object && at.Path.Length == 0)
        {
            schema["additionalProperties"] = false;
            // The exporter's own list has every parameter of a constructor, and requests have what may be left out.
            schema.Remove("required");
            if (at.TypeInfo.Properties.Where(member => IsRequired(member) && schema["properties"]?[member.Name] is not null).Select(property => (JsonNode)property.Name).ToArray() is { Length: > 0 } required)
                schema["required"] = new JsonArray(required);
        }

        if (at.PropertyInfo is { } member)
            Describe(member, schema);
        return schema;
    }

    private static bool IsRequired(JsonPropertyInfo member) =>
        (!member.IsGetNullable && member.AssociatedParameter is not { HasDefaultValue: true }) || Has<RequiredAttribute>(member) is not null;

    private static void Describe(JsonPropertyInfo member, JsonObject schema)
    {
        if (Has<DescriptionAttribute>(member) is { } description)
            schema["description"] = description.Description;
        if (Has<AllowedValuesAttribute>(member) is { } allowed)
            schema["enum"] = new JsonArray([.. allowed.Values.Select(value => (JsonNode)(string)value!)]);
    }

    private static T? Has<T>(ICustomAttributeProvider member)
        where T : Attribute => member.GetCustomAttributes(typeof(T), inherit: true) is [T found, ..] ? found : null;

    private static T? Has<T>(JsonPropertyInfo member)
        where T : Attribute => member.AttributeProvider is { } provider ? Has<T>(provider) : null;
}
