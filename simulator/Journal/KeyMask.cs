using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ImovoSim.Journal;

/// <summary>Takes a caller's key out of what is kept of its calls: wherever it was put by mistake, nobody finds it there.</summary>
internal static class KeyMask
{
    private const string Hidden = "***";
    private const int LongestEscape = 6;

    public static JournalBody Of(JournalBody entry, string key) => entry with
    {
        Request = Of(entry.Request, key),
        Answer = entry.Answer is null ? null : Of(entry.Answer, key),
        Lost = entry.Lost is null ? null : Of(entry.Lost, key),
        Why = [.. entry.Why.Select(why => why with { Text = Text(why.Text, key) })],
        Ignored = entry.Ignored is null ? null : [.. entry.Ignored.Select(name => Text(name, key))],
        Nearest = entry.Nearest is not { } nearest ? null : nearest with
        {
            Target = Text(nearest.Target, key),
            Body = Text(nearest.Body, key),
            Changes = [.. nearest.Changes.Select(change => Text(change, key))],
        },
        Page = Text(entry.Page, key),
    };

    /// <summary>The text without the key, be it as it is, percent-encoded, or escaped as in JSON.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Text(string? text, string key)
    {
        text = text?.Replace(key, Hidden, StringComparison.Ordinal);
        if (text is null || text.AsSpan().IndexOfAny('%', '\\') < 0)
            return text;
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (Spelt(text.AsSpan(at), key) is > 0 and var length)
            {
                kept.Append(Hidden);
                at += length;
            }
            else
            {
                kept.Append(text[at++]);
            }
        }

        return kept.ToString();
    }

    // How much of the text, from its beginning, is the key; 0 where it does not begin with it.
    private static int Spelt(ReadOnlySpan<char> text, string key)
    {
        var at = 0;
        foreach (var letter in key)
        {
            if (Spelt(text[at..], letter) is not (> 0 and var length))
                return 0;
            at += length;
        }

        return at;
    }

    // What was cut off can be the rest of a key.
    private static string WithoutHead(string cut, string key)
    {
        for (var from = Math.Max(0, cut.Length - LongestEscape * key.Length); from < cut.Length; from++)
        {
            if (IsHead(cut.AsSpan(from), key))
                return cut[..from] + Hidden;
        }

        return cut;
    }

    private static bool IsHead(ReadOnlySpan<char> text, string key)
    {
        foreach (var letter in key)
        {
            if (text.Length == 0 || (text.Length < LongestEscape && text[0] is '%' or '\\'))
                return true;
            if (Spelt(text, letter) is not (> 0 and var length))
                return false;
            text = text[length..];
        }

        return false;
    }

    private static int Spelt(ReadOnlySpan<char> text, char letter) =>
        text.Length >= 3 && text[0] == '%' && IsCode(text[1..3], letter) ? 3
        : text.Length >= 6 && text[..2] is "\\u" && IsCode(text[2..6], letter) ? 6
        : text.Length >= 2 && text[0] == '\\' && text[1] == letter ? 2
        : text.Length >= 1 && text[0] == letter ? 1
        : 0;

    private static bool IsCode(ReadOnlySpan<char> hex, char letter) =>
        ushort.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code == letter;

    private static SentBody Of(SentBody sent, string key) => sent with
    {
        Method = Text(sent.Method, key),
        Target = Text(sent.Target, key),
        Headers = [.. sent.Headers.Select(header => new HeaderBody(Text(header.Name, key), Text(header.Value, key)))],
        Body = sent.Body is { } cut && sent.Bytes > Exchange.LongestBody ? WithoutHead(Text(cut, key), key) : Text(sent.Body, key),
    };
}
