namespace ImovoSim.Wire;

/// <summary>GET /openapi.yaml: the hand-written description of the vendor's three operations.</summary>
internal static class OpenApiDocument
{
    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) => routes.MapGet("/openapi.yaml", Send);

    private static async Task Send(HttpContext context)
    {
        await using var document = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.yaml")!;
        context.Response.ContentType = "application/yaml; charset=utf-8";
        context.Response.ContentLength = document.Length;
        await document.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
