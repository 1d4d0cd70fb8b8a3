using ImovoSim.Clients;
using ImovoSim.Control;
using ImovoSim.Faults;
using ImovoSim.Journal;
using ImovoSim.Storage;
using Microsoft.AspNetCore.Connections;

namespace ImovoSim.Wire;

/// <summary>What all of the vendor's operations have in common: the key before, and an answer whatever happens.</summary>
internal sealed partial class VendorRoute(VoucherService service, Journal.Journal journal, Settings settings, TimeProvider time, ILogger<VendorRoute> log)
{
    public const string Correlation = "X-Correlation-Id";

    public RequestDelegate Answering(Operation name, Func<Call, ValueTask<Answer>> operation) => context => Respond(context, name, operation, null);

    /// <summary>Answers a call whose key is not accepted; goes on to what is next where it is.</summary>
    public Task CheckKey(HttpContext context, RequestDelegate next) => Respond(context, null, null, next);

    /// <summary>Keeps in the journal what came to no operation: whoever sent it wonders why.</summary>
    public async Task RecordStray(HttpContext context, RequestDelegate next)
    {
        var progress = new Progress(time.GetTimestamp());
        await next(context);
        if (!journal.IsOn || context.Response.HasStarted || context.Request.Headers[ApiKeyHeader.Name] is not [{ } key] || await Find(key) is not { } client)
            return;
        progress.Caller = new Caller(client, key);
        Record(context, null, progress, Answer.Bare(context.Response.StatusCode));
    }

    // Nobody waits for it, so what is wrong with the store or the key is none of this call's.
    private async ValueTask<Client?> Find(string key)
    {
        try
        {
            return await service.Keys.Find(key, default);
        }
        catch (Exception e) when (e is StoreException or SandboxesFullException)
        {
            return null;
        }
    }

    private async Task Respond(HttpContext context, Operation? name, Func<Call, ValueTask<Answer>>? operation, RequestDelegate? next)
    {
        var progress = new Progress(time.GetTimestamp());
        Answer? answer;
        try
        {
            answer = await Decide(context, name, operation, progress);
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
        catch (InDoubtException e)
        {
            // Any answer would say more than anybody knows.
            InDoubt(log, CorrelationId(context), e.Message);
            context.Abort();
            return;
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
        SimulatedDate.Set(context.Response, progress.Call?.Decided);
        Record(context, name, progress, answer);
        await AskedFault.Strike(answer, progress.Call?.Decided?.Strike, time).Write(context.Response);
    }

    private async ValueTask<Answer?> Decide(HttpContext context, Operation? name, Func<Call, ValueTask<Answer>>? operation, Progress progress)
    {
        if (operation is not null && context.Request.ContentLength > RequestBody.Limit(service.Facts))
            return Answer.Bare(413);
        var (caller, refusal) = await ApiKeyHeader.Check(context, service);
        progress.Caller = caller;
        if (refusal is not null || operation is null)
            return refusal;
        progress.Body = await RequestBody.Arrived(context.Request, keep: journal.IsOn);
        var (asked, wrong) = AskedFault.Of(context.Request);
        if (wrong is not null)
            return wrong;
        var call = progress.Call = new Call(
            context, caller!, service, time.GetUtcNow(), new FaultCall(name!.Value, asked, settings.SandboxesMagicValues && name != Operation.CancelVoucher));
        var answer = await operation(call);
        // What was refused before it came to a decision has the client's time, and meets its faults, as well.
        if (call.Decided is null)
            await call.Change(new Look(null, call.RealNow));
        return answer;
    }

    // Before the answer goes out, so that whoever has it finds its entry.
    private void Record(HttpContext context, Operation? name, Progress progress, Answer answer)
    {
        if (!journal.IsOn || progress.Caller is not { } caller)
            return;
        var took = time.GetElapsedTime(progress.Started);
        var exchange = new Recorder(context, name, caller, progress.Body, progress.Call, answer).Take(progress.Call?.RealNow ?? time.GetUtcNow(), took, service);
        journal.Add(caller.Client.Id, exchange);
    }

    /// <summary>How far a call has come.</summary>
    private sealed class Progress(long started)
    {
        public long Started => started;

        public Caller? Caller { get; set; }

        public ReadOnlyMemory<byte> Body { get; set; }

        public Call? Call { get; set; }
    }

    private static string CorrelationId(HttpContext context) => context.TraceIdentifier;

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected error, correlation id {Id}")]
    private static partial void Failed(ILogger log, Exception e, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store does not answer, correlation id {Id}: {Why}")]
    private static partial void StoreFailed(ILogger log, string id, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store does not say what became of a call, which gets no answer, correlation id {Id}: {Why}")]
    private static partial void InDoubt(ILogger log, string id, string why);
}
