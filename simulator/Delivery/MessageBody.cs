using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ImovoSim.Clock;
using ImovoSim.Control;
using ImovoSim.Vouchers;

namespace ImovoSim.Delivery;

/// <summary>A message as its client sees it, and where it stands by the client's clock.</summary>
internal sealed record MessageBody(
    [property: Description("Its number, counted from 1 for each client.")] string Id,
    [property: Description("The way that it takes; none where its recipient is neither a UK mobile number nor an e-mail address."), AllowedValues("sms", "email", "none")] string Channel,
    [property: Description("Whom it is for: a UK mobile number in the form +447…, an e-mail address as it was given.")] string To,
    [property: Description("waiting for the mail server; sent, and not there yet by the client's clock; delivered; or failed."), AllowedValues("waiting", "sent", "delivered", "failed")] string State,
    [property: Description("Why it failed, or was not taken the last time it was tried.")] string? Reason,
    [property: Description("Of an e-mail.")] string? Subject,
    [property: Description("What the customer reads, to the letter the `message` of the answer.")] string Text,
    [property: Description("Of an SMS: what an operator makes of it.")] SegmentsBody? Segments,
    [property: Description("The voucher that it is about.")] string VoucherCode,
    [property: Description("The code of the voucher's campaign.")] string Campaign,
    [property: Description("The reference that the voucher was asked for with.")] string CustomerReference,
    [property: Description("When it was made, with London's offset.")] DateTimeOffset CreatedAt,
    [property: Description("When it was delivered, with London's offset.")] DateTimeOffset? DeliveredAt,
    [property: Description("How often it was handed to the mail server; missing where it was not.")] int? Attempts,
    [property: Description("The voucher's page on this simulator; missing where its campaign has no link.")] string? Page)
{
    public static readonly string[] Channels = ["none", "sms", "email"];

    public static MessageBody Of(ControlCall call, Message message, DateTimeOffset now) => new(
        IdOf(message), Channels[(int)message.Channel], message.To, StateOf(message, now), message.Reason, message.Subject, message.Text,
        message.Channel == Delivery.Channel.Sms ? SegmentsBody.Of(Delivery.Segments.Of(message.Text)) : null,
        message.Voucher.Code, message.Voucher.Campaign, message.Voucher.CustomerReference, London.Local(message.Created),
        message.Delivered(now) ? London.Local(message.Due) : null, message.Attempts > 0 ? message.Attempts : null,
        call.Service.Rules.Campaigns.Find(message.Voucher.Campaign) is { } campaign ? WebLink.Page(campaign, message.Voucher, call.Caller.Client.Name) : null);

    public static string IdOf(Message message) => message.Id.ToString(CultureInfo.InvariantCulture);

    private static string StateOf(Message message, DateTimeOffset now) => message.State switch
    {
        MessageState.Waiting => "waiting",
        MessageState.Failed => "failed",
        _ => message.Delivered(now) ? "delivered" : "sent",
    };
}

internal sealed record SegmentsBody(
    [property: Description("GSM-7 where the text has only its letters, else UCS-2."), AllowedValues("GSM-7", "UCS-2")] string Encoding,
    [property: Description("Its length as the operator counts: € and a few others of GSM-7 are two.")] int Characters,
    [property: Description("How many short messages it takes.")] int Count)
{
    public static SegmentsBody Of(Segments segments) => new(segments.Encoding, segments.Characters, segments.Count);
}

internal sealed record MessagesBody(
    [property: Description("The messages of this page.")] IReadOnlyList<MessageBody> Messages,
    [property: Description("How many the filters mean, on all pages; missing where `count=false` asked for none.")] long? Count,
    [property: Description("For the page after this one, in `before`, or in `after` where the oldest come first; left out on the last.")] string? Next);
