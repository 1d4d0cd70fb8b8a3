using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImovoSim.Journal;

/// <summary>What an entry says, as it is kept and, once it is masked, shown.</summary>
internal sealed record JournalBody(
    [property: Description("Its number; later entries have higher ones.")] string Id,
    [property: Description("The client's time.")] DateTimeOffset At,
    [property: Description("The operation that was called, or Unknown."), AllowedValues("Request", "RequestVoucherWithId", "CancelVoucher", "Unknown")] string Operation,
    [property: Description("What was decided, whatever the caller got."), AllowedValues("issued", "cancelled", "refused", "nothing", "failed")] string Outcome,
    [property: Description("From the first byte of the request to the first of the answer, with the wait that a fault asked for.")] double Milliseconds,
    [property: Description("The campaign that was named, or is the voucher's.")] string? Campaign,
    [property: Description("The customer reference that was given, or is the voucher's.")] string? Reference,
    [property: Description("The code of the voucher that it is about.")] string? Code,
    [property: Description("What was sent.")] SentBody Request,
    [property: Description("What the caller got; missing where nothing came.")] SentBody? Answer,
    [property: Description("The steps of the decision, in their order.")] IReadOnlyList<WhyBody> Why,
    [property: Description("Parameters that the operation does not know.")] IReadOnlyList<string>? Ignored = null,
    [property: Description("For a refused call, the one nearest to it that would have been good.")] NearestBody? Nearest = null,
    [property: Description("The fault that struck it.")] StruckBody? Fault = null,
    [property: Description("The answer that a fault kept from the caller.")] SentBody? Lost = null,
    [property: Description("A command that makes the call again, without the key.")] string? Curl = null);

/// <summary>A request or an answer: its first line, its headers in the order of their names, and its body.</summary>
internal sealed record SentBody(
    [property: Description("Of a request: its method.")] string? Method,
    [property: Description("Of a request: its path and query, as they were sent.")] string? Target,
    [property: Description("Of an answer: its status.")] int? Status,
    [property: Description("Its headers, in the order of their names.")] IReadOnlyList<HeaderBody> Headers,
    [property: Description("The first 16 kB of its body; missing where there is none.")] string? Body,
    [property: Description("The length of its whole body.")] long Bytes);

internal sealed record HeaderBody(
    [property: Description("Its name.")] string Name,
    [property: Description("Its value; a key's is masked.")] string Value);

/// <summary>One step of the decision.</summary>
internal sealed record WhyBody(
    [property: Description("The rule's name, in words with hyphens.")] string Rule,
    [property: Description("Its inputs and arithmetic.")] string Text,
    [property: Description("The facts that it rests on: see /_sim/fidelity for how each is known.")] IReadOnlyList<string>? Facts = null);

internal sealed record NearestBody(
    [property: Description("Its method.")] string Method,
    [property: Description("Its path and query.")] string Target,
    [property: Description("Its body; missing where there is none.")] string? Body,
    [property: Description("What to change in the call that was made.")] IReadOnlyList<string> Changes);

internal sealed record StruckBody(
    [property: Description("The kind of the fault.")] string Kind,
    [property: Description("before: nothing had happened. after: what was decided is kept.")] string When,
    [property: Description("Who asked for it: a fault's number, the call's own header, or its customer reference.")] string By);

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
