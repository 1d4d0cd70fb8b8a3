using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImovoSim.Journal;

/// <summary>What an entry says, as it is kept and, once it is masked, shown.</summary>
/// <param name="At">The client's time.</param>
/// <param name="Outcome">What was decided, whatever the caller got: issued, cancelled, refused, nothing, or failed.</param>
/// <param name="Milliseconds">From the first byte of the request to the first of the answer, with the wait that a fault asked for.</param>
/// <param name="Answer">What the caller got; null where nothing came.</param>
/// <param name="Lost">The answer that a fault kept from the caller.</param>
/// <param name="Ignored">Parameters that the operation does not know.</param>
/// <param name="Nearest">For a refused call, the one nearest to it that would have been good.</param>
internal sealed record JournalBody(
    string Id, DateTimeOffset At, string Operation, string Outcome, double Milliseconds, string? Campaign, string? Reference, string? Code,
    SentBody Request, SentBody? Answer, IReadOnlyList<WhyBody> Why, IReadOnlyList<string>? Ignored = null, NearestBody? Nearest = null,
    StruckBody? Fault = null, SentBody? Lost = null, string? Curl = null);

/// <summary>A request or an answer: its first line, its headers in the order of their names, and its body.</summary>
/// <param name="Bytes">The length of the whole body, of which <paramref name="Body"/> has the first 16 kB.</param>
internal sealed record SentBody(string? Method, string? Target, int? Status, IReadOnlyList<HeaderBody> Headers, string? Body, long Bytes);

internal sealed record HeaderBody(string Name, string Value);

/// <summary>One step of the decision.</summary>
/// <param name="Rule">Its name, in words with hyphens.</param>
/// <param name="Text">Its inputs and arithmetic.</param>
/// <param name="Facts">The facts that it rests on: see /_sim/fidelity for how each is known.</param>
internal sealed record WhyBody(string Rule, string Text, IReadOnlyList<string>? Facts = null);

/// <param name="Changes">What to change in the call that was made.</param>
internal sealed record NearestBody(string Method, string Target, string? Body, IReadOnlyList<string> Changes);

/// <param name="By">Who asked for it: a fault's number, the call's own header, or its customer reference.</param>
/// <param name="When">before: nothing had happened. after: what was decided is kept.</param>
internal sealed record StruckBody(string Kind, string When, string By);

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
