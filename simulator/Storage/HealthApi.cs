using ImovoSim.Control;

namespace ImovoSim.Storage;

/// <summary>/healthz: the process is alive. /readyz: its store takes writes.</summary>
internal static class HealthApi
{
    private const string Plain = "text/plain";

    public static void MapHealth(this IEndpointRouteBuilder routes, IStore store)
    {
        routes.MapGet("/healthz", context => Write(context, StatusCodes.Status200OK, "alive")).Describes(() => new(
            "isAlive", "Health", "Is it alive?", "Says that the process lives, whatever its store does.")
        {
            Access = Access.Anyone,
            Answers = [new(StatusCodes.Status200OK, "It lives.", ContentType: Plain)],
        });
        routes.MapGet("/readyz", context => Ready(context, store)).Describes(() => new(
            "isReady", "Health", "Is it ready?", "Says whether the store takes writes.")
        {
            Access = Access.Anyone,
            Answers = [new(StatusCodes.Status200OK, "It is.", ContentType: Plain), new(StatusCodes.Status503ServiceUnavailable, "It is not, and why.", ContentType: Plain)],
        });
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
        context.Response.ContentType = Plain + "; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
