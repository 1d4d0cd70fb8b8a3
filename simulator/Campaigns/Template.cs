namespace ImovoSim.Campaigns;

/// <summary>A text with <c>{value}</c>, <c>{code}</c>, <c>{link}</c>, <c>{token}</c>, <c>{reference}</c> and <c>{expiry:dd-MMM-yy}</c>, cut up once.</summary>
internal sealed class Template
{
    public static readonly string[] Names = ["value", "code", "link", "token", "reference", "expiry"];

    private Template(string text, IReadOnlyList<(bool IsName, string Text)> parts) => (Text, Parts) = (text, parts);

    public string Text { get; }

    public IReadOnlyList<(bool IsName, string Text)> Parts { get; }

    /// <exception cref="FormatException">A placeholder is not closed or not known; the message says which.</exception>
    public static Template Parse(string text)
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
            if (!Names.Contains(name.Split(':')[0]))
                throw new FormatException($"{{{name}}} is no placeholder; there are {{{string.Join("}, {", Names)}}}");
            parts.Add((true, name));
            at = close + 1;
        }

        return new Template(text, parts);
    }
}
