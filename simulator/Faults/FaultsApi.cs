using System.ComponentModel;
using System.Globalization;
using ImovoSim.Clients;
using ImovoSim.Control;
using ImovoSim.Storage;
using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>/_sim/faults: the failures that a client asks for.</summary>
internal static class FaultsApi
{
    public static void MapFaults(this IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim/faults", control.ForClient(List)).Describes(() => new(
            "listFaults", "Faults", "List faults", "The client's faults with how many calls they were for and how many they struck.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.FaultsBody, "The faults, the oldest first.")],
        });
        routes.MapPost("/_sim/faults", control.ForClient(Add)).Describes(() => new(
            "addFault", "Faults", "Ask for a fault",
            "A failure of the client's own calls of the vendor's operations. Of several that hit one call the oldest strikes. What was struck says so in the header `X-Sim-Fault-Struck`. One call asks for a fault of its own by the header `X-Sim-Fault: status; status=502; when=after`.")
        {
            Takes = ControlJson.Plain.FaultRequest,
            Answers = [RouteAnswer.Created(ControlJson.Plain.Fault, "The fault.")],
            Refuses = [400, 409],
        });
        routes.MapDelete("/_sim/faults", control.ForClient(RemoveAll)).Describes(() => new(
            "removeFaults", "Faults", "Take all faults back", "Nothing fails any more.")
        {
            Answers = [RouteAnswer.Gone("There are no faults.")],
        });
        routes.MapGet("/_sim/faults/{id}", control.ForClient(Show)).Describes(() => new(
            "showFault", "Faults", "Show a fault", "One fault with its counts.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.Fault, "The fault.")],
            Refuses = [404],
        });
        routes.MapDelete("/_sim/faults/{id}", control.ForClient(Remove)).Describes(() => new(
            "removeFault", "Faults", "Take a fault back", "It strikes no more.")
        {
            Answers = [RouteAnswer.Gone("The fault is gone.")],
            Refuses = [404],
        });
    }

    private static async ValueTask<Answer> List(ControlCall call) =>
        ControlJson.Answer(new FaultsBody(FaultPlan.Of((await call.Look()).Client).Faults), ControlJson.Plain.FaultsBody);

    private static ValueTask<Answer> Add(ControlCall call) => call.Reading(ControlJson.Plain.FaultRequest, async asked =>
    {
        var (fault, wrong) = asked.Read(0);
        if (fault is null)
            return ControlProblem.Wrong(wrong!);
        var change = new ChangePlan((plan, now) => Added(plan, fault, now), call.RealNow);
        await call.Change(change);
        return change.Made is { } plan
            ? ControlJson.Answer(plan.Faults[^1], ControlJson.Plain.Fault, StatusCodes.Status201Created)
            : ControlProblem.Conflict($"A client has at most {FaultPlan.Most} faults: delete some.");
    });

    private static async ValueTask<Answer> Show(ControlCall call) =>
        Id(call) is { } id && FaultPlan.Of((await call.Look()).Client).Faults.FirstOrDefault(fault => fault.Id == id) is { } found
            ? ControlJson.Answer(found, ControlJson.Plain.Fault)
            : Unknown();

    private static async ValueTask<Answer> RemoveAll(ControlCall call)
    {
        await call.Change(new ChangePlan((plan, _) => plan with { Faults = [] }, call.RealNow));
        return Answer.Bare(StatusCodes.Status204NoContent);
    }

    private static async ValueTask<Answer> Remove(ControlCall call)
    {
        if (Id(call) is not { } id)
            return Unknown();
        var change = new ChangePlan((plan, _) => plan.Faults.Any(fault => fault.Id == id) ? plan with { Faults = [.. plan.Faults.Where(fault => fault.Id != id)] } : null, call.RealNow);
        await call.Change(change);
        return change.Made is null ? Unknown() : Answer.Bare(StatusCodes.Status204NoContent);
    }

    // Those that are over make room.
    private static FaultPlan? Added(FaultPlan plan, Fault fault, DateTimeOffset now)
    {
        var kept = plan.Faults.Count < FaultPlan.Most ? plan.Faults : [.. plan.Faults.Where(one => !one.IsOver(now))];
        return kept.Count == FaultPlan.Most ? null : new FaultPlan(plan.LastId + 1, [.. kept, fault with { Id = plan.LastId + 1 }]);
    }

    private static long? Id(ControlCall call) => long.TryParse(call.Route("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static Answer Unknown() => ControlProblem.NotFound("This client has no fault of this id.");

    private sealed class ChangePlan(Func<FaultPlan, DateTimeOffset, FaultPlan?> change, DateTimeOffset real) : Change(real)
    {
        public FaultPlan? Made { get; private set; }

        protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
        {
            Made = change(FaultPlan.Of(client), now);
            return new Outcome([], Client: Made?.On(client));
        }
    }
}

internal sealed record FaultsBody([property: Description("The faults, the oldest first.")] IReadOnlyList<Fault> Faults);
