namespace ImovoSim.Pages;

/// <summary>Another site's page, which a browser lets post here in the name of whoever looks at it.</summary>
internal static class OtherSite
{
    /// <summary>Whether a browser says that a page of another site asks. What is no browser says nothing.</summary>
    public static bool Asks(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site is not ("same-origin" or "none");
        return request.Headers.Origin is [{ } origin] && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !request.Host.Value!.Equals(from.Authority, StringComparison.OrdinalIgnoreCase));
    }
}
