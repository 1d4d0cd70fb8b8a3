using ImovoSim.Faults;
using ImovoSim.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace ImovoSim.Journal;

/// <summary>Takes down a call while its request is still there. What costs, the reasons, the texts and the JSON, waits until somebody reads it.</summary>
/// <param name="call">Null where the call came to no operation.</param>
/// <param name="answer">What the service answered, before a fault struck.</param>
internal readonly struct Recorder(HttpContext http, Operation? operation, Caller caller, ReadOnlyMemory<byte> body, Call? call, Answer answer)
{
    private const string Hidden = "***";
    private static readonly HashSet<string> Secret = new([ApiKeyHeader.Name, "Authorization", "Cookie", "Proxy-Authorization"], StringComparer.OrdinalIgnoreCase);

    // A program sends the same headers with every call, and an entry is kept for long: most share one list of them.
    [ThreadStatic]
    private static HeaderBody[]? _lastHeaders;

    public Exchange Take(DateTimeOffset real, TimeSpan took, VoucherService service)
    {
        var decided = call?.Decided;
        var client = decided?.After ?? caller.Client;
        var strike = decided?.Strike;
        return new Exchange(
            operation, caller.Key, client, client.Clock.At(real), decided, call?.Result, service.Rules, call?.Given?.Unknown ?? [], strike,
            Request(), Answered(), strike is null ? answer : Struck(strike), answer, took + (strike is null ? TimeSpan.Zero : Waited(strike)));
    }

    private static TimeSpan Waited(Strike strike) => FaultKinds.Of(strike.Fault).Wait?.Invoke(strike) ?? TimeSpan.Zero;

    private Answer? Struck(Strike strike) => FaultKinds.Of(strike.Fault).Gets(AskedFault.Spoilt(answer, strike), strike);

    private SentBody Request() => new(
        http.Request.Method, Target(http.Request), null, Headers(http.Request.Headers), body.IsEmpty ? null : Exchange.Text(body), body.Length);

    // As it came, where nothing of it was spelt in another way: that text is there already.
    private static string Target(HttpRequest request)
    {
        var (raw, path, query) = ((request.HttpContext.Features[typeof(IHttpRequestFeature)] as IHttpRequestFeature)?.RawTarget, request.Path.Value ?? "", request.QueryString.Value ?? "");
        return !request.PathBase.HasValue && raw is not null && raw.Length == path.Length + query.Length && raw.StartsWith(path, StringComparison.Ordinal) && raw.EndsWith(query, StringComparison.Ordinal)
            ? raw
            : $"{request.PathBase}{path}{query}";
    }

    private static HeaderBody[] Headers(IHeaderDictionary sent)
    {
        var last = _lastHeaders;
        if (last is not null && last.Length == sent.Count && AreLast(sent, last))
            return last;
        var (headers, at) = (new HeaderBody[sent.Count], 0);
        foreach (var (name, value) in sent)
            headers[at++] = new HeaderBody(name, Secret.Contains(name) ? Hidden : value.ToString());
        return _lastHeaders = headers;
    }

    private static bool AreLast(IHeaderDictionary sent, HeaderBody[] last)
    {
        var at = 0;
        foreach (var (name, value) in sent)
        {
            var before = last[at++];
            if (before.Name != name || (!ReferenceEquals(before.Value, Hidden) && before.Value != value.ToString()))
                return false;
        }

        return true;
    }

    private IReadOnlyList<HeaderBody> Answered() => http.Response.Headers.Count == 0 ? [] : [.. http.Response.Headers.Select(header => new HeaderBody(header.Key, header.Value.ToString()))];
}
