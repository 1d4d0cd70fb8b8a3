using System.Globalization;

namespace ImovoSim.Campaigns;

/// <summary>A text with <c>{value}</c>, <c>{code}</c>, <c>{link}</c>, <c>{token}</c>, <c>{reference}</c> and <c>{expiry:dd-MMM-yy}</c>, cut up once.</summary>
internal sealed class Template
{
    public static readonly string[] Names = ["value", "code", "link", "token", "reference", "expiry"];

    private Template(string text, (bool IsName, string Text)[] parts) => (Text, Parts) = (text, parts);

    public string Text { get; }

    public (bool IsName, string Text)[] Parts { get; }

    /// <summary>A link is made before there is a message: of a voucher it knows the code, and what was drawn for it.</summary>
    public static readonly string[] LinkNames = ["code", "token", "reference"];

    /// <exception cref="FormatException">A placeholder is not closed or not known; the message says which.</exception>
    public static Template Parse(string text, string[]? names = null)
    {
        var parts = new List<(bool, string)>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
                open = text.Length;
            if (open > at)
                parts.Add((false, text[at..open]));
            if (open == text.Length)
                break;
            var close = text.IndexOf('}', open);
            if (close < 0)
                throw new FormatException($"a {{ is not closed in \"{text}\"");
            var name = text[(open + 1)..close];
            if (!(names ?? Names).Contains(IsDay(name) ? name[..name.IndexOf(':')] : name))
                throw new FormatException($"{{{name}}} is no placeholder; there are {{{string.Join("}, {", names ?? Names)}}}");
            parts.Add((true, name));
            at = close + 1;
        }

        return new Template(text, [.. parts]);
    }

    // Only the expiry has a form, and one that no date can be written in would fail with every voucher.
    private static bool IsDay(string name)
    {
        if (!name.StartsWith("expiry:", StringComparison.Ordinal))
            return false;
        try
        {
            _ = DateTime.MaxValue.ToString(name["expiry:".Length..], CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            throw new FormatException($"{{{name}}} has no form of a date such as dd-MMM-yy");
        }
    }
}
