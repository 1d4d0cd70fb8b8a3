using System.Text.RegularExpressions;

namespace ImovoSim.Contracts;

/// <summary>
/// A target whose settings word a message differently is read in the snapshots' words, when the message is exactly what
/// the settings promise of the code, value, date and link in the same answer.
/// </summary>
internal static partial class Wordings
{
    public static string InTheSnapshotsTerms(string body, CallWindow window)
    {
        if (window.Campaign?.Wording is not { } here || window.AsInSnapshots?.Wording is not { } there || here == there) return body;
        var promised = Filled(here, body);
        return promised is not null && body.Contains($"\"message\":\"{promised}\"", StringComparison.Ordinal)
            ? body.Replace(promised, Filled(there, body), StringComparison.Ordinal)
            : body;
    }

    private static string? Filled(string wording, string body)
    {
        var code = Code().Match(body);
        var value = Balance().Match(body);
        var day = Day().Match(body);
        if (!code.Success || !value.Success || !day.Success) return null;
        var text = wording
            .Replace("{code}", $"{{{code.Groups[1].Value}}}", StringComparison.Ordinal)
            .Replace("{value}", value.Groups[1].Value, StringComparison.Ordinal)
            .Replace("{expiry:", $"{{{day.Groups[1].Value}:", StringComparison.Ordinal);
        var link = Link().Match(body);
        return link.Success ? text.Replace("{link}", link.Value, StringComparison.Ordinal) : text;
    }

    [GeneratedRegex("\"voucherCode\":\"\\{(voucher \\d+)")]
    private static partial Regex Code();

    [GeneratedRegex("\"balance\":([0-9.]+)")]
    private static partial Regex Balance();

    [GeneratedRegex("\"expiryDate\":\"\\{(day[+-]\\d+)\\}")]
    private static partial Regex Day();

    [GeneratedRegex("\\{link \\d+[^}]*\\}")]
    private static partial Regex Link();
}
