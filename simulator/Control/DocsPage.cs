using System.IO.Compression;
using System.Reflection;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace ImovoSim.Control;

/// <summary>
/// GET /docs: both documents as a page that loads nothing from outside. Of Scalar's package only the script is used: its
/// options in C# end as the few lines of docs.js, and would be more code in the binary than the script is.
/// </summary>
internal static class DocsPage
{
    public const string Path = "/docs";

    // The script writes styles as it goes, and makes pictures and workers of its own data.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly Assembly Own = typeof(DocsPage).Assembly;
    private static readonly Assembly Package = typeof(ScalarOptions).Assembly;
    private static readonly string Version = $"\"{Package.ManifestModule.ModuleVersionId:N}\"";

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, context => Send(context, "docs.html", "text/html; charset=utf-8"));
        routes.MapGet($"{Path}/docs.js", context => Send(context, "docs.js", "text/javascript; charset=utf-8"));
        routes.MapGet($"{Path}/scalar.js", SendScript);
    }

    private static Task Send(HttpContext context, string name, string contentType)
    {
        Guard(context.Response.Headers);
        return Results.Stream(Own.GetManifestResourceStream(name)!, contentType).ExecuteAsync(context);
    }

    private static async Task SendScript(HttpContext context)
    {
        var (request, response) = (context.Request.Headers, context.Response);
        Guard(response.Headers);
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.ETag = Version;
        if (request.IfNoneMatch.Contains(Version))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        // It is kept as gzip, which every browser takes.
        response.ContentType = "text/javascript; charset=utf-8";
        await using var script = Package.GetManifestResourceStream("ScalarStaticAssets.scalar.js")!;
        if (!request.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await using var plain = new GZipStream(script, CompressionMode.Decompress);
            await plain.CopyToAsync(response.Body, context.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        response.ContentLength = script.Length;
        await script.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
    }
}
