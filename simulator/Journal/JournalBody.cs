using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImovoSim.Journal;

/// <summary>What an entry says, as it is kept and, once it is masked, shown.</summary>
internal sealed record JournalBody(
    [property: Description("Its number, which grows with time.")] string Id,
    [property: Description("When the call came, by the client's clock.")] DateTimeOffset At,
    [property: Description("Request, RequestVoucherWithId or CancelVoucher; Unknown where the path or the method is no operation's.")] string Operation,
    [property: Description("What was decided, whatever the caller got: issued, cancelled, refused, nothing where a fault struck before, or failed.")] string Outcome,
    [property: Description("From the request to the answer, with the wait that a fault asked for.")] double Milliseconds,
    [property: Description("The campaign that was asked for, or that the voucher is of.")] string? Campaign,
    [property: Description("The customer reference.")] string? Reference,
    [property: Description("The voucher that was issued, or that was to be cancelled.")] string? Code,
    [property: Description("The request as it was sent.")] SentBody Request,
    [property: Description("What the caller got; left out where nothing came.")] SentBody? Answer,
    [property: Description("The rules that decided, in their order.")] IReadOnlyList<WhyBody> Why,
    [property: Description("Parameters that the operation does not know.")] IReadOnlyList<string>? Ignored = null,
    [property: Description("For a refused call, the one nearest to it that would have been good.")] NearestBody? Nearest = null,
    [property: Description("The fault that struck.")] StruckBody? Fault = null,
    [property: Description("The answer that a fault kept from the caller.")] SentBody? Lost = null,
    [property: Description("The command that makes the call again; the key comes from the variable IMOVO_KEY.")] string? Curl = null,
    [property: Description("The page of the voucher on this simulator.")] string? Page = null);

/// <summary>A request or an answer.</summary>
internal sealed record SentBody(
    [property: Description("Of a request, its method.")] string? Method,
    [property: Description("Of a request, its path and query.")] string? Target,
    [property: Description("Of an answer, its HTTP status.")] int? Status,
    [property: Description("The headers.")] IReadOnlyList<HeaderBody> Headers,
    [property: Description("The body as text, at most 16 kB of it.")] string? Body,
    [property: Description("The length of the whole body.")] long Bytes);

internal sealed record HeaderBody(
    [property: Description("The header's name.")] string Name,
    [property: Description("Its value, or *** where that is nobody's business.")] string Value);

/// <summary>One step of a decision.</summary>
internal sealed record WhyBody(
    [property: Description("The rule.")] string Rule,
    [property: Description("Its inputs and arithmetic.")] string Text,
    [property: Description("The facts that it rests on, and that another answer could turn: /_sim/fidelity says how each is known.")] IReadOnlyList<string>? Facts = null);

internal sealed record NearestBody(
    [property: Description("The method.")] string Method,
    [property: Description("Path and query.")] string Target,
    [property: Description("The body, where there is one.")] string? Body,
    [property: Description("What is other than in the call that was made.")] IReadOnlyList<string> Changes);

internal sealed record StruckBody(
    [property: Description("How it failed.")] string Kind,
    [property: Description("before: nothing had happened. after: what was decided is kept.")] string When,
    [property: Description("Who asked for it: a fault, the call's own header, or its customer reference.")] string By);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JournalBody))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>As people read it: a pound sign is a pound sign.</summary>
    public static JournalJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
