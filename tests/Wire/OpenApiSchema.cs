using System.Text.Json.Nodes;

namespace ImovoSim.Tests;

/// OpenAPI 3.0's dialect turned into JSON Schema. A word that is not known here stops the tests, so that no rule of the
/// document is passed over in silence.
internal static class OpenApiSchema
{
    public static JsonObject ToJsonSchema(JsonObject openApi)
    {
        var schema = new JsonObject();
        foreach (var (word, value) in openApi)
        {
            switch (word)
            {
                case "title" or "description" or "example" or "nullable" or "format":
                    break;
                case "type":
                    schema["type"] = (bool?)openApi["nullable"] == true
                        ? new JsonArray(value!.DeepClone(), "null") : value!.DeepClone();
                    break;
                case "required" or "enum" or "pattern" or "minimum" or "maximum" or "minLength" or "maxLength" or "minItems" or "maxItems":
                    schema[word] = value!.DeepClone();
                    break;
                case "properties":
                    schema[word] = new JsonObject(value!.AsObject().Select(property =>
                        KeyValuePair.Create(property.Key, (JsonNode?)ToJsonSchema(property.Value!.AsObject()))));
                    break;
                case "anyOf" or "oneOf" or "allOf":
                    schema[word] = new JsonArray([.. value!.AsArray().Select(part => ToJsonSchema(part!.AsObject()))]);
                    break;
                case "items" or "not" or "additionalProperties":
                    schema[word] = value is JsonObject inner ? ToJsonSchema(inner) : value!.DeepClone();
                    break;
                default:
                    throw new InvalidOperationException($"openapi.yaml uses '{word}' in a schema, which the tests do not check.");
            }
        }

        return schema;
    }
}
