using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ImovoSim.Clock;
using ImovoSim.Control;
using ImovoSim.Wire;

namespace ImovoSim.Onboarding;

/// <summary>/_sim/admin/onboarding: who waits for a key, and what the admin says to it.</summary>
internal sealed class OnboardingAdminApi(Applications applications, Approval approval)
{
    private const string Route = "/_sim/admin/onboarding";
    private const int LongestReason = 500;

    public void Map(IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet(Route, control.ForAdmin(List)).Describes(() => new(
            "listApplications", "Admin", "List who asked for a key", "Those that wait, and for 30 days the last hundred that are decided. Compare the fingerprint with the one that its owner tells you.")
        {
            Access = Access.Admin,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ApplicationsBody, "In the order of their asking.")],
        });
        routes.MapPost(Route + "/{application}/approve", control.ForAdmin(Approve)).Describes(() => new(
            "approveApplication", "Admin", "Let somebody have a key", "Makes the client, whose key is sealed at once: only the message is kept, for its owner to collect.")
        {
            Access = Access.Admin,
            Takes = ControlJson.Plain.ApproveRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ApplicationBody, "It is approved.")],
            Refuses = [400, 404, 409],
        });
        routes.MapPost(Route + "/{application}/refuse", control.ForAdmin(Refuse)).Describes(() => new(
            "refuseApplication", "Admin", "Refuse somebody a key", "Whoever asked is told the reason.")
        {
            Access = Access.Admin,
            Takes = ControlJson.Plain.RefuseRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ApplicationBody, "It is refused.")],
            Refuses = [400, 404, 409],
        });
    }

    private async ValueTask<Answer> List(HttpContext context) => ControlJson.Answer(
        new ApplicationsBody([.. (await applications.All(context.RequestAborted)).Select(ApplicationBody.Of)]), ControlJson.Plain.ApplicationsBody);

    private ValueTask<Answer> Approve(HttpContext context) => ControlBody.Reading(context.Request, ControlJson.Plain.ApproveRequest, async asked =>
        AdminApi.WrongGrant(asked.Campaigns, asked.WeeklyLimit)
        ?? Decided(await approval.Approve(Id(context), AdminApi.Grant(asked.Campaigns), AdminApi.Pence(asked.WeeklyLimit), context.RequestAborted)));

    private ValueTask<Answer> Refuse(HttpContext context) => ControlBody.Reading(context.Request, ControlJson.Plain.RefuseRequest, async asked =>
        asked.Reason is not { Length: > 0 and <= LongestReason } reason || reason.Any(char.IsControl)
            ? ControlProblem.Wrong($"\"reason\" must be 1 to {LongestReason} characters in one line, which whoever asked will read.")
            : Decided(await approval.Refuse(Id(context), reason, context.RequestAborted)));

    private static Answer Decided((Application? Now, int Status, string Why) decision) => decision.Now is { } now
        ? ControlJson.Answer(ApplicationBody.Of(now), ControlJson.Plain.ApplicationBody)
        : ControlProblem.Of(decision.Status, decision.Why);

    private static string Id(HttpContext context) => (string)context.GetRouteValue("application")!;
}

internal sealed record ApproveRequest(
    [property: Description("Codes, * for all, !CODE for all but that; all where none are given.")] string[]? Campaigns,
    [property: Description("Pounds a week, with two decimals at most; no limit where none is given.")] decimal? WeeklyLimit);

internal sealed record RefuseRequest(
    [property: Required, Description("Why, in 1 to 500 characters: whoever asked reads it.")] string? Reason);

internal sealed record ApplicationsBody([property: Description("Who asked, in the order of their asking.")] IReadOnlyList<ApplicationBody> Applications);

/// <summary>One of them as the admin sees it.</summary>
internal sealed record ApplicationBody(
    [property: Description("Its id.")] string Id,
    [property: Description("The name that the client is to have, or has.")] string Name,
    [property: Description("How it stands."), AllowedValues("waiting", "approved", "refused")] string State,
    [property: Description("The fingerprint of the public key.")] string Fingerprint,
    [property: Description("When it came, by the real clock.")] DateTimeOffset At,
    [property: Description("When the public key is over, where it ever is.")] DateTimeOffset? KeyExpires,
    [property: Description("When it was decided.")] DateTimeOffset? DecidedAt,
    [property: Description("Why it was refused.")] string? Reason)
{
    public static ApplicationBody Of(Application one) => new(
        one.Id, one.Name, one.State, one.Fingerprint, London.Local(one.At), one.KeyExpires is { } end ? London.Local(end) : null,
        one.DecidedAt is { } at ? London.Local(at) : null, one.Refused);
}
