using System.Net;

namespace ImovoSim.Client;

/// <summary>
/// A request body that knows whether its sending began, and that refuses to be sent a second time. Every request has one, also
/// one without a body, because of two facts: nothing of a request is complete on the wire before its content was written, so
/// "not started" proves that the service cannot have acted; and .NET's own handler silently repeats a POST without content when
/// a kept-alive connection breaks, though the service may have read it.
/// </summary>
internal sealed class SendOnceContent : HttpContent
{
    private readonly HttpContent? _inner;
    private int _started;

    public SendOnceContent(HttpContent? inner)
    {
        _inner = inner;
        foreach (var header in inner?.Headers.NonValidated ?? default)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    public bool Started => Volatile.Read(ref _started) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A call that may issue a voucher is never sent twice: remove the handler that repeats requests.");
        return _inner?.CopyToAsync(stream, context, cancellationToken) ?? Task.CompletedTask;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner?.Headers.ContentLength ?? 0;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner?.Dispose();
        base.Dispose(disposing);
    }
}
