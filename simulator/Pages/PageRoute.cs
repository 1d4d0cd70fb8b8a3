using ImovoSim.Clients;
using ImovoSim.Storage;
using Microsoft.AspNetCore.Connections;

namespace ImovoSim.Pages;

/// <summary>What all pages have in common: headers that keep a browser from doing more than it must, and a page whatever happens.</summary>
internal sealed partial class PageRoute(ILogger<PageRoute> log)
{
    // Nothing but the one stylesheet and the icon, and forms that go back to where they came from.
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Of the dashboard: its one script as well, which calls this simulator, and of what it is given makes text and nothing else.</summary>
    public const string ScriptPolicy = Policy + "; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

    public RequestDelegate Answering(Func<HttpContext, ValueTask<IResult>> page, string policy = Policy) => context => Respond(context, page, policy);

    public async Task Respond(HttpContext context, Func<HttpContext, ValueTask<IResult>> page, string policy = Policy)
    {
        IResult result;
        try
        {
            result = await page(context);
        }
        catch (ConnectionResetException)
        {
            return;
        }
        catch (BadHttpRequestException e)
        {
            result = Message.Page("This cannot be read", e.Message, e.StatusCode);
        }
        catch (SandboxesFullException e)
        {
            result = Message.Page("No sandbox is free", e.Message, StatusCodes.Status503ServiceUnavailable);
        }
        catch (StoreException e)
        {
            StoreFailed(log, context.TraceIdentifier, e.Message);
            result = Message.Page("One moment", "The simulator's store does not answer. Try again.", StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, e, context.TraceIdentifier);
            result = Message.Page("Something went wrong", $"The simulator's log has it under {context.TraceIdentifier}.", StatusCodes.Status500InternalServerError);
        }

        Guard(context.Response.Headers, policy);
        await result.ExecuteAsync(context);
    }

    private static void Guard(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not "no-referrer": with that a browser hides the origin of a form as well, and the till looks at it.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["X-Robots-Tag"] = "noindex";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected error in a page, correlation id {Id}")]
    private static partial void Failed(ILogger log, Exception e, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store does not answer a page, correlation id {Id}: {Why}")]
    private static partial void StoreFailed(ILogger log, string id, string why);
}
