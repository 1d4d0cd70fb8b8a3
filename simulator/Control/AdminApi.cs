using ImovoSim.Storage;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>/_sim/admin: what concerns all clients.</summary>
internal static class AdminApi
{
    public static void MapAdmin(this IEndpointRouteBuilder routes, ControlRoute control, VoucherService service, IStore store) =>
        routes.MapGet("/_sim/admin/clients", control.ForAdmin(context => List(context, service, store)));

    private static async ValueTask<Answer> List(HttpContext context, VoucherService service, IStore store)
    {
        var now = service.RealNow;
        var clients = await store.Clients(context.RequestAborted);
        return ControlJson.Answer(new ClientsBody([.. clients.Select(client => ClientBody.Of(client, now))]), ControlJson.Plain.ClientsBody);
    }
}
