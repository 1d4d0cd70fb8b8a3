using System.Text.Json;

namespace ImovoSim.Contracts;

/// <summary>What a stub asks of a request, as regular expressions. Two equal ones cannot be told apart by a stub.</summary>
internal sealed record StubRequest(string Method, string Url, string Key, string? ContentType, string? Body)
{
    /// <summary>The more a mapping asks of a request, the sooner it is looked at.</summary>
    public int Priority => 10 - (Key == Absent ? 0 : 1) - (ContentType is null ? 0 : 1) - (Body is null ? 0 : 1);

    public const string Absent = "";
}

/// <summary>A request and what the stub answers, in WireMock's JSON.</summary>
internal sealed record StubMapping(string Name, StubRequest Request, int Status, IReadOnlyList<(string Name, string Value)> Headers, string? Body)
{
    public byte[] Json()
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            json.WriteNumber("priority", Request.Priority);
            WriteRequest(json);
            json.WriteStartObject("response");
            json.WriteNumber("status", Status);
            if (Headers.Count > 0)
            {
                json.WriteStartObject("headers");
                foreach (var (name, value) in Headers) json.WriteString(name, value);
                json.WriteEndObject();
            }
            if (Body is not null) json.WriteString("body", Body);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private void WriteRequest(Utf8JsonWriter json)
    {
        json.WriteStartObject("request");
        json.WriteString("method", Request.Method);
        json.WriteString("urlPattern", Request.Url);
        json.WriteStartObject("headers");
        json.WriteStartObject("X-API-KEY");
        if (Request.Key == StubRequest.Absent) json.WriteBoolean("absent", true);
        else json.WriteString("matches", Request.Key);
        json.WriteEndObject();
        if (Request.ContentType is not null)
        {
            json.WriteStartObject("Content-Type");
            json.WriteString("matches", Request.ContentType);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (Request.Body is not null)
        {
            json.WriteStartArray("bodyPatterns");
            json.WriteStartObject();
            json.WriteString("matches", Request.Body);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
