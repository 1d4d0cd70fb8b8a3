using System.ComponentModel;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Faults;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>/_sim/admin/defaults: what a sandbox begins with, and has again after its reset. Those that are there stay as they are.</summary>
internal static class DefaultsApi
{
    public static void MapDefaults(this IEndpointRouteBuilder routes, ControlRoute control, SandboxDefaults defaults, TimeProvider time)
    {
        routes.MapGet("/_sim/admin/defaults", control.ForAdmin(async context => Body(await defaults.Find(context.RequestAborted)))).Describes(() => new(
            "showDefaults", "Admin", "Show what sandboxes begin with", "What every new sandbox gets, and every sandbox has again after its reset.")
        {
            Access = Access.Admin,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.DefaultsBody, "The defaults.")],
        });
        routes.MapPut("/_sim/admin/defaults", control.ForAdmin(context => Put(context, defaults, time.GetUtcNow()))).Describes(() => new(
            "setDefaults", "Admin", "Set what sandboxes begin with", "Sandboxes that are there stay as they are. What is left out is as it was before anything was set.")
        {
            Access = Access.Admin,
            Takes = ControlJson.Plain.DefaultsRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.DefaultsBody, "The defaults as they are now.")],
            Refuses = [400],
        });
        routes.MapDelete("/_sim/admin/defaults", control.ForAdmin(async context =>
        {
            await defaults.Put(null, context.RequestAborted);
            return Body(NewSandbox.Usual);
        })).Describes(() => new("removeDefaults", "Admin", "Remove the defaults", "Sandboxes begin as they did before anything was set.")
        {
            Access = Access.Admin,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.DefaultsBody, "The defaults as they are now.")],
        });
    }

    private static ValueTask<Answer> Put(HttpContext context, SandboxDefaults defaults, DateTimeOffset real) => ControlBody.Reading(context.Request, ControlJson.Plain.DefaultsRequest, async asked =>
    {
        if (asked.WeeklyLimit is not null && !LimitApi.IsLimit(asked.WeeklyLimit))
            return ControlProblem.Wrong("\"weeklyLimit\" must be pounds from 0 with two decimals at most, such as 50.00, or be left out.");
        if (asked.Campaigns?.All(AdminApi.IsCampaign) == false)
            return ControlProblem.Wrong(AdminApi.CampaignsForm);
        var clock = asked.Clock ?? ClockRequest.Real;
        var (set, wrongClock) = clock.Read();
        if (set is null)
            return ControlProblem.Wrong(wrongClock!);
        if (!SetClock.IsInRange(set(default, real).At(real)))
            return ClockApi.OutOfRange();
        var read = (asked.Faults ?? []).Select((fault, i) => fault?.Read(i + 1) ?? (null, "A fault is an object.")).ToList();
        if (read.Count > FaultPlan.Most)
            return ControlProblem.Wrong($"A client has at most {FaultPlan.Most} faults.");
        if (read.FirstOrDefault(one => one.Wrong is not null).Wrong is { } wrongFault)
            return ControlProblem.Wrong(wrongFault);
        var made = new NewSandbox(
            asked.WeeklyLimit is { } pounds ? Money.ToPence(pounds) : null, asked.Campaigns is null ? CampaignGrant.All.Text : string.Join(',', asked.Campaigns),
            clock, [.. read.Select(one => one.Fault!)]);
        await defaults.Put(made, context.RequestAborted);
        return Body(made);
    });

    private static Answer Body(NewSandbox defaults) => ControlJson.Answer(
        new DefaultsBody(
            defaults.WeeklyLimit is { } pence ? Money.ToPounds(pence) : null, defaults.Campaigns.Split(',', StringSplitOptions.RemoveEmptyEntries),
            defaults.Clock.WithLondonsOffset(), defaults.Faults),
        ControlJson.Plain.DefaultsBody);
}

internal sealed record DefaultsRequest(
    [property: Description("The weekly limit in pounds; none unless told.")] decimal? WeeklyLimit,
    [property: Description("Campaigns by their codes, * for all, !CODE for all but one; all unless told.")] string[]? Campaigns,
    [property: Description("The clock; the real one unless told.")] ClockRequest? Clock,
    [property: Description("Faults, as a client asks for them; none unless told.")] IReadOnlyList<FaultRequest>? Faults);

internal sealed record DefaultsBody(
    [property: Description("The weekly limit in pounds; left out where there is none.")] decimal? WeeklyLimit,
    [property: Description("Campaigns by their codes, * for all, !CODE for all but one.")] string[] Campaigns,
    [property: Description("The clock.")] ClockRequest Clock,
    [property: Description("The faults.")] IReadOnlyList<Fault> Faults);
