using System.Text;
using System.Text.Encodings.Web;
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

    public static JournalBody Of(JournalBody entry)
    {
        var hidden = new List<string>();
        var request = Request(entry.Request, hidden);
        string[]? ignored = entry.Ignored is null ? null : [.. entry.Ignored.Select(name => IsWord(name) && !hidden.Contains(name) ? name : Hidden)];
        SentBody? Answered(SentBody? answer) => answer is null ? null : Answer(answer, entry.Reference, hidden, ignored?.Contains(Hidden) == true);
        return entry with
        {
            Reference = entry.Reference is null ? null : Text(entry.Reference),
            Request = request,
            Answer = Answered(entry.Answer),
            Lost = Answered(entry.Lost),
            Ignored = ignored,
            // A link by reference would say it.
            Page = entry.Reference is { Length: >= 3 } reference && entry.Page?.Contains(Uri.EscapeDataString(reference), StringComparison.Ordinal) == true ? null : entry.Page,
            Nearest = entry.Nearest is { } nearest ? nearest with { Target = Target(nearest.Target, []), Body = nearest.Body is null ? null : Json(nearest.Body, []) } : null,
        };
    }

    /// <param name="hidden">Takes the names that nobody knows to be harmless.</param>
    private static SentBody Request(SentBody request, List<string> hidden) => request with
    {
        Target = Target(request.Target!, hidden),
        Headers = [.. request.Headers.Select(header => HarmlessHeaders.Contains(header.Name) ? header : header with { Value = Hidden })],
        Body = request.Body is null ? null : Body(request.Body, request.Headers.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))?.Value ?? "", hidden),
    };

    // The service repeats nothing of a caller's but the reference, where a campaign's message or link has it, and the names
    // that it does not know: in a refusal of what it cannot read, and in its warning.
    private static SentBody Answer(SentBody answer, string? reference, List<string> hidden, bool hidesWarning)
    {
        var body = answer.Body;
        if (reference is { Length: >= 3 })
            body = Without(body, reference, Text(reference));
        if (answer.Status == StatusCodes.Status400BadRequest)
            body = hidden.Where(name => name.Length >= 3).OrderByDescending(name => name.Length).Aggregate(body, (rest, name) => Without(rest, name, Hidden));
        return answer with
        {
            Headers = hidesWarning ? [.. answer.Headers.Select(header => header.Name == "X-Sim-Warning" ? header with { Value = Hidden } : header)] : answer.Headers,
            Body = body,
        };
    }

    private static string? Without(string? body, string text, string masked) => body?
        .Replace(text, masked, StringComparison.Ordinal)
        .Replace(JsonEncodedText.Encode(text).ToString(), masked, StringComparison.Ordinal)
        .Replace(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), masked, StringComparison.Ordinal)
        .Replace(Uri.EscapeDataString(text), masked, StringComparison.Ordinal);

    private static string Body(string body, string type, List<string> hidden) =>
        type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ? Pairs(body, hidden)
        : type.Contains("json", StringComparison.OrdinalIgnoreCase) ? Json(body, hidden)
        : Hidden;

    private static string Target(string target, List<string> hidden) =>
        target.IndexOf('?') is >= 0 and var at ? target[..(at + 1)] + Pairs(target[(at + 1)..], hidden) : target;

    private static string Pairs(string pairs, List<string> hidden) => string.Join('&', pairs.Split('&').Select(pair => Pair(pair, hidden)));

    // Without "=" it is as likely the rest of a value that had an "&" in it as a name.
    private static string Pair(string pair, List<string> hidden)
    {
        var (name, value) = pair.IndexOf('=') is >= 0 and var at ? (pair[..at], pair[at..]) : (pair, "");
        if (name.Length > 0 && !Harmless.Contains(name) && (value.Length == 0 || !IsWord(name)))
        {
            hidden.Add(Uri.UnescapeDataString(name.Replace('+', ' ')));
            name = Hidden;
        }

        return Harmless.Contains(name) || value.Length <= 1 ? name + value : $"{name}={Text(value[1..])}";
    }

    // What programs call their parameters, and not what people are called, where they live or how they are reached.
    private static bool IsWord(string name) => name.Length <= 40 && name.All(character => char.IsAsciiLetter(character) || character is '_' or '-');

    /// <summary>The JSON as it was sent, but for the values; from where it is no JSON, nothing.</summary>
    private static string Json(string text, List<string> hidden)
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
                {
                    var name = reader.GetString()!;
                    harmless = Harmless.Contains(name);
                    if (IsWord(name))
                        continue;
                    hidden.Add(name);
                    Put($"\"{Hidden}\":", ref reader);
                }
                else if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    harmless = false;
                }
                else if (reader.TokenType == JsonTokenType.Comment || (!harmless && reader.TokenType is JsonTokenType.String or JsonTokenType.Number))
                {
                    Put(reader.TokenType == JsonTokenType.String ? $"\"{Text(reader.GetString()!)}\"" : $"\"{Hidden}\"", ref reader);
                }
            }

            masked.AddRange(bytes.AsSpan(copied));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            masked.AddRange(Encoding.UTF8.GetBytes($"{Hidden} (from here it is no JSON)"));
        }

        return Encoding.UTF8.GetString([.. masked]);

        void Put(string text, ref Utf8JsonReader insteadOf)
        {
            masked.AddRange(bytes.AsSpan(copied, (int)insteadOf.TokenStartIndex - copied));
            masked.AddRange(Encoding.UTF8.GetBytes(text));
            copied = (int)insteadOf.BytesConsumed;
        }
    }

    /// <summary>Of a number or an address of mail enough to tell two apart, of anything else nothing.</summary>
    public static string Text(string value) =>
        value.Length >= 8 && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '@' or '.') && value.Any(char.IsAsciiDigit) | value.Contains('@')
            ? $"{value[..2]}{Hidden}{value[^2..]}"
            : Hidden;
}
