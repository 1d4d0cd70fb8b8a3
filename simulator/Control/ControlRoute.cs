using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Wire;
using Microsoft.AspNetCore.Connections;

namespace ImovoSim.Control;

/// <summary>What all control routes have in common: the key or the token before, and problem details whatever happens.</summary>
internal sealed partial class ControlRoute(VoucherService service, IStore store, AdminToken token, ILogger<ControlRoute> log)
{
    /// <summary>For a route of one client: its own X-API-KEY.</summary>
    public RequestDelegate ForClient(Func<ControlCall, ValueTask<Answer>> operation) => context => Respond(context, async () =>
    {
        var given = context.Request.Headers[ApiKeyHeader.Name];
        var client = given is [{ } only] ? await service.Keys.Find(only, default) : null;
        if (client is null)
            return UnknownKey();
        var call = new ControlCall(context, new Caller(client, given[0]!), service, store);
        var answer = await operation(call);
        SimulatedDate.Set(context.Response, call.Decided);
        return answer;
    });

    /// <summary>For a route of those who have no key yet.</summary>
    public RequestDelegate ForAnyone(Func<HttpContext, ValueTask<Answer>> operation) => context => Respond(context, async () => await operation(context));

    /// <summary>For a route that concerns all clients: the admin's token.</summary>
    public RequestDelegate ForAdmin(Func<HttpContext, ValueTask<Answer>> operation) => context => Respond(context, async () =>
        token.Refuses(context.Request) ?? await operation(context));

    private async Task Respond(HttpContext context, Func<Task<Answer>> decide)
    {
        Answer answer;
        try
        {
            answer = await decide();
        }
        catch (ConnectionResetException)
        {
            return;
        }
        catch (BadHttpRequestException e)
        {
            answer = ControlProblem.Of(e.StatusCode, e.Message);
        }
        catch (UnknownKeyException)
        {
            answer = UnknownKey();
        }
        catch (SandboxesFullException e)
        {
            answer = ControlProblem.Of(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (InDoubtException e)
        {
            // Any answer would say more than anybody knows.
            InDoubt(log, Id(context), e.Message);
            context.Abort();
            return;
        }
        catch (StoreException e)
        {
            StoreFailed(log, Id(context), e.Message);
            answer = Numbered(context, ControlProblem.Of(StatusCodes.Status503ServiceUnavailable, "The simulator's store does not answer."));
        }
        catch (Exception e)
        {
            Failed(log, e, Id(context));
            answer = Numbered(context, ControlProblem.Of(StatusCodes.Status500InternalServerError, "Unexpected error: the log has it under the X-Correlation-Id of this answer."));
        }

        await answer.Write(context.Response);
    }

    private static Answer UnknownKey() => ControlProblem.Of(
        StatusCodes.Status401Unauthorized, "This route steers the client of the X-API-KEY that is sent, and there is none of this key: send one that the simulator knows, or one that begins with sim_.");

    private static Answer Numbered(HttpContext context, Answer answer) => answer with { Header = VendorRoute.Correlation, HeaderValue = Id(context) };

    private static string Id(HttpContext context) => context.TraceIdentifier;

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected error in a control route, correlation id {Id}")]
    private static partial void Failed(ILogger log, Exception e, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store does not answer a control route, correlation id {Id}: {Why}")]
    private static partial void StoreFailed(ILogger log, string id, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store does not say what became of a control route's change, which gets no answer, correlation id {Id}: {Why}")]
    private static partial void InDoubt(ILogger log, string id, string why);
}
