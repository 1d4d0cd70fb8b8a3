using System.Net;

namespace ImovoSim.Client;

/// <summary>The simulator refused, and nothing has changed; or it could not be reached. The message holds neither key nor token.</summary>
public class ImovoSimulatorException : Exception
{
    internal ImovoSimulatorException(string message, HttpStatusCode? status = null, string? title = null, string? detail = null, Exception? cause = null)
        : base(message, cause) => (StatusCode, Title, Detail) = (status, title, detail);

    /// <summary>The HTTP status; null when no answer arrived.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The status in words, from the answer's problem details; null when there were none.</summary>
    public string? Title { get; }

    /// <summary>What is wrong and what to do, from the answer's problem details; null when there were none.</summary>
    public string? Detail { get; }
}

/// <summary>There are not as many vouchers, or calls, as were expected.</summary>
public sealed class ImovoVerificationException : ImovoSimulatorException
{
    internal ImovoVerificationException(string expected, Counted counted)
        : base($"Expected {expected}, found {counted.Found}: {(counted.Difference < 0 ? $"{-counted.Difference} missing" : $"{counted.Difference} too many")}.", HttpStatusCode.Conflict) =>
        Counted = counted;

    /// <summary>What was found.</summary>
    public Counted Counted { get; }
}
