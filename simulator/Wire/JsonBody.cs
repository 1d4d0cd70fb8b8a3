using System.Text;
using System.Text.Json;
using ImovoSim.Fidelity;

namespace ImovoSim.Wire;

/// <summary>Reads a JSON object's members as parameters; whatever is wrong is said with its place.</summary>
internal static class JsonBody
{
    /// <returns>Null, or what is wrong: the member's path and a sentence.</returns>
    public static (string Path, string Why)? Read(ReadOnlySpan<byte> json, Parameters parameters, int valueIndex, Profile facts)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(json);
        var path = "$";
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Wrong(path, "The JSON value could not be converted to an object.", json, reader);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                path = $"$.{name}";
                reader.Read();
                if (Member(ref reader, name, parameters, valueIndex, facts) is { } why)
                    return Wrong(path, why, json, reader);
            }

            path = "$";
            reader.Read();
            return null;
        }
        catch (JsonException e)
        {
            return (path, $"{Before(e.Message, " LineNumber:")} Path: {path} | LineNumber: {e.LineNumber} | BytePositionInLine: {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            return Wrong(path, "The JSON text is not valid Unicode.", json, reader);
        }
    }

    private static string? Member(ref Utf8JsonReader reader, string name, Parameters parameters, int valueIndex, Profile facts)
    {
        var index = parameters.Find(name);
        if (index < 0)
        {
            parameters.AddUnknown(name);
            reader.Skip();
            return null;
        }

        if (parameters.Given(index))
        {
            if (facts.Says(Facts.DuplicateKeys, "400-problem"))
                return $"The member {name} stands in the object twice.";
            if (facts.Says(Facts.DuplicateKeys, "first"))
            {
                reader.Skip();
                return null;
            }
        }

        return Take(ref reader, index, parameters, index == valueIndex, facts);
    }

    private static string? Take(ref Utf8JsonReader reader, int index, Parameters parameters, bool isValue, Profile facts)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                parameters.SetNull(index);
                return null;
            case JsonTokenType.String when isValue && facts.Says(Facts.ValueAsText, "400-problem"):
                return "The JSON value could not be converted to a number.";
            case JsonTokenType.String:
                parameters.Set(index, Text(reader));
                return null;
            case JsonTokenType.Number when isValue:
                // 1e1 is a number in JSON; any other stays as it is written, for the value to be judged by all its digits.
                parameters.Set(index, reader.ValueSpan.IndexOfAny((byte)'e', (byte)'E') >= 0 && reader.TryGetDecimal(out var number)
                    ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : Encoding.UTF8.GetString(reader.ValueSpan));
                return null;
            default:
                return isValue ? "The JSON value could not be converted to a number." : "The JSON value could not be converted to a text.";
        }
    }

    // A reader lets half a surrogate pair or broken UTF-8 pass until the text is asked for.
    private static string? Text(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static (string, string) Wrong(string path, string why, ReadOnlySpan<byte> json, Utf8JsonReader reader)
    {
        var before = json[..(int)Math.Min(reader.TokenStartIndex, json.Length)];
        var line = before.Count((byte)'\n');
        return (path, $"{why} Path: {path} | LineNumber: {line} | BytePositionInLine: {before.Length - before.LastIndexOf((byte)'\n') - 1}.");
    }

    private static string Before(string text, string mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;
}
