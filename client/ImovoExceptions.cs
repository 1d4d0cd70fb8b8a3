using System.Net;

namespace ImovoSim.Client;

/// <summary>
/// There was no usable answer. Neither the message nor <c>ToString</c> holds the API key, a voucher code or the raw body.
/// </summary>
public abstract class ImovoException : Exception
{
    private protected ImovoException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    /// <summary>Whether the service may have acted: issued a voucher, or cancelled one. When true, do not just repeat the call.</summary>
    public bool OutcomeIsUnknown { get; internal init; }

    /// <summary>The HTTP status; null when no answer arrived.</summary>
    public HttpStatusCode? StatusCode { get; internal init; }

    /// <summary>The body as it arrived; null when none did. It may hold a voucher code: do not log it as it is.</summary>
    public string? RawBody { get; internal init; }

    /// <summary>
    /// What to quote to the vendor or to find in your own traces: the answer's X-Correlation-Id or Request-Id; without one, the
    /// trace id of the activity in which the call was made; null when there was none either.
    /// </summary>
    public string? CorrelationId { get; internal init; }
}

/// <summary>No connection could be made, after all retries. Nothing was sent; the call may be repeated.</summary>
public sealed class ImovoUnreachableException : ImovoException
{
    internal ImovoUnreachableException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}

/// <summary>The service does not accept the key (401), or the caller (403). Nothing was done.</summary>
public sealed class ImovoAccessDeniedException : ImovoException
{
    internal ImovoAccessDeniedException(string message)
        : base(message, null)
    {
    }
}

/// <summary>
/// Something answered, but not as the vendor promises: an HTML page, a failure of the service (5xx), a redirect, malformed or
/// truncated JSON, a voucher without a code. The message names the cause.
/// </summary>
public sealed class ImovoUnexpectedAnswerException : ImovoException
{
    internal ImovoUnexpectedAnswerException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}

/// <summary>
/// The request was sent, and its answer was lost: a timeout, a cut connection, or the caller's own cancellation. A voucher may
/// have been issued or cancelled. Do not repeat a request for a voucher: it would issue a second one. Keep the customer
/// reference and the time, and settle with i-movo what became of it; a cancellation may be repeated.
/// </summary>
public sealed class VoucherOutcomeUnknownException : ImovoException
{
    internal VoucherOutcomeUnknownException(string message, Exception? cause)
        : base(message, cause) => OutcomeIsUnknown = true;
}
