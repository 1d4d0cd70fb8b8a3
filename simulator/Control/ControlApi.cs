using ImovoSim.Clock;
using ImovoSim.Storage;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>/_sim: a client steers its own world with its own key, the admin all clients with the token.</summary>
internal static class ControlApi
{
    public static void MapControl(this IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim", control.ForClient(ShowClient));
        routes.MapVouchers(control);
        routes.MapClock(control);
        routes.MapLimit(control);
        routes.MapAdmin(control, routes.ServiceProvider.GetRequiredService<VoucherService>(), routes.ServiceProvider.GetRequiredService<IStore>());
    }

    private static async ValueTask<Answer> ShowClient(ControlCall call)
    {
        var look = await call.Look();
        return ControlJson.Answer(ClientBody.Of(look.After!, call.RealNow), ControlJson.Plain.ClientBody);
    }
}
