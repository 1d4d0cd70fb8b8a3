namespace ImovoSim.Storage;

/// <summary>/healthz: the process is alive. /readyz: its store takes writes.</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes, IStore store)
    {
        routes.MapGet("/healthz", context => Write(context, StatusCodes.Status200OK, "alive"));
        routes.MapGet("/readyz", context => Ready(context, store));
    }

    private static async Task Ready(HttpContext context, IStore store)
    {
        try
        {
            await store.Ready(context.RequestAborted);
            await Write(context, StatusCodes.Status200OK, "ready");
        }
        catch (StoreException e)
        {
            await Write(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private static Task Write(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
