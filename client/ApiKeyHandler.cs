using Microsoft.Extensions.Options;

namespace ImovoSim.Client;

/// Adds the key to requests for the configured address, and takes it away again, so that nobody who holds the request
/// afterwards can print it.
internal sealed class ApiKeyHandler(IOptionsMonitor<ImovoClientOptions> options, string name) : DelegatingHandler
{
    private const string Header = "X-API-KEY";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var current = options.Get(name);
        request.Headers.Remove(Header);
        if (IsFor(current.BaseAddress!, request.RequestUri))
            request.Headers.TryAddWithoutValidation(Header, current.ApiKey);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            request.Headers.Remove(Header);
        }
    }

    private static bool IsFor(Uri address, Uri? target) =>
        target is not null && Uri.Compare(address, target, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
