using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts;

/// <summary>Turns a transcript's words into what a stub matches and says on a certain day.</summary>
internal sealed partial class StubWords(DateTime londonDay)
{
    private static readonly (string Client, string Prefix)[] Others =
        [(Client.Second, "second-"), (Client.Limited, "limited-"), (Client.Outsider, "outsider-"), (Client.Unknown, "unknown-")];

    /// <summary>The keys with which the kit itself talks to a stub; any other key is the first client's.</summary>
    public static IReadOnlyDictionary<string, string> Keys { get; } =
        Others.Where(one => one.Client != Client.Unknown).Append((Client: Client.First, Prefix: "stub-")).ToDictionary(one => one.Client, one => one.Prefix + "key");

    public static StubRequest Request(Turn turn, IReadOnlyList<string> codes)
    {
        var type = turn.Headers.FirstOrDefault(header => header.Name == "Content-Type").Value;
        return new(turn.Ask.Method, ".*" + Pattern(turn.Ask.Path, codes, escape: Uri.EscapeDataString) + "$", KeyPattern(turn),
            type is null ? null : $"^{Regex.Escape(type)}$",
            turn.Body is null or "" ? null : "^" + Pattern(turn.Body, codes, escape: text => JsonEncodedText.Encode(text).ToString()) + "$");
    }

    public string Answer(string body, IReadOnlyList<string> codes, int number)
    {
        body = Voucher().Replace(body, match => codes[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1]);
        body = Link().Replace(body, match => match.Groups[1].Value + (100_000_000 + number).ToString(CultureInfo.InvariantCulture)[..9]);
        body = Day().Replace(body, match => londonDay.AddDays(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToString(match.Groups[2].Success ? match.Groups[2].Value : "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return body.Replace("{trace id}", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00", StringComparison.Ordinal);
    }

    /// <summary>What in an answer changes from call to call, so that no fixed answer can say it; or null.</summary>
    public static string? CannotSay(string body) =>
        body.Contains("{the call", StringComparison.Ordinal) ? "the time" : body.Contains("{reference", StringComparison.Ordinal) ? "the request's own words" : null;

    /// <summary>A code of a shape; the number makes it unlike all others.</summary>
    public static string CodeOf(string shape, int number)
    {
        var length = int.Parse(shape.Split(' ')[0], CultureInfo.InvariantCulture);
        var digits = "4" + (7919L * number).ToString(CultureInfo.InvariantCulture).PadLeft(length - 2, '0');
        var sum = digits.Reverse().Select((digit, place) => (digit - '0') * (2 - place % 2)).Sum(product => product / 10 + product % 10);
        return digits + ((10 - sum % 10) % 10).ToString(CultureInfo.InvariantCulture);
    }

    private static string KeyPattern(Turn turn)
    {
        var (name, value) = turn.Headers.FirstOrDefault(header => header.Name.Equals("X-API-KEY", StringComparison.OrdinalIgnoreCase));
        if (name is null || value.Length == 0) return StubRequest.Absent;
        var prefix = Others.FirstOrDefault(one => value == $"{{{one.Client}}}").Prefix;
        return prefix is not null ? $"^{prefix}.*$" : $"^(?!{string.Join('|', Others.Select(one => one.Prefix))}).+$";
    }

    private static string Pattern(string text, IReadOnlyList<string> codes, Func<string, string> escape)
    {
        var pattern = new System.Text.StringBuilder();
        var at = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            pattern.Append(Regex.Escape(text[at..match.Index])).Append(Meaning(match.Groups[1].Value, codes, escape));
            at = match.Index + match.Length;
        }
        return pattern.Append(Regex.Escape(text[at..])).ToString();
    }

    private static string Meaning(string name, IReadOnlyList<string> codes, Func<string, string> escape)
    {
        var words = name.Split(' ');
        if (words[0] == "reference") return "[^&\"]*";
        if (words[0] == "voucher") return codes[int.Parse(words[1], CultureInfo.InvariantCulture) - 1];
        var campaign = Campaign.OfTheSnapshots[words[0]];
        return Regex.Escape(escape(words.Length == 1 ? campaign.Code : Amounts.Of(words[0], campaign, string.Join(' ', words[1..]))));
    }

    [GeneratedRegex("""\{([a-zA-Z][^{}":,]*)\}""")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{voucher (\d+)(?:: [^}]+)?\}")]
    private static partial Regex Voucher();

    [GeneratedRegex(@"\{link \d+: (\S+) and 9 letters or digits\}")]
    private static partial Regex Link();

    [GeneratedRegex(@"\{day([+-]\d+)(?::([^}]+))?\}")]
    private static partial Regex Day();
}
