using System.Text.Json.Serialization;

namespace ImovoSim.Client;

/// <summary>The way that a message takes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageChannel>))]
public enum MessageChannel
{
    /// <summary>Its recipient is neither a UK mobile number nor an e-mail address.</summary>
    None,

    /// <summary>A short message.</summary>
    Sms,

    /// <summary>An e-mail.</summary>
    Email,
}

/// <summary>How a message stands by its client's clock.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageState>))]
public enum MessageState
{
    /// <summary>The mail server has yet to take it.</summary>
    Waiting,

    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>The customer has it.</summary>
    Delivered,

    /// <summary>It cannot be delivered.</summary>
    Failed,
}

/// <summary>An SMS or e-mail that the service would have sent.</summary>
/// <param name="Id">Its number, counted from 1 for each client.</param>
/// <param name="Channel">The way that it takes.</param>
/// <param name="To">Whom it is for: a UK mobile number in the form +447…, an e-mail address as it was given.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why it failed, or was not taken the last time it was tried; null where there is nothing to say.</param>
/// <param name="Subject">Of an e-mail.</param>
/// <param name="Text">What the customer reads, to the letter the <c>message</c> of the answer.</param>
/// <param name="Segments">Of an SMS, what an operator makes of it.</param>
/// <param name="VoucherCode">The voucher that it is about.</param>
/// <param name="Campaign">The code of the voucher's campaign.</param>
/// <param name="CustomerReference">The reference that the voucher was asked for with.</param>
/// <param name="CreatedAt">When it was made, by the client's clock and with London's offset.</param>
/// <param name="DeliveredAt">When it was delivered; null where it is not.</param>
/// <param name="Attempts">How often it was handed to the mail server; null where it was not.</param>
/// <param name="Page">The voucher's page on the simulator, as a path; null where its campaign has no link.</param>
public sealed record SimulatedMessage(
    string Id, MessageChannel Channel, string To, MessageState State, string? Reason, string? Subject, string Text, MessageSegments? Segments, string VoucherCode, string Campaign,
    string CustomerReference, DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt, int? Attempts, string? Page)
{
    /// <summary>The message without its recipient and its text, and of the voucher's code the last four characters.</summary>
    public override string ToString() => $"Message {Id} by {Channel} about voucher {VoucherIssued.End(VoucherCode)}: {State}";
}

/// <summary>The short messages that an operator makes of a text, and counts.</summary>
/// <param name="Encoding"><c>GSM-7</c> where the text has only its letters, else <c>UCS-2</c>.</param>
/// <param name="Characters">The text's length as the operator counts: € and a few others are two in GSM-7.</param>
/// <param name="Count">How many short messages it takes.</param>
public sealed record MessageSegments(string Encoding, int Characters, int Count);
