using System.Buffers;
using System.Text;
using ImovoSim.Fidelity;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ImovoSim.Wire;

/// <summary>Reads a body of bounded size, and the parameters of a form. A caller who leaves ends the read by itself.</summary>
internal static class RequestBody
{
    public static long Limit(Profile facts) => facts.Says(Facts.BodyLimit, "256kB") ? 256 * 1024 : 30_000_000;

    /// <summary>Waits for all of the body, read or not: one that is too large, or breaks off, must not have done anything.</summary>
    /// <returns>A copy of it, where it is to be kept.</returns>
    public static ValueTask<ReadOnlyMemory<byte>> Arrived(HttpRequest request, bool keep) =>
        request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0 ? default : Awaited(request, keep);

    private static async ValueTask<ReadOnlyMemory<byte>> Awaited(HttpRequest request, bool keep)
    {
        while (true)
        {
            var result = await request.BodyReader.ReadAsync();
            var body = keep && result.IsCompleted ? result.Buffer.ToArray() : default;
            request.BodyReader.AdvanceTo(result.Buffer.Start, result.IsCompleted ? result.Buffer.Start : result.Buffer.End);
            if (result.IsCompleted)
                return body;
        }
    }

    public static async ValueTask<byte[]> Read(HttpRequest request)
    {
        while (true)
        {
            var result = await request.BodyReader.ReadAsync();
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    public static void ReadQuery(HttpRequest request, Parameters parameters)
    {
        var query = request.QueryString.Value;
        if (query is not { Length: > 1 })
            return;
        var longest = Encoding.UTF8.GetMaxByteCount(query.Length);
        Span<byte> bytes = longest <= 1024 ? stackalloc byte[longest] : new byte[longest];
        parameters.ReadPairs(bytes[..Encoding.UTF8.GetBytes(query.AsSpan(1), bytes)]);
    }

    public static ValueTask ReadForm(HttpRequest request, Parameters parameters) => request.ContentType is null ? default : ReadForm(request, request.ContentType, parameters);

    private static async ValueTask ReadForm(HttpRequest request, string contentType, Parameters parameters)
    {
        if (Is(contentType, "application/x-www-form-urlencoded"))
            parameters.ReadPairs(await Read(request));
        else if (Is(contentType, "multipart/form-data"))
            await ReadParts(request, parameters);
    }

    public static bool IsJson(HttpRequest request) =>
        request.ContentType is { } contentType && MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        && (type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static bool Is(string contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static async ValueTask ReadParts(HttpRequest request, Parameters parameters)
    {
        try
        {
            foreach (var (name, values) in await request.ReadFormAsync())
            {
                if (parameters.Find(name) is >= 0 and var known)
                    parameters.Set(known, Text(values, parameters.LastCounts));
                else
                    parameters.AddUnknown(name);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException(e.Message, StatusCodes.Status400BadRequest, e);
        }
    }

    // The reader of parts replaces what is no UTF-8, so a replaced character is what is left of it.
    private static string? Text(StringValues values, bool last)
    {
        var text = values.Count == 0 ? "" : values[last ? ^1 : 0] ?? "";
        return text.Contains('\uFFFD') ? null : text;
    }
}
