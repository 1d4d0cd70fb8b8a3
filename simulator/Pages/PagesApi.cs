using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Vouchers;

namespace ImovoSim.Pages;

/// <summary>What people see: the dashboard, the page of a voucher, the shops, the till.</summary>
internal static class PagesApi
{
    private const string Stylesheet = "/pages.css";
    private const string Icon = "/pages.svg";
    private const string Script = "/dashboard.js";
    private const string Barcode = "/barcode.png";

    // The script imports the others, from where it stands itself.
    private static readonly string[] Scripts = [Script, "/client.js", "/messages.js", "/onboarding.js"];
    private static readonly string[] Own = ["/till", "/stores", Stylesheet, Icon, Barcode, .. Scripts];

    /// <summary>Whether a request is for a page; the vendor's rules on keys and paths are not about these.</summary>
    public static bool IsPage(HttpRequest request, VoucherFinder finder) =>
        IsOwn(request.Path) || finder.Asked(request).Count > 0;

    /// <summary>Whether it is a page of the simulator's own, and none that a campaign's link leads to.</summary>
    public static bool IsOwn(PathString path) => path == "/" || Own.Any(own => path.StartsWithSegments(own));

    public static void MapPages(this IEndpointRouteBuilder routes, PageRoute pages)
    {
        var services = routes.ServiceProvider;
        routes.MapGet(Stylesheet, pages.Answering(context => Send(context, "pages.css", "text/css; charset=utf-8")));
        routes.MapGet(Icon, pages.Answering(context => Send(context, "pages.svg", "image/svg+xml")));
        foreach (var script in Scripts)
            routes.MapGet(script, pages.Answering(context => Send(context, script[1..], "text/javascript; charset=utf-8")));
        routes.MapGet(Barcode, pages.Answering(context => new(Picture(context.Request.Query["code"].ToString()))));
        routes.MapGet("/", pages.Answering(context => new(Dashboard(context)), PageRoute.ScriptPolicy));
        routes.MapStores(pages);
        services.GetRequiredService<TillApi>().Map(routes, pages);
    }

    /// <summary>
    /// Campaigns write links as they like, so they are no routes: they are looked at after routing, where nothing else
    /// answers, or at the root, which is the dashboard's unless it is asked for a voucher.
    /// </summary>
    public static void UseVoucherPages(this IApplicationBuilder app, PageRoute pages, VoucherPage page, VoucherFinder finder) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not null && context.Request.Path != "/")
            return next(context);
        var asked = finder.Asked(context.Request);
        return asked.Count == 0 ? next(context) : pages.Respond(context, http => page.Show(http, asked));
    });

    // With an id it was meant for a voucher, which this link then does not lead to.
    private static IResult Dashboard(HttpContext context) => context.Request.Query.ContainsKey("id")
        ? Message.NoVoucher()
        : Results.RazorSlice<DashboardSlice, DashboardModel>(new DashboardModel(Script, [.. FaultKinds.All.Select(kind => new FaultChoice(kind.Name, string.Join(' ', kind.Takes), kind.KeepsAnswer))]));

    // Of any number, whoever's it is: it shows nothing that who asks does not say.
    private static IResult Picture(string code) => code.Length is >= VoucherCode.Shortest and <= VoucherCode.Longest && code.All(char.IsAsciiDigit)
        ? Results.Bytes(BarcodePng.Of(code), "image/png")
        : Message.Page("No barcode", $"A voucher's number has {VoucherCode.Shortest} to {VoucherCode.Longest} digits.", StatusCodes.Status404NotFound);

    private static ValueTask<IResult> Send(HttpContext context, string name, string contentType)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return new(Results.Stream(typeof(PagesApi).Assembly.GetManifestResourceStream(name)!, contentType));
    }
}

/// <summary>What the dashboard is served with; what it shows of a client its script asks for.</summary>
public sealed record DashboardModel(string Script, IReadOnlyList<FaultChoice> Faults);

/// <param name="Takes">The members that belong to this kind, with blanks between.</param>
/// <param name="IsAfter">Whether it can only be after the change.</param>
public sealed record FaultChoice(string Kind, string Takes, bool IsAfter);
