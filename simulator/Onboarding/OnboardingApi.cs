using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Control;
using ImovoSim.Pages;
using ImovoSim.Storage;
using ImovoSim.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace ImovoSim.Onboarding;

/// <summary>/_sim/onboarding: a public key comes, and a key of the API goes back that only its owner can read.</summary>
internal sealed partial class OnboardingApi(VoucherService service, IStore store, Settings settings, Applications applications, Letter letter, KeyRotation rotation)
{
    private const string Route = "/_sim/onboarding";
    private const string PublicKey = "One ASCII-armoured public key of PGP, of 64 kB at most, as gpg --armor --export prints it.";
    private const string Off = "Keys by PGP are switched off here (Onboarding:Enabled): ask the admin for a key.";

    public void Map(IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapPost(Route, control.ForAnyone(Ask)).Describes(() => new(
            "askForKey", "Onboarding", "Ask for a key",
            "Makes a client, and answers a PGP message in which its owner finds the key, the address, the campaigns and a first call. Where the admin approves first (Onboarding:Approval), the answer says where to ask for it.")
        {
            Access = Access.Anyone,
            Query = [new("name", "The client's name: 1 to 64 letters, digits, _, - and . that no other client has; made of the key's fingerprint where none is given.")],
            TakesText = PublicKey,
            Answers = [new(StatusCodes.Status201Created, "The client is made: a PGP message, ASCII-armoured.", ContentType: "text/plain"), new(StatusCodes.Status202Accepted, "It waits for the admin.", ControlJson.Plain.WaitingBody)],
            Refuses = [400, 403, 409, 413, 500, 503],
        });
        routes.MapGet(Route + "/{application}", control.ForAnyone(Collect)).Describes(() => new(
            "collectKey", "Onboarding", "Ask what became of it", "The message once the admin has approved; 403 with the reason where he has refused.")
        {
            Access = Access.Anyone,
            Answers = [new(StatusCodes.Status200OK, "A PGP message, ASCII-armoured.", ContentType: "text/plain"), new(StatusCodes.Status202Accepted, "It still waits.", ControlJson.Plain.WaitingBody)],
            Refuses = [403, 404, 500, 503],
        });
        routes.MapPost(Route + "/rotate-key", control.ForClient(Rotate)).Describes(() => new(
            "rotateOwnKey", "Onboarding", "Get another key", "A PGP message with another key; the one before is refused from now on. A sandbox and a client of the settings keep theirs.")
        {
            TakesText = PublicKey,
            Answers = [new(StatusCodes.Status200OK, "A PGP message, ASCII-armoured.", ContentType: "text/plain")],
            Refuses = [400, 403, 409],
        });
    }

    private async ValueTask<Answer> Ask(HttpContext context)
    {
        // It needs no key, so any page could have its visitors fill this simulator with clients.
        if (OtherSite.Asks(context.Request))
            return ControlProblem.Of(StatusCodes.Status403Forbidden, "This was asked by a page of another site: ask from this simulator's own page, or without a browser.");
        if (ControlCall.RefuseOther(context.Request, "name") is { } other)
            return other;
        string? asked = context.Request.Query["name"];
        if (!string.IsNullOrEmpty(asked) && !Client.IsName(asked))
            return ControlProblem.Wrong(Client.NameForm);
        return await Reading(context, recipient =>
        {
            var name = string.IsNullOrEmpty(asked) ? $"pgp-{recipient.Fingerprint[^16..].ToLowerInvariant()}" : asked;
            return settings.Onboarding.Approval ? Apply(context, name, recipient) : Make(context, name, recipient);
        });
    }

    private async ValueTask<Answer> Make(HttpContext context, string name, Recipient recipient)
    {
        var key = KeyRotation.Draw();
        var message = Message(name, key, CampaignGrant.All, null, context.Request, recipient, service.RealNow);
        if (await service.Keys.Make(name, ApiKeys.Hash(key), CampaignGrant.All, null, settings.Onboarding.AtMost, context.RequestAborted) is not null)
            return Text(StatusCodes.Status201Created, message);
        return await IsTaken(name, context.RequestAborted) ? Taken()
            : ControlProblem.Of(StatusCodes.Status503ServiceUnavailable, $"There are {settings.Onboarding.AtMost} clients, as many as Onboarding:AtMost lets make themselves: ask the admin for a key, or to raise it.");
    }

    private async ValueTask<Answer> Apply(HttpContext context, string name, Recipient recipient)
    {
        if (await IsTaken(name, context.RequestAborted))
            return Taken();
        var application = new Application(
            RandomNumberGenerator.GetHexString(32, lowercase: true), name, Address(context.Request), recipient.Fingerprint, service.RealNow,
            recipient.Packet, recipient.Expires);
        return await applications.Add(application, context.RequestAborted) is var (status, why)
            ? ControlProblem.Of(status, why)
            : Waiting(application) with { Header = "Location", HeaderValue = $"{Route}/{application.Id}" };
    }

    private async ValueTask<Answer> Collect(HttpContext context) => await applications.Find((string)context.GetRouteValue("application")!, context.RequestAborted) switch
    {
        null => ControlProblem.NotFound(Application.Unknown),
        { DecidedAt: null } waiting => Waiting(waiting),
        { Refused: { } reason } => ControlProblem.Of(StatusCodes.Status403Forbidden, $"The admin has refused it: {reason}"),
        var approved => Text(StatusCodes.Status200OK, approved.Sealed!.Message),
    };

    private ValueTask<Answer> Rotate(ControlCall call) => Reading(call.Http, async recipient =>
    {
        var client = (await call.Look()).Client;
        if (rotation.Refuses(client) is { } keeps)
            return ControlProblem.Conflict(keeps);
        var key = KeyRotation.Draw();
        // Sealed before: where that fails, the key of before still opens.
        var message = Message(client.Name, key, client.Grant, client.WeeklyLimit, call.Http.Request, recipient, client.Clock.At(call.RealNow));
        await call.Change(KeyRotation.To(ApiKeys.Hash(key), call.RealNow));
        return Text(StatusCodes.Status200OK, message);
    });

    private async ValueTask<Answer> Reading(HttpContext context, Func<Recipient, ValueTask<Answer>> answer)
    {
        if (!settings.Onboarding.Enabled)
            return ControlProblem.Of(StatusCodes.Status403Forbidden, Off);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = PublicKeyBlock.MostBytes;
        try
        {
            return await answer(PublicKeyBlock.Read(await RequestBody.Read(context.Request), service.RealNow));
        }
        catch (KeyRefusedException e)
        {
            return ControlProblem.Wrong(e.Message);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ControlProblem.Of(e.StatusCode, KeyRefusedException.TooLarge);
        }
    }

    private string Message(string name, string key, CampaignGrant grant, long? limit, HttpRequest request, Recipient recipient, DateTimeOffset now) =>
        SealedMessage.For(recipient.Key, letter.For(name, key, grant, limit, Address(request), London.Day(now)), service.RealNow);

    private string Address(HttpRequest request) => settings.PublicUrl
        ?? (request.Host.Value is { Length: <= 255 } host && PlainHost().IsMatch(host) ? $"{request.Scheme}://{host}" : Settings.DefaultUrl);

    private async ValueTask<bool> IsTaken(string name, CancellationToken cancel) => (await store.Clients(cancel)).Any(client => client.IsCalled(name));

    private static Answer Taken() => ControlProblem.Conflict("There is a client of this name: choose another. Whose client it is gets another key at POST /_sim/onboarding/rotate-key.");

    private static Answer Waiting(Application application) => ControlJson.Answer(
        new WaitingBody(application.Id, application.Name, application.State, $"{Route}/{application.Id}"), ControlJson.Plain.WaitingBody, StatusCodes.Status202Accepted);

    private static Answer Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    // It goes into a command line: what is more than a host, others may have written.
    [GeneratedRegex(@"^[A-Za-z0-9_.:\-\[\]]+\z")]
    private static partial Regex PlainHost();
}

internal sealed record WaitingBody(
    [property: Description("The id of what was asked for; whoever has it can collect the message.")] string Id,
    [property: Description("The client's name.")] string Name,
    [property: Description("Always waiting.")] string State,
    [property: Description("Where to ask what became of it.")] string Collect);
