using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>/_sim/admin: what concerns all clients. A key is in an answer once, where it was made.</summary>
internal sealed class AdminApi(VoucherService service, IStore store, KeyRotation rotation)
{
    public const string CampaignsForm = "\"campaigns\" are codes, \"*\" for all and \"!CODE\" for all but that, without commas and blanks.";

    public void Map(IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim/admin/clients", control.ForAdmin(List)).Describes(() => new(
            "listClients", "Admin", "List clients", "All clients, sandboxes among them, without their keys.")
        {
            Access = Access.Admin,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ClientsBody, "The clients.")],
        });
        routes.MapPost("/_sim/admin/clients", control.ForAdmin(Make)).Describes(() => new(
            "makeClient", "Admin", "Make a client", "Only the name is needed. The answer is the one place where the key can be read.")
        {
            Access = Access.Admin,
            Takes = ControlJson.Plain.MakeClientRequest,
            Answers = [RouteAnswer.Created(ControlJson.Plain.MadeClientBody, "The client and its key.")],
            Refuses = [400, 409],
        });
        routes.MapPost("/_sim/admin/clients/{name}/rotate-key", control.ForAdmin(RotateKey)).Describes(() => new(
            "rotateKey", "Admin", "Give a client another key", "The key before is refused from now on. A sandbox and a client of the settings keep theirs.")
        {
            Access = Access.Admin,
            Takes = ControlJson.Plain.RotateKeyRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.MadeClientBody, "The client and its new key.")],
            Refuses = [400, 404, 409],
        });
        routes.MapDelete("/_sim/admin/clients/{name}", control.ForAdmin(Remove)).Describes(() => new(
            "removeClient", "Admin", "Remove a client", "With all that it has. A client of the settings is removed there.")
        {
            Access = Access.Admin,
            Answers = [RouteAnswer.Gone("There is no such client any more.")],
            Refuses = [404, 409],
        });
    }

    private async ValueTask<Answer> List(HttpContext context)
    {
        var now = service.RealNow;
        var clients = await store.Clients(context.RequestAborted);
        return ControlJson.Answer(new ClientsBody([.. clients.Select(client => ClientBody.Of(client, now))]), ControlJson.Plain.ClientsBody);
    }

    private ValueTask<Answer> Make(HttpContext context) => ControlBody.Reading(context.Request, ControlJson.Plain.MakeClientRequest, async asked =>
    {
        if (asked.Name is not { } name || !Client.IsName(name))
            return ControlProblem.Wrong(Client.NameForm);
        if (Wrong(asked.Key) is { } wrong)
            return wrong;
        if (WrongGrant(asked.Campaigns, asked.WeeklyLimit) is { } wrongGrant)
            return wrongGrant;
        var key = asked.Key ?? KeyRotation.Draw();
        var made = await service.Keys.Make(name, ApiKeys.Hash(key), Grant(asked.Campaigns), Pence(asked.WeeklyLimit), int.MaxValue, context.RequestAborted);
        if (made is null)
            return ControlProblem.Conflict(await Find(name, context) is null ? "There is a client with this key." : "There is a client of this name.");
        return ControlJson.Answer(new MadeClientBody(ClientBody.Of(made, service.RealNow), key), ControlJson.Plain.MadeClientBody, StatusCodes.Status201Created);
    });

    private ValueTask<Answer> RotateKey(HttpContext context) => ControlBody.Reading(context.Request, ControlJson.Plain.RotateKeyRequest, async asked =>
    {
        if (Wrong(asked.Key) is { } wrong)
            return wrong;
        var clients = await store.Clients(context.RequestAborted);
        if (clients.FirstOrDefault(each => each.IsCalled(Name(context))) is not { } client)
            return Unknown();
        if (rotation.Refuses(client) is { } keeps)
            return ControlProblem.Conflict(keeps);
        var key = asked.Key ?? KeyRotation.Draw();
        if (clients.Any(each => each.Key == ApiKeys.Hash(key)))
            return ControlProblem.Conflict("There is a client with this key.");
        var change = KeyRotation.To(ApiKeys.Hash(key), service.RealNow);
        return await store.Change(client.Id, change) is null ? Unknown()
            : ControlJson.Answer(new MadeClientBody(ClientBody.Of(change.After!, service.RealNow), key), ControlJson.Plain.MadeClientBody);
    });

    private async ValueTask<Answer> Remove(HttpContext context)
    {
        if (await Find(Name(context), context) is not { } client)
            return Unknown();
        if (rotation.IsOfSettings(client))
            return ControlProblem.Conflict("This client stands in the settings and would be there again after the next start: remove it there.");
        return await store.ForgetClient(client.Id, context.RequestAborted) ? Answer.Bare(StatusCodes.Status204NoContent) : Unknown();
    }

    private async ValueTask<Client?> Find(string name, HttpContext context) =>
        (await store.Clients(context.RequestAborted)).FirstOrDefault(client => client.IsCalled(name));

    private static string Name(HttpContext context) => (string)context.GetRouteValue("name")!;

    private static Answer? Wrong(string? key) => key is null || (Settings.IsKey(key) && !ApiKeys.IsForSandbox(key)) ? null : ControlProblem.Wrong(
        $"\"key\" must be 6 to 128 visible ASCII characters that do not begin with {ApiKeys.SandboxPrefix}, as those of sandboxes do, or be left out: then one is made.");

    public static bool IsCampaign(string? code) => code is { Length: > 0 and <= 64 } && code.All(character => character is > ' ' and <= '~' and not ',');

    /// <summary>Null, or the answer to campaigns or a limit that no client can have.</summary>
    public static Answer? WrongGrant(string[]? campaigns, decimal? weeklyLimit) =>
        campaigns?.All(IsCampaign) == false ? ControlProblem.Wrong(CampaignsForm)
        : weeklyLimit is not null && !LimitApi.IsLimit(weeklyLimit) ? ControlProblem.Wrong("\"weeklyLimit\" must be pounds from 0 with two decimals at most, such as 50.00, or be left out.")
        : null;

    public static CampaignGrant Grant(string[]? campaigns) => campaigns is null ? CampaignGrant.All : new CampaignGrant(string.Join(',', campaigns));

    public static long? Pence(decimal? pounds) => pounds is { } given ? Money.ToPence(given) : null;

    private static Answer Unknown() => ControlProblem.NotFound("There is no client of this name.");
}

internal sealed record MakeClientRequest(
    [property: Required, Description("1 to 64 letters, digits, _, - and . that no other client has, in whatever casing.")] string? Name,
    [property: Description("6 to 128 visible ASCII characters that do not begin with sim_; one is made where none is given.")] string? Key,
    [property: Description("Pounds a week, with two decimals at most; no limit where none is given.")] decimal? WeeklyLimit,
    [property: Description("Codes, * for all, !CODE for all but that; all where none are given.")] string[]? Campaigns);

internal sealed record RotateKeyRequest(
    [property: Description("6 to 128 visible ASCII characters that do not begin with sim_; one is made where none is given.")] string? Key);

internal sealed record MadeClientBody(
    [property: Description("The client.")] ClientBody Client,
    [property: Description("Its key, which is kept nowhere.")] string Key);
