using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ImovoSim.Journal;

/// <summary>Entries as an HTTP Archive 1.2, which browsers' developer tools and proxies open.</summary>
internal static class Har
{
    public static byte[] Of(IEnumerable<JournalBody> entries, string address)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("log");
            json.WriteString("version", "1.2");
            json.WriteStartObject("creator");
            json.WriteString("name", "ImovoSim");
            json.WriteString("version", typeof(Har).Assembly.GetName().Version?.ToString(3) ?? "");
            json.WriteEndObject();
            json.WriteStartArray("entries");
            foreach (var entry in entries)
                Write(json, entry, address);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JournalBody entry, string address)
    {
        json.WriteStartObject();
        json.WriteString("startedDateTime", entry.At);
        json.WriteNumber("time", entry.Milliseconds);
        Write(json, entry.Request, address);
        Write(json, entry.Answer);
        json.WriteStartObject("cache");
        json.WriteEndObject();
        json.WriteStartObject("timings");
        json.WriteNumber("send", 0);
        json.WriteNumber("wait", entry.Milliseconds);
        json.WriteNumber("receive", 0);
        json.WriteEndObject();
        json.WriteString("comment", string.Join(' ', entry.Why.Select(why => why.Text)));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SentBody request, string address)
    {
        json.WriteStartObject("request");
        json.WriteString("method", request.Method);
        json.WriteString("url", address + request.Target);
        json.WriteString("httpVersion", "HTTP/1.1");
        Common(json, request);
        json.WriteStartArray("queryString");
        foreach (var pair in new QueryStringEnumerable(request.Target!.IndexOf('?') is >= 0 and var at ? request.Target[at..] : ""))
            Pair(json, pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        json.WriteEndArray();
        if (request.Body is not null)
        {
            json.WriteStartObject("postData");
            json.WriteString("mimeType", Type(request));
            json.WriteString("text", request.Body);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // Where nothing came, an archive has the status 0, as browsers write it.
    private static void Write(Utf8JsonWriter json, SentBody? answer)
    {
        json.WriteStartObject("response");
        json.WriteNumber("status", answer?.Status ?? 0);
        json.WriteString("statusText", answer?.Status is { } status ? ReasonPhrases.GetReasonPhrase(status) : "");
        json.WriteString("httpVersion", "HTTP/1.1");
        Common(json, answer);
        json.WriteStartObject("content");
        json.WriteNumber("size", answer?.Bytes ?? 0);
        json.WriteString("mimeType", answer is null ? "x-unknown" : Type(answer));
        if (answer?.Body is { } body)
            json.WriteString("text", body);
        json.WriteEndObject();
        json.WriteString("redirectURL", "");
        json.WriteEndObject();
    }

    private static void Common(Utf8JsonWriter json, SentBody? sent)
    {
        json.WriteStartArray("cookies");
        json.WriteEndArray();
        json.WriteStartArray("headers");
        foreach (var header in sent?.Headers ?? [])
            Pair(json, header.Name, header.Value);
        json.WriteEndArray();
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", sent?.Bytes ?? 0);
    }

    private static void Pair(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static string Type(SentBody sent) =>
        sent.Headers.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))?.Value ?? "x-unknown";
}
