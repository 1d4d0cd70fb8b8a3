using ImovoSim.Clients;
using ImovoSim.Control;
using ImovoSim.Faults;
using ImovoSim.Storage;
using Microsoft.AspNetCore.Connections;

namespace ImovoSim.Wire;

/// <summary>What all of the vendor's operations have in common: the key before, and an answer whatever happens.</summary>
internal sealed partial class VendorRoute(VoucherService service, Settings settings, TimeProvider time, ILogger<VendorRoute> log)
{
    public const string Correlation = "X-Correlation-Id";

    public RequestDelegate Answering(Operation name, Func<Call, ValueTask<Answer>> operation) => context => Respond(context, name, operation, null);

    /// <summary>Answers a call whose key is not accepted; goes on to what is next where it is.</summary>
    public Task CheckKey(HttpContext context, RequestDelegate next) => Respond(context, default, null, next);

    private async Task Respond(HttpContext context, Operation name, Func<Call, ValueTask<Answer>>? operation, RequestDelegate? next)
    {
        Answer? answer;
        try
        {
            answer = await Decide(context, name, operation);
        }
        catch (ConnectionResetException)
        {
            return;
        }
        catch (BadHttpRequestException e)
        {
            answer = Answer.Bare(e.StatusCode);
        }
        catch (UnknownKeyException)
        {
            answer = ApiKeyHeader.Unauthorized(service);
        }
        catch (SandboxesFullException e)
        {
            answer = service.Json.Refused(503, [e.Message]);
        }
        catch (StoreException e)
        {
            var id = CorrelationId(context);
            StoreFailed(log, id, e.Message);
            answer = service.Json.Refused(503, ["The simulator's store does not answer"]) with { Header = Correlation, HeaderValue = id };
        }
        catch (Exception e)
        {
            Failed(log, e, CorrelationId(context));
            answer = service.Json.Refused(500, [Refusals.Text(Operation.Request, Vouchers.Reason.Unexpected, service.Facts)]);
        }

        if (answer is null)
        {
            await next!(context);
            return;
        }

        if (answer.Status == StatusCodes.Status500InternalServerError)
            answer = answer with { Header = Correlation, HeaderValue = CorrelationId(context) };
        await answer.Write(context.Response);
    }

    private async ValueTask<Answer?> Decide(HttpContext context, Operation name, Func<Call, ValueTask<Answer>>? operation)
    {
        if (operation is not null && context.Request.ContentLength > RequestBody.Limit(service.Facts))
            return Answer.Bare(413);
        var (caller, refusal) = await ApiKeyHeader.Check(context, service);
        if (refusal is not null || operation is null)
            return refusal;
        await RequestBody.Arrived(context.Request);
        var (asked, wrong) = AskedFault.Of(context.Request);
        if (wrong is not null)
            return wrong;
        var call = new Call(context, caller!, service, time.GetUtcNow(), new FaultCall(name, asked, settings.SandboxesMagicValues && name != Operation.CancelVoucher));
        var answer = await operation(call);
        // What was refused before it came to a decision has the client's time, and meets its faults, as well.
        if (call.Decided is null)
            await call.Change(new Look(null, call.RealNow));
        SimulatedDate.Set(context.Response, call.Decided);
        return AskedFault.Strike(answer, call.Decided?.Strike, time);
    }

    private static string CorrelationId(HttpContext context) => context.TraceIdentifier;

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected error, correlation id {Id}")]
    private static partial void Failed(ILogger log, Exception e, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store does not answer, correlation id {Id}: {Why}")]
    private static partial void StoreFailed(ILogger log, string id, string why);
}
