using ImovoSim.Vouchers;

namespace ImovoSim.Delivery;

/// <summary>The way that a message takes; none where its recipient cannot be reached.</summary>
internal enum Channel : byte
{
    None,
    Sms,
    Email,
}

/// <summary>What became of a message so far. "Delivered" is no state: the clock says it of what is sent.</summary>
internal enum MessageState : byte
{
    Waiting,
    Sent,
    Failed,
}

/// <summary>An SMS or e-mail that the service would have sent.</summary>
/// <param name="Id">The client's own count of messages, from 1.</param>
/// <param name="Voucher">The voucher that it is about, as it is now.</param>
/// <param name="To">A UK mobile number in the form +447…; anything else as it was given.</param>
/// <param name="Subject">Of an e-mail.</param>
/// <param name="Text">What the customer reads: the <c>message</c> of the answer.</param>
/// <param name="Created">By the client's clock, as is <paramref name="Due"/>.</param>
/// <param name="Due">When it arrives, or has arrived; while it waits, when it may be sent.</param>
/// <param name="Reason">Why it failed, or was not taken the last time it was tried.</param>
/// <param name="Attempts">How often it was handed to the mail server.</param>
/// <param name="FirstAttempt">The real time of the first that failed.</param>
/// <param name="NextAttempt">The real time from which it may be tried; null where it does not wait.</param>
internal sealed record Message(
    long Id,
    Voucher Voucher,
    Channel Channel,
    string To,
    string? Subject,
    string Text,
    MessageState State,
    DateTimeOffset Created,
    DateTimeOffset Due,
    string? Reason = null,
    int Attempts = 0,
    DateTimeOffset? FirstAttempt = null,
    DateTimeOffset? NextAttempt = null)
{
    public bool Delivered(DateTimeOffset now) => State == MessageState.Sent && now >= Due;
}
