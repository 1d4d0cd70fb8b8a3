using ImovoSim.Clock;
using ImovoSim.Faults;
using ImovoSim.Journal;
using ImovoSim.Storage;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>/_sim: a client steers its own world with its own key, the admin all clients with the token.</summary>
internal static class ControlApi
{
    public static void MapControl(this IEndpointRouteBuilder routes, ControlRoute control)
    {
        var services = routes.ServiceProvider;
        var journal = services.GetRequiredService<Journal.Journal>();
        routes.MapGet("/_sim", control.ForClient(ShowClient));
        routes.MapVouchers(control);
        routes.MapClock(control);
        routes.MapLimit(control);
        routes.MapFaults(control);
        routes.MapPost("/_sim/reset", control.ForClient(call => Reset(call, journal)));
        new JournalApi(journal, services.GetRequiredService<IHostApplicationLifetime>()).Map(routes, control);
        new VerifyApi(journal, services.GetRequiredService<TimeProvider>()).Map(routes, control);
        new AdminApi(services.GetRequiredService<VoucherService>(), services.GetRequiredService<IStore>(), services.GetRequiredService<Settings>()).Map(routes, control);
    }

    private static async ValueTask<Answer> ShowClient(ControlCall call)
    {
        var look = await call.Look();
        return ControlJson.Answer(ClientBody.Of(look.Client, call.RealNow), ControlJson.Plain.ClientBody);
    }

    private static async ValueTask<Answer> Reset(ControlCall call, Journal.Journal journal)
    {
        var reset = new Reset([.. call.Service.Keys.FirstVouchers(call.RealNow)], call.RealNow);
        await call.Change(reset);
        await journal.Clear(call.Caller.Client.Id, call.Cancelled);
        return ControlJson.Answer(ClientBody.Of(reset.After!, call.RealNow), ControlJson.Plain.ClientBody);
    }
}
