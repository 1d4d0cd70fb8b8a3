using System.Net;

namespace ImovoSim.Client;

/// An answer's body that ends in an exception instead of in the program's last byte of memory. The vendor's answers have less
/// than a thousandth of this.
internal sealed class CappedContent : HttpContent
{
    public const int MostBytes = 1024 * 1024;

    private readonly HttpContent _inner;

    public CappedContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var header in inner.Headers.NonValidated.Where(header => header.Key != "Content-Length"))
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var body = await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[8192];
        for (var total = 0; await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0;)
        {
            total += read;
            if (total > MostBytes)
                throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The answer is larger than 1 MB.");
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false; // the buffer grows with what arrives, not with what the header says
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
