namespace ImovoSim.Tests;

/// Holds every answer of a control route, and every request that was taken, against the document that the simulator serves.
internal sealed class Judge : DelegatingHandler
{
    private readonly SemaphoreSlim _first = new(1);
    private ServedDocument? _document;

    public Judge(HttpMessageHandler inner) => InnerHandler = inner;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var target = request.RequestUri!.PathAndQuery;
        if (!target.StartsWith("/_sim", StringComparison.Ordinal))
            return answer;
        // A stream is judged by its head alone: it has no end to wait for.
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return answer;
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        (await Document(request, cancellationToken)).Check(
            request.Method.Method, target, sent, (int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync(cancellationToken));
        return answer;
    }

    private async Task<ServedDocument> Document(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _first.WaitAsync(cancellationToken);
        try
        {
            if (_document is null)
            {
                using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(request.RequestUri!, "/_sim/openapi.json"));
                using var answer = await base.SendAsync(ask, cancellationToken);
                _document = new ServedDocument(await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            return _document;
        }
        finally
        {
            _first.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _first.Dispose();
        base.Dispose(disposing);
    }
}
