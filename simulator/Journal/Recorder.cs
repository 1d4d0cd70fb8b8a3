using System.Text;
using ImovoSim.Faults;
using ImovoSim.Wire;

namespace ImovoSim.Journal;

/// <summary>Takes down a call while its request is still there. What costs, the reasons and the JSON, waits until somebody reads it.</summary>
/// <param name="call">Null where the call came to no operation.</param>
/// <param name="answer">What the service answered, before a fault struck.</param>
internal sealed class Recorder(HttpContext http, Operation? operation, Caller caller, ReadOnlyMemory<byte> body, Call? call, Answer answer)
{
    private const int LongestBody = 16 * 1024;
    private const string Hidden = "***";
    private static readonly HashSet<string> Secret = new([ApiKeyHeader.Name, "Authorization", "Cookie", "Proxy-Authorization"], StringComparer.OrdinalIgnoreCase);

    public Exchange Take(DateTimeOffset real, TimeSpan took, VoucherService service)
    {
        var decided = call?.Decided;
        var client = decided?.After ?? caller.Client;
        var strike = decided?.Strike;
        var whole = Sent(answer);
        return new Exchange(
            operation, client, client.Clock.At(real), decided, call?.Result, service.Rules, call?.Given?.Unknown ?? [], strike,
            Request(), strike is null ? whole : Struck(strike, whole), whole, took + (strike is null ? TimeSpan.Zero : Waited(strike)));
    }

    private static TimeSpan Waited(Strike strike) => FaultKinds.Of(strike.Fault).Wait?.Invoke(strike) ?? TimeSpan.Zero;

    private SentBody? Struck(Strike strike, SentBody whole)
    {
        var spoilt = AskedFault.Spoilt(answer, strike);
        var got = FaultKinds.Of(strike.Fault).Gets(spoilt, strike);
        return got is null ? null
            : ReferenceEquals(got, answer) ? whole
            : Sent(got);
    }

    private SentBody Request()
    {
        var request = http.Request;
        var headers = new List<HeaderBody>(request.Headers.Count);
        foreach (var (name, value) in request.Headers)
            headers.Add(new HeaderBody(name, Secret.Contains(name) ? Hidden : WithoutKey(value.ToString())));
        var target = $"{request.PathBase}{request.Path.Value}{request.QueryString.Value}";
        return new SentBody(request.Method, WithoutKey(target), null, headers, body.IsEmpty ? null : WithoutKey(Text(body)), body.Length);
    }

    private SentBody Sent(Answer sent)
    {
        var headers = new List<HeaderBody>(6);
        foreach (var (name, value) in http.Response.Headers)
            headers.Add(new HeaderBody(name, value.ToString()));
        if (sent.ContentType is not null)
            headers.Add(new HeaderBody("Content-Type", sent.ContentType));
        if (sent.Header is not null)
            headers.Add(new HeaderBody(sent.Header, sent.HeaderValue ?? ""));
        return new SentBody(null, null, sent.Status, headers, sent.Body.IsEmpty ? null : Text(sent.Body), sent.Body.Length);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, LongestBody)]);

    // Wherever a caller puts its key by mistake, nobody finds it here.
    private string WithoutKey(string text) => text.Contains(caller.Key, StringComparison.Ordinal) ? text.Replace(caller.Key, Hidden, StringComparison.Ordinal) : text;
}
