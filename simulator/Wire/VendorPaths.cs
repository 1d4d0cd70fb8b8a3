using ImovoSim.Control;
using ImovoSim.Fidelity;
using ImovoSim.Journal;
using ImovoSim.Pages;

namespace ImovoSim.Wire;

/// <summary>The vendor's paths, and which other spellings of them are taken.</summary>
internal static class VendorPaths
{
    public const string Request = "/VoucherRequest/Request";
    public const string RequestWithId = "/VoucherRequest/RequestVoucherWithId";
    public const string Cancel = "/Voucher/CancelVoucher";

    private static readonly string[] All = [Request, RequestWithId, Cancel];

    public static bool IsOne(PathString path) => All.Contains(path.Value);

    /// <summary>Runs before routing, which ignores case and a trailing slash by itself.</summary>
    public static void UseVendorPaths(this IApplicationBuilder app, Profile facts)
    {
        if (facts.Says(Facts.Paths, "any-form"))
            app.Use((context, next) => next(WithSingleSlashes(context)));
        else if (facts.Says(Facts.Paths, "as-documented"))
            app.Use((context, next) => IsMisspelt(context.Request.Path.Value!) ? NotFound(context) : next(context));
    }

    /// <summary>Where the key is checked before the path, a path that does not exist is not told to a stranger.</summary>
    public static void UseKeyBeforeRoute(this IApplicationBuilder app, VoucherService service, Func<HttpRequest, bool> isPage)
    {
        if (!service.Facts.Says(Facts.KeyFirst, "yes"))
            return;
        var vendor = app.ApplicationServices.GetRequiredService<VendorRoute>();
        app.Use((context, next) => IsOurs(context.Request.Path) || isPage(context.Request) ? next(context) : vendor.CheckKey(context, next));
    }

    /// <summary>Keeps in the journal what came to no operation; runs after routing, which knows.</summary>
    public static void UseRecordOfStrays(this IApplicationBuilder app)
    {
        var vendor = app.ApplicationServices.GetRequiredService<VendorRoute>();
        app.Use((context, next) => context.GetEndpoint()?.DisplayName is null or "405 HTTP Method Not Supported" && !IsOurs(context.Request.Path)
            ? vendor.RecordStray(context, next)
            : next(context));
    }

    /// <summary>
    /// What is not the vendor's answers HEAD as GET: the server leaves the body out by itself. But for a stream, which has no
    /// end to leave out. Runs before routing.
    /// </summary>
    public static void UseHead(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        if (HttpMethods.IsHead(context.Request.Method) && (IsOurs(path) || PagesApi.IsOwn(path)) && !path.StartsWithSegments(JournalApi.StreamPath))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });

    private static bool IsOurs(PathString path) =>
        path.StartsWithSegments("/_sim") || path.StartsWithSegments(DocsPage.Path) || path == "/openapi.yaml" || path == "/healthz" || path == "/readyz" || path == "/metrics";

    private static HttpContext WithSingleSlashes(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        if (path.Length != context.Request.Path.Value!.Length)
            context.Request.Path = path;
        return context;
    }

    private static bool IsMisspelt(string path) =>
        !All.Contains(path) && All.Contains(path.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
