using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace ImovoSim.Control;

/// <summary>Says of a body that could not be read what to write in its place; what the reader says is for those who know its types.</summary>
internal static partial class BodyFault
{
    public static string Of(JsonException e, JsonTypeInfo body)
    {
        var steps = Steps().Matches(e.Path ?? "$").Select(step => step.Groups["name"].Success ? step.Groups["name"].Value : step.Groups["index"].Value).ToArray();
        if (Unmapped().Match(e.Message) is { Success: true } unmapped)
        {
            var name = unmapped.Groups["name"].Value;
            var there = At(body, steps is [.. var before, var last] && last == name ? before : steps)?.Properties.Select(one => $"\"{one.Name}\"") ?? [];
            return $"\"{name}\" is no member that is known here: there are {string.Join(", ", there)}.";
        }

        if (!e.Message.Contains("could not be converted", StringComparison.Ordinal) || At(body, steps) is not { } type)
            return $"The body is not the JSON that this route takes: {e.Message}";
        // Half a surrogate pair, or bytes that are no UTF-8.
        if (e.InnerException?.Message.Contains("UTF", StringComparison.Ordinal) == true)
            return $"{e.Path![2..]} is no valid Unicode.";
        return steps.Length == 0 ? "The body must be a JSON object." : $"{e.Path![2..]} must be {Kind(type)}.";
    }

    private static JsonTypeInfo? At(JsonTypeInfo? type, ReadOnlySpan<string> steps)
    {
        foreach (var step in steps)
        {
            var next = type?.ElementType ?? type?.Properties.FirstOrDefault(one => one.Name.Equals(step, StringComparison.OrdinalIgnoreCase))?.PropertyType;
            type = next is null ? null : type!.Options.GetTypeInfo(next);
        }

        return type;
    }

    private static string Kind(JsonTypeInfo type) => (Nullable.GetUnderlyingType(type.Type) ?? type.Type, type.Kind) switch
    {
        (var one, _) when one == typeof(string) => "a text, in quotes",
        (var one, _) when one == typeof(bool) => "true or false",
        (var one, _) when one == typeof(int) || one == typeof(long) || one == typeof(ulong) => "a whole number, without quotes",
        (_, JsonTypeInfoKind.Enumerable) => "a list",
        (_, JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary) => "an object",
        _ => "a number, without quotes",
    };

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>[^']*)'\]|\[(?<index>[0-9]+)\]")]
    private static partial Regex Steps();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex Unmapped();
}
