using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Journal;
using ImovoSim.Onboarding;
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
        routes.MapGet("/_sim", control.ForClient(ShowClient)).Describes(() => new(
            "showClient", "Client", "Show the client", "The client of the key that is sent: its limit, its campaigns, its time, and how many vouchers it has.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ClientBody, "The client.")],
        });
        routes.MapVouchers(control);
        routes.MapClock(control);
        routes.MapLimit(control);
        routes.MapFaults(control);
        routes.MapPost("/_sim/reset", control.ForClient(call => Reset(call, journal))).Describes(() => new(
            "resetClient", "Client", "Begin anew",
            "The client as on its first day: no vouchers but the three that every client begins with, no faults, an empty journal, the real clock, and the limit that it was made with. The same calls give the same codes again.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ClientBody, "The client as it is now.")],
        });
        new JournalApi(journal, services.GetRequiredService<IHostApplicationLifetime>()).Map(routes, control);
        new MessagesApi(journal, services.GetRequiredService<TimeProvider>()).Map(routes, control);
        routes.MapEml(control, services.GetRequiredService<Settings>());
        new VerifyApi(journal, services.GetRequiredService<TimeProvider>()).Map(routes, control);
        routes.MapSeed(control);
        routes.MapExport(control);
        routes.MapImport(control);
        new AdminApi(services.GetRequiredService<VoucherService>(), services.GetRequiredService<IStore>(), services.GetRequiredService<KeyRotation>()).Map(routes, control);
        services.GetRequiredService<OnboardingApi>().Map(routes, control);
        services.GetRequiredService<OnboardingAdminApi>().Map(routes, control);
        routes.MapDefaults(control, services.GetRequiredService<SandboxDefaults>(), services.GetRequiredService<TimeProvider>());
        ControlDocument.Map(routes);
    }

    private static async ValueTask<Answer> ShowClient(ControlCall call)
    {
        var look = await call.Look();
        return ControlJson.Answer(ClientBody.Of(look.Client, call.RealNow), ControlJson.Plain.ClientBody);
    }

    private static async ValueTask<Answer> Reset(ControlCall call, Journal.Journal journal)
    {
        var first = await call.Service.Keys.FirstDay((await call.Look()).Client, call.Cancelled);
        var reset = new Reset(first, [.. call.Service.Keys.FirstVouchers(first.Clock.At(call.RealNow))], call.RealNow);
        await call.Change(reset);
        await journal.Clear(call.Caller.Client.Id, call.Cancelled);
        return ControlJson.Answer(ClientBody.Of(reset.After!, call.RealNow), ControlJson.Plain.ClientBody);
    }
}
