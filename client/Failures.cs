using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ImovoSim.Client.Generated;

namespace ImovoSim.Client;

/// Every exception that this client makes, with its cause in one sentence. No sentence quotes a body, a key or a query string.
internal static class Failures
{
    public static ImovoException Unusable(ImovoApiException answer, Conversation api)
    {
        var status = (HttpStatusCode)answer.StatusCode;
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return new ImovoAccessDeniedException(status is HttpStatusCode.Unauthorized
                ? "i-movo answered 401: the API key is missing or unknown. Check ImovoClientOptions.ApiKey."
                : "i-movo answered 403: the caller is not allowed. The service is open to registered addresses only.")
            {
                StatusCode = status,
                RawBody = answer.Response,
                CorrelationId = Correlation(api),
            };
        return new ImovoUnexpectedAnswerException($"i-movo answered {answer.StatusCode}: {Cause(answer, api)}.", answer.InnerException)
        {
            StatusCode = status,
            RawBody = answer.Response,
            CorrelationId = Correlation(api),
            OutcomeIsUnknown = answer.StatusCode is < 300 or >= 500,
        };
    }

    public static ImovoUnexpectedAnswerException Contradiction(Conversation api, string cause) =>
        new($"i-movo answered {(int?)api.Status}: {cause}.", null)
        {
            StatusCode = api.Status,
            RawBody = api.Body,
            CorrelationId = Correlation(api),
            OutcomeIsUnknown = true,
        };

    public static VoucherOutcomeUnknownException Lost(Exception lost, Conversation api, string advice, string why) =>
        new($"The request was sent, but its answer was lost: {why.TrimEnd('.')}. {advice}", lost)
        {
            StatusCode = api.Status,
            RawBody = api.Body,
            CorrelationId = Correlation(api),
        };

    public static ImovoUnreachableException Unreachable(Exception unsent, Conversation api, ImovoClientOptions settings) =>
        new($"No connection to {settings.BaseAddress!.GetLeftPart(UriPartial.Authority)} could be made: {Reason(unsent, settings)}. Nothing was sent.", unsent)
        {
            CorrelationId = Correlation(api),
        };

    /// A bare SocketException comes out of HttpClient when the other side resets the connection just as it was made.
    public static bool IsOfTransport(Exception? problem) =>
        problem is HttpRequestException or OperationCanceledException or IOException or SocketException;

    private static string Cause(ImovoApiException answer, Conversation api) => answer switch
    {
        { StatusCode: >= 300 and < 400 } => "a redirect, which is not followed, for it would carry the request elsewhere. Check ImovoClientOptions.BaseAddress",
        { StatusCode: 404 } => "no such path. Check ImovoClientOptions.BaseAddress",
        { StatusCode: 429 } => "too many requests",
        { StatusCode: >= 500 } => "the service, or something before it, failed",
        { StatusCode: > 200 and < 300 } => "the vendor promises 200 with a body",
        { InnerException: JsonException } => "the body is not the JSON that the vendor promises",
        { StatusCode: 200 or 400 } when !api.AnswerIsJson =>
            $"the answer is {api.MediaType ?? "of no content type"}, not JSON; a proxy or a login page may have answered instead of i-movo",
        { StatusCode: 200 } => "the body is not the JSON that the vendor promises",
        _ => "the request was not accepted",
    };

    private static string Reason(Exception unsent, ImovoClientOptions settings) => unsent switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name cannot be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "TLS was not agreed",
        HttpRequestException => "it was refused",
        OperationCanceledException => $"it took too long (ImovoClientOptions.ConnectTimeout {settings.ConnectTimeout}, Timeout {settings.Timeout})",
        _ => "it broke",
    };

    private static string? Correlation(Conversation api) => api.CorrelationId ?? Activity.Current?.TraceId.ToHexString();
}
