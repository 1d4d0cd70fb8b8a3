using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Clock;

/// <summary>Instants as people write them: with an offset, or without one as a time in London; a day is its first moment.</summary>
internal static partial class Instants
{
    public static DateTimeOffset? Parse(string text)
    {
        if (!Form().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return null;
        var inLondon = !text.EndsWith('Z') && (text.Length < 6 || text[^6] is not ('+' or '-') || !text.Contains('T'));
        return inLondon && instant.Year is > 1 and < 9999 ? London.Instant(instant.DateTime) : instant;
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?\z")]
    private static partial Regex Form();
}
