using System.Diagnostics;
using ImovoSim.Faults;
using Microsoft.AspNetCore.Http.Features;

namespace ImovoSim.Telemetry;

/// <summary>Names the span that ASP.NET Core makes of each request, and says of it what concerns nobody.</summary>
internal static class RequestSpans
{
    public const string Source = "Microsoft.AspNetCore";

    public static async Task Describe(HttpContext context, RequestDelegate next)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        try
        {
            await next(context);
        }
        finally
        {
            if (span is { IsAllDataRequested: true })
                Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var method = Known(context.Request.Method);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        span.SetTag("imovo.fault.kind", context.Response.Headers[AskedFault.StruckHeader] is [{ } struck] ? struck.Split(' ')[0] : null);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }

    // Whatever else is sent for a method can be anything.
    private static string Known(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" or "TRACE" or "CONNECT" ? method : "_OTHER";
}
