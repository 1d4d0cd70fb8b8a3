using System.Text;
using System.Text.Json;

namespace ImovoSim.Journal;

/// <summary>Keeps names, addresses and contact details from whoever reads the journal; what nobody knows to be harmless is hidden too.</summary>
internal static class Mask
{
    private const string Hidden = "***";
    private static readonly HashSet<string> Harmless = new(["campaignCode", "value", "voucherValue", "voucherCode"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> HarmlessHeaders = new(
        ["Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Length", "Content-Type", "Expect", "Host", "Transfer-Encoding",
         "User-Agent", "X-Sim-Fault", "traceparent"], StringComparer.OrdinalIgnoreCase);

    public static JournalBody Of(JournalBody entry) => entry with
    {
        Reference = entry.Reference is null ? null : Text(entry.Reference),
        Request = Request(entry.Request),
        Answer = Answer(entry.Answer, entry.Reference),
        Lost = Answer(entry.Lost, entry.Reference),
        Ignored = entry.Ignored,
        // A link by reference would say it.
        Page = entry.Reference is { Length: >= 3 } reference && entry.Page?.Contains(Uri.EscapeDataString(reference), StringComparison.Ordinal) == true ? null : entry.Page,
        Nearest = entry.Nearest is { } nearest ? nearest with { Target = Target(nearest.Target), Body = nearest.Body is null ? null : Json(nearest.Body) } : null,
    };

    private static SentBody Request(SentBody request) => request with
    {
        Target = Target(request.Target!),
        Headers = [.. request.Headers.Select(header => HarmlessHeaders.Contains(header.Name) ? header : header with { Value = Hidden })],
        Body = request.Body is null ? null : Body(request.Body, request.Headers.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))?.Value ?? ""),
    };

    // The service repeats nothing of a caller's but the reference, where a campaign's message or link has it.
    private static SentBody? Answer(SentBody? answer, string? reference)
    {
        if (answer?.Body is not { } body || reference is not { Length: >= 3 })
            return answer;
        var masked = Text(reference);
        var escaped = JsonEncodedText.Encode(reference).ToString();
        return answer with
        {
            Body = body.Replace(reference, masked, StringComparison.Ordinal).Replace(escaped, masked, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(reference), masked, StringComparison.Ordinal),
        };
    }

    private static string Body(string body, string type) =>
        type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Pairs(body)
        : type.Contains("json", StringComparison.OrdinalIgnoreCase) ? Json(body)
        : Hidden;

    private static string Target(string target) => target.IndexOf('?') is >= 0 and var at ? target[..(at + 1)] + Pairs(target[(at + 1)..]) : target;

    private static string Pairs(string pairs) => string.Join('&', pairs.Split('&').Select(pair => pair.Split('=', 2) switch
    {
        [var name, var value] when !Harmless.Contains(name) && value.Length > 0 => $"{name}={Text(value)}",
        _ => pair,
    }));

    /// <summary>The JSON as it was sent, but for the values; from where it is no JSON, nothing.</summary>
    private static string Json(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var masked = new List<byte>(bytes.Length);
        var (copied, harmless) = (0, false);
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Allow });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                    harmless = Harmless.Contains(reader.GetString()!);
                else if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    harmless = false;
                else if (reader.TokenType == JsonTokenType.Comment || (!harmless && reader.TokenType is JsonTokenType.String or JsonTokenType.Number))
                {
                    masked.AddRange(bytes.AsSpan(copied, (int)reader.TokenStartIndex - copied));
                    masked.AddRange(Encoding.UTF8.GetBytes(reader.TokenType == JsonTokenType.String ? $"\"{Text(reader.GetString()!)}\"" : $"\"{Hidden}\""));
                    copied = (int)reader.BytesConsumed;
                }
            }

            masked.AddRange(bytes.AsSpan(copied));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            masked.AddRange(Encoding.UTF8.GetBytes($"{Hidden} (from here it is no JSON)"));
        }

        return Encoding.UTF8.GetString([.. masked]);
    }

    /// <summary>Of a number or an address of mail enough to tell two apart, of anything else nothing.</summary>
    public static string Text(string value) =>
        value.Length >= 8 && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '@' or '.') && value.Any(char.IsAsciiDigit) | value.Contains('@')
            ? $"{value[..2]}{Hidden}{value[^2..]}"
            : Hidden;
}
