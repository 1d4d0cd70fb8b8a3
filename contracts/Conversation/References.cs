using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts;

/// <summary>
/// What varies from run to run and what it is called in a transcript. Each reference is checked while it is replaced:
/// the same code twice is seen to be the same, and a code of another shape reads differently.
/// </summary>
internal sealed partial class References(Target target, string conversation)
{
    private readonly List<string> _vouchers = [];
    private readonly List<string> _links = [];
    private readonly HashSet<string> _ownVouchers = [];
    private readonly HashSet<string> _ownLinks = [];
    private readonly Lock _door = new();

    /// <summary>Turns a transcript's placeholders into what goes out.</summary>
    public string Expand(string text, Func<string, string> escape, int? own) =>
        Placeholder().Replace(text, match => escape(Meaning(match.Groups[1].Value, own)));

    /// <summary>Turns an answer into a transcript's words.</summary>
    public string Name(string body, CallWindow window, int? own)
    {
        lock (_door)
        {
            foreach (var (client, key) in target.Keys) body = body.Replace(key, $"{{key of {client}}}", StringComparison.Ordinal);
            body = NameReferences(body, own);
            body = NameVouchers(body, window, own);
            body = LinkId().Replace(body, match => NameLink(match, own));
            body = TraceId().Replace(body, "\"traceId\":\"{trace id}\"");
            body = Dates.Name(body, window);
            return Wordings.InTheSnapshotsTerms(body, window);
        }
    }

    /// <summary>The code of a voucher that an answer issues, or null.</summary>
    public static string? CodeIn(string body) => VoucherCode().Match(body) is { Success: true } code ? code.Groups[1].Value : null;

    private string Meaning(string name, int? own)
    {
        if (name == "own reference") return Reference(1000 + own!.Value);
        var words = name.Split(' ');
        var index = words.Length == 2 && int.TryParse(words[1], CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (words[0] == "reference") return Reference(index);
        if (words[0] == "voucher")
        {
            lock (_door) return index >= 1 && index <= _vouchers.Count ? _vouchers[index - 1] : throw new EndsEarly($"there is no {name} to speak of");
        }
        if (name == "no voucher") throw new EndsEarly("no voucher was issued");
        var campaign = target.Campaign(words[0]) ?? throw new NotRun($"no campaign is named for the role \"{words[0]}\"");
        return words.Length == 1 ? campaign.Code : Amounts.Of(words[0], campaign, string.Join(' ', words[1..]));
    }

    private string Reference(int number) =>
        target.ReferencePattern.Replace("{unique}", string.Create(CultureInfo.InvariantCulture, $"{target.Run}.{conversation}.{number}"), StringComparison.Ordinal);

    private string NameReferences(string body, int? own)
    {
        if (own is not null) body = body.Replace(Reference(1000 + own.Value), "{own reference}", StringComparison.Ordinal);
        for (var number = 20; number > 0; number--)
            body = body.Replace(Reference(number), $"{{reference {number}}}", StringComparison.Ordinal);
        return body;
    }

    private string NameVouchers(string body, CallWindow window, int? own)
    {
        if (CodeIn(body) is { } code && !_vouchers.Contains(code))
        {
            string name;
            if (own is null)
            {
                _vouchers.Add(code);
                name = string.Create(CultureInfo.InvariantCulture, $"voucher {_vouchers.Count}");
            }
            else name = _ownVouchers.Add(code) ? "own voucher" : "voucher given twice";
            body = new Regex(Bare(code)).Replace(body, $"{{{name}: {Shape(code, window)}}}", 1);
            body = Regex.Replace(body, Bare(code), $"{{{name}}}");
        }
        for (var index = 0; index < _vouchers.Count; index++)
            body = Regex.Replace(body, Bare(_vouchers[index]), string.Create(CultureInfo.InvariantCulture, $"{{voucher {index + 1}}}"));
        return body;
    }

    private static string Bare(string code) => $@"(?<![0-9A-Za-z]){Regex.Escape(code)}(?![0-9])";

    /// <summary>The shape is computed from the code; a length that the target's settings name reads as the snapshots' length.</summary>
    private static string Shape(string code, CallWindow window)
    {
        if (!code.All(char.IsAsciiDigit)) return $"{code.Length} characters, not all of them digits";
        var length = window.Campaign?.CodeLength == code.Length && window.AsInSnapshots?.CodeLength is { } there ? there : code.Length;
        var first = code[0] is '0' or '1' ? $", the first {code[0]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{length} digits{(code.Length == 12 && !Luhn(code) ? ", not Luhn" : "")}{first}");
    }

    private static bool Luhn(string code) =>
        code.Reverse().Select((digit, place) => (digit - '0') * (1 + place % 2)).Sum(number => number / 10 + number % 10) % 10 == 0;

    private string NameLink(Match match, int? own)
    {
        var (prefix, token) = (match.Groups[1].Value, match.Groups[2].Value);
        if (own is not null)
            return _ownLinks.Add(token) ? $"id={{own link: {prefix} and {token.Length} letters or digits}}" : "id={link given twice}";
        var known = _links.IndexOf(token);
        if (known >= 0) return string.Create(CultureInfo.InvariantCulture, $"id={{link {known + 1}}}");
        _links.Add(token);
        return string.Create(CultureInfo.InvariantCulture, $"id={{link {_links.Count}: {prefix} and {token.Length} letters or digits}}");
    }

    [GeneratedRegex("""\{([a-zA-Z][^{}":,]*)\}""")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""
        "voucherCode"\s*:\s*"?([^",}\s]+)
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex VoucherCode();

    [GeneratedRegex("id=([A-Z]{2,4}-)([A-Za-z0-9]+)")]
    private static partial Regex LinkId();

    [GeneratedRegex("\"traceId\":\"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\"")]
    private static partial Regex TraceId();
}
