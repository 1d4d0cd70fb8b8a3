using System.Globalization;

namespace ImovoSim.Client;

/// <summary>
/// A failure to ask for: <c>Fault.ConnectionReset().After().ForReference("07700900001").Once()</c>. Without more it strikes every
/// call of the client, before anything has happened.
/// </summary>
public sealed class Fault
{
    private Fault(FaultRequest request) => Request = request;

    internal FaultRequest Request { get; }

    /// <summary>The true answer, so much later. The voucher exists.</summary>
    /// <param name="delay">At most ten minutes.</param>
    /// <returns>The fault.</returns>
    public static Fault Latency(TimeSpan delay) => new(new("latency") { Milliseconds = Milliseconds(delay) });

    /// <summary>The true answer, later by a time that lies evenly between two. The voucher exists.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest, at most ten minutes.</param>
    /// <returns>The fault.</returns>
    public static Fault LatencyBetween(TimeSpan least, TimeSpan most) => new(new("latency") { Milliseconds = Milliseconds(least), To = Milliseconds(most) });

    /// <summary>The true answer, later by a normally distributed time. The voucher exists.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <returns>The fault.</returns>
    public static Fault LatencyAround(TimeSpan mean, TimeSpan deviation) => new(new("latency") { Milliseconds = Milliseconds(mean), Deviation = Milliseconds(deviation) });

    /// <summary>Another status in the place of the answer.</summary>
    /// <param name="status">From 200 to 599.</param>
    /// <param name="body">At most 4096 characters; null for none.</param>
    /// <param name="contentType">The body's content type.</param>
    /// <returns>The fault.</returns>
    public static Fault Status(int status, string? body = null, string? contentType = null) => new(new("status") { Status = status, Body = body, ContentType = contentType });

    /// <summary>429 with a Retry-After.</summary>
    /// <param name="retryAfter">Whole seconds, at most a day; null for one second.</param>
    /// <returns>The fault.</returns>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) => new(new("too-many-requests") { RetryAfter = retryAfter is { } time ? (int)time.TotalSeconds : null });

    /// <summary>503 with an HTML page.</summary>
    /// <returns>The fault.</returns>
    public static Fault Unavailable() => new(new("unavailable"));

    /// <summary>The answer's status, and nothing in it.</summary>
    /// <returns>The fault.</returns>
    public static Fault EmptyBody() => new(new("empty-body"));

    /// <summary>Half of the body that the header promises, and the connection ends.</summary>
    /// <returns>The fault.</returns>
    public static Fault Truncated() => new(new("truncated"));

    /// <summary>The answer without its last brace.</summary>
    /// <returns>The fault.</returns>
    public static Fault MalformedJson() => new(new("malformed-json"));

    /// <summary>The answer as text/html.</summary>
    /// <returns>The fault.</returns>
    public static Fault WrongContentType() => new(new("wrong-content-type"));

    /// <summary>The true answer in ten pieces. The voucher exists.</summary>
    /// <param name="over">How long it takes in all, at most ten minutes.</param>
    /// <returns>The fault.</returns>
    public static Fault SlowDrip(TimeSpan over) => new(new("slow-drip") { Milliseconds = Milliseconds(over) });

    /// <summary>No answer: the connection is torn down.</summary>
    /// <returns>The fault.</returns>
    public static Fault ConnectionReset() => new(new("connection-reset"));

    /// <summary>Nothing, until the caller gives up.</summary>
    /// <param name="longest">After this the connection ends, at most ten minutes; null for these.</param>
    /// <returns>The fault.</returns>
    public static Fault NoAnswer(TimeSpan? longest = null) => new(new("no-answer") { Milliseconds = longest is { } time ? Milliseconds(time) : null });

    /// <summary>The voucher that was issued last, once more.</summary>
    /// <returns>The fault.</returns>
    public static Fault SameVoucher() => new(new("same-voucher"));

    /// <summary>The voucher is issued, and its message fails. Only for campaigns that the service delivers, as are the other two of delivery.</summary>
    /// <returns>The fault.</returns>
    public static Fault DeliveryFails() => new(new("delivery-fails"));

    /// <summary>The voucher is issued, and its message arrives so much later by the client's clock.</summary>
    /// <param name="delay">At most seven days.</param>
    /// <returns>The fault.</returns>
    public static Fault DeliveryLate(TimeSpan delay) => delay >= TimeSpan.Zero && delay <= TimeSpan.FromDays(7)
        ? new(new("delivery-late") { Milliseconds = (int)delay.TotalMilliseconds })
        : throw new ArgumentOutOfRangeException(nameof(delay), delay.ToString("c", CultureInfo.InvariantCulture), "A message is late by zero to seven days.");

    /// <summary>The voucher is issued, and its message is sent twice.</summary>
    /// <returns>The fault.</returns>
    public static Fault DeliveryTwice() => new(new("delivery-twice"));

    /// <summary>Strikes before the change: nothing has happened. So it is unless told; latency, a slow drip, the same voucher and what is about delivery cannot.</summary>
    /// <returns>The same fault, before.</returns>
    public Fault Before() => new(Request with { When = "before" });

    /// <summary>Strikes after the change: the voucher exists, or is cancelled, and the answer is lost.</summary>
    /// <returns>The same fault, after.</returns>
    public Fault After() => new(Request with { When = "after" });

    /// <summary>Strikes only calls of one operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>The same fault, for these calls.</returns>
    public Fault For(VendorOperation operation) => new(Request with { Operation = operation.ToString() });

    /// <summary>Strikes only calls of one campaign.</summary>
    /// <param name="campaignCode">The campaign's code, in any casing.</param>
    /// <returns>The same fault, for these calls.</returns>
    public Fault ForCampaign(string campaignCode) => new(Request with { Campaign = campaignCode });

    /// <summary>Strikes only calls of one customer reference.</summary>
    /// <param name="customerReference">The reference, letter for letter.</param>
    /// <returns>The same fault, for these calls.</returns>
    public Fault ForReference(string customerReference) => new(Request with { Reference = customerReference });

    /// <summary>Strikes only the nth of its calls.</summary>
    /// <param name="nth">Counted from 1.</param>
    /// <returns>The same fault, for this call.</returns>
    public Fault OnCall(long nth) => new(Request with { Nth = nth });

    /// <summary>Strikes every nth of its calls.</summary>
    /// <param name="nth">Counted from 1.</param>
    /// <returns>The same fault, for these calls.</returns>
    public Fault EveryCall(long nth) => new(Request with { Every = nth });

    /// <summary>Strikes as many of its calls as chance says. The chance follows from the client's seed: it is the same in every run.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <returns>The same fault, now and then.</returns>
    public Fault WithProbability(double probability) => new(Request with { Probability = probability });

    /// <summary>Strikes once, and is over.</summary>
    /// <returns>The same fault, once.</returns>
    public Fault Once() => Times(1);

    /// <summary>Is over after so many strikes.</summary>
    /// <param name="strikes">Counted from 1.</param>
    /// <returns>The same fault, so often.</returns>
    public Fault Times(long strikes) => new(Request with { Strikes = strikes });

    /// <summary>Is over at an instant of the client's clock.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>The same fault, until then.</returns>
    public Fault Until(DateTimeOffset instant) => new(Request with { Until = SimulatorClock.Text(instant) });

    /// <summary>Its kind and when it strikes.</summary>
    public override string ToString() => $"{Request.Kind} {Request.When ?? "as it is by default"}";

    private static int Milliseconds(TimeSpan time) => time >= TimeSpan.Zero && time <= TimeSpan.FromMinutes(10)
        ? (int)time.TotalMilliseconds
        : throw new ArgumentOutOfRangeException(nameof(time), time.ToString("c", CultureInfo.InvariantCulture), "A wait is from zero to ten minutes.");
}
