using Scalar.AspNetCore;

namespace ImovoSim.Control;

/// <summary>GET /docs: both documents as a page that loads nothing from outside.</summary>
internal static class DocsPage
{
    public const string Path = "/docs";

    public static void MapDocs(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path, options => options
        .WithTitle("ImovoSim")
        .AddDocument("voucher-api", "i-movo voucher API", "/openapi.yaml", isDefault: true)
        .AddDocument("control-api", "ImovoSim control API", "/_sim/openapi.json")
        // Calls from the page go where the page came from, whatever address a document names.
        .AddServer("/", "This simulator")
        .DisableDefaultFonts()
        .DisableTelemetry()
        .DisableAgent()
        .DisableMcp()
        // Its buttons send the document to the makers of the page.
        .HideDeveloperTools()
        .HideClientButton());
}
