using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImovoSim.Wire;

/// <summary>
/// What the framework answers to a request that it cannot bind: measured with ASP.NET Core MVC's [ApiController]
/// on .NET 10. Where the vendor's page has no answer, this is the likeliest.
/// </summary>
internal static class Problem
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Answer For(string member, string why)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "https://tools.ietf.org/html/rfc9110#section-15.5.1");
            json.WriteString("title"u8, "One or more validation errors occurred.");
            json.WriteNumber("status"u8, 400);
            json.WriteStartObject("errors"u8);
            json.WriteStartArray(member);
            json.WriteStringValue(why);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("traceId"u8, TraceId(member, why));
            json.WriteEndObject();
        }

        return new Answer(400, "application/problem+json; charset=utf-8", buffer.WrittenMemory);
    }

    public static Answer Required(string member) => For(member, $"The {member} field is required.");

    // The framework draws it; here the same fault has the same one, so that the same calls give the same bytes.
    private static string TraceId(string member, string why)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(member + why)));
        return $"00-{hash[..32]}-{hash[32..48]}-00";
    }
}
