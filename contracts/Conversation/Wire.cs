using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace ImovoSim.Contracts;

/// <summary>Sends a call as written and reads the answer as it came.</summary>
internal static class Wire
{
    /// <summary>A difference in another header is no concern of a caller's program.</summary>
    private static readonly string[] HeadersThatMatter = ["Content-Type", "Allow", "WWW-Authenticate", "Retry-After", "Location"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<Answer> Send(Target target, Call call, Func<string, string> expandBody, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(target.Patience);
        using var request = Build(target, call, expandBody);
        using var response = await target.Http.SendAsync(request, patience.Token);
        var bytes = await response.Content.ReadAsByteArrayAsync(patience.Token);
        return new((int)response.StatusCode, [.. Shown(response)], Readable(bytes));
    }

    private static HttpRequestMessage Build(Target target, Call call, Func<string, string> expandBody)
    {
        // The text goes out as the case wrote it: Uri would tidy up the very oddities that some cases are about.
        var address = target.Address.AbsoluteUri.TrimEnd('/') + call.Path;
        var uri = new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(call.Method), uri);
        if (call.Bytes is { } raw) request.Content = new ReadOnlyMemoryContent(raw);
        else if (call.Body is { } body) request.Content = new ByteArrayContent(Strict.GetBytes(expandBody(body)));
        else if (call.Method == "POST") request.Content = new ByteArrayContent([]);
        // A server that refuses a long body unread drops the connection, and the next call on it would be lost.
        if (call.Bytes is { Length: > 65_536 }) request.Headers.ConnectionClose = true;
        if (call.ContentType is { } type) request.Content!.Headers.TryAddWithoutValidation("Content-Type", type);
        if (KeyOf(target, call.Client) is { } key) request.Headers.TryAddWithoutValidation(call.KeyHeader, key);
        foreach (var (name, value) in call.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string? KeyOf(Target target, string client) => client switch
    {
        Client.None => null,
        Client.Unknown => "unknown-" + target.Run, // no service has given this one out
        _ => target.Keys.TryGetValue(client, out var key) ? key : throw new NotRun($"{target.Name} has no key for {client}"),
    };

    private static IEnumerable<(string, string)> Shown(HttpResponseMessage response)
    {
        foreach (var name in HeadersThatMatter)
        {
            var value = Find(response.Headers, name) ?? Find(response.Content.Headers, name);
            if (value is not null) yield return (name, value);
        }
    }

    private static string? Find(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? Visible(string.Join(", ", values)) : null;

    private static string Readable(byte[] bytes)
    {
        try
        {
            return Visible(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return "{not UTF-8: " + Convert.ToHexString(bytes) + "}";
        }
    }

    /// <summary>A body is one line of a transcript, so that a line end, a byte order mark or a NUL in it shows.</summary>
    internal static string Visible(string text)
    {
        if (!text.Any(Hidden)) return text;
        var shown = new StringBuilder();
        foreach (var letter in text)
        {
            if (Hidden(letter)) shown.Append(CultureInfo.InvariantCulture, $"{{U+{(int)letter:X4}}}");
            else shown.Append(letter);
        }
        return shown.ToString();
    }

    private static bool Hidden(char letter) => char.IsControl(letter) || letter is '\uFEFF' or '\uFFFE' or '\uFFFF' or '\u2028' or '\u2029';
}
