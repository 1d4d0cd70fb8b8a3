using System.Buffers;
using System.Text;
using ImovoSim.Fidelity;
using Microsoft.Net.Http.Headers;

namespace ImovoSim.Wire;

/// <summary>Reads a body of bounded size, and the parameters of a form.</summary>
internal static class RequestBody
{
    public static long Limit(Profile facts) => facts.Says(Facts.BodyLimit, "256kB") ? 256 * 1024 : 30_000_000;

    public static async ValueTask<byte[]> Read(HttpRequest request, CancellationToken cancel)
    {
        while (true)
        {
            var result = await request.BodyReader.ReadAsync(cancel);
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
        if (query is { Length: > 1 })
            parameters.ReadPairs(Encoding.UTF8.GetBytes(query.AsSpan(1).ToString()));
    }

    public static async ValueTask ReadForm(HttpRequest request, Parameters parameters, CancellationToken cancel)
    {
        if (Is(request, "application/x-www-form-urlencoded"))
            parameters.ReadPairs(await Read(request, cancel));
        else if (Is(request, "multipart/form-data"))
            await ReadParts(request, parameters, cancel);
    }

    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        && (type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static bool Is(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static async ValueTask ReadParts(HttpRequest request, Parameters parameters, CancellationToken cancel)
    {
        try
        {
            foreach (var (name, values) in await request.ReadFormAsync(cancel))
            {
                if (parameters.Find(name) is >= 0 and var known)
                    parameters.Set(known, values.Count > 0 ? values[0] : "");
                else
                    parameters.AddUnknown(name);
            }
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException(e.Message, StatusCodes.Status400BadRequest, e);
        }
    }
}
