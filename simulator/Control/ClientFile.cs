using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImovoSim.Clock;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>
/// A client's whole state as a file for people and for later versions of this program. Whatever a version writes, every
/// later one reads: a member more, a member less, or another meaning of one makes another version, and what an older
/// file does not have is as with a new client. A member that the file's version does not have is refused.
/// </summary>
/// <param name="Name">Whose it was. Names are given once, so an import leaves its client's own.</param>
/// <param name="FirstLimit">The weekly limit that a reset brings back.</param>
/// <param name="Seed">What the codes and all other chance follow from, in hexadecimal digits.</param>
/// <param name="Days">What the weekly limit has counted, by London day.</param>
/// <param name="LastMessageId">How many messages it was sent; since version 2, as are <paramref name="Messages"/>.</param>
/// <param name="Messages">Those that were kept, in the order of their ids.</param>
/// <param name="Vouchers">In the order of their issue: the first is number one, and the next to be issued follows the last.</param>
internal sealed record ClientFile(
    string Format, int Version, string Name, IReadOnlyList<string> Campaigns, ClientFile.ClockEntry Clock, string Seed,
    IReadOnlyList<ClientFile.DayEntry> Days, long LastFaultId, IReadOnlyList<Fault> Faults, IReadOnlyList<ClientFile.VoucherEntry> Vouchers,
    decimal? WeeklyLimit = null, decimal? FirstLimit = null, long LastMessageId = 0, IReadOnlyList<ClientFile.MessageEntry>? Messages = null)
{
    public const string FormatName = "imovosim-client";
    public const int LastVersion = 3;

    /// <summary>Frozen at an instant, or so far from the real time; 0 is real.</summary>
    internal sealed record ClockEntry(DateTimeOffset? FrozenAt = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] decimal OffsetSeconds = 0);

    internal sealed record DayEntry(DateOnly Day, decimal Value);

    /// <param name="State">issued, redeemed or cancelled; whether it has expired, the clock says.</param>
    /// <param name="CountedByReference">Whether its campaign counted the vouchers of a customer reference.</param>
    /// <param name="Uncounted">Whether its value is in none of the days that the weekly limit counts; since version 3.</param>
    internal sealed record VoucherEntry(
        string Code, string Campaign, decimal Value, string State, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string CustomerReference, int UsesLeft,
        string? DeliveryRecipient = null, string? CustomerName = null, string? Address = null, string? PostCode = null, string? LinkTail = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Used = false,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool CountedByReference = false, IReadOnlyList<EventEntry>? Events = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Uncounted = false)
    {
        public static VoucherEntry Of(Voucher voucher, IReadOnlyList<VoucherEvent> history) => new(
            voucher.Code, voucher.Campaign, Money.ToPounds(voucher.Pence), States[(int)voucher.State], London.Local(voucher.IssuedAt), London.Local(voucher.ExpiresAt),
            voucher.CustomerReference, voucher.UsesLeft, voucher.DeliveryRecipient, voucher.Id?.CustomerName, voucher.Id?.Address, voucher.Id?.PostCode, voucher.LinkTail,
            voucher.Used, voucher.PerReference, history.Count == 0 ? null : [.. history.Select(EventEntry.Of)], voucher.Uncounted);
    }

    /// <param name="What">redeemed, voided, cancelled or expired.</param>
    internal sealed record EventEntry(
        string What, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] decimal Amount = 0, string? Outlet = null, string? Terminal = null, string? Text = null)
    {
        public static EventEntry Of(VoucherEvent happened) => new(
            Kinds[(int)happened.Kind], London.Local(happened.At), Money.ToPounds(happened.Pence), happened.Outlet, happened.Terminal, happened.Text);
    }

    /// <param name="Voucher">The number of the voucher that it is about.</param>
    /// <param name="State">waiting, sent or failed; whether it is delivered, the clock says.</param>
    internal sealed record MessageEntry(
        long Id, long Voucher, string Channel, string To, string Text, string State, DateTimeOffset CreatedAt, DateTimeOffset DueAt, string? Subject = null, string? Reason = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Attempts = 0)
    {
        public static MessageEntry Of(Message message) => new(
            message.Id, message.Voucher.Serial, MessageBody.Channels[(int)message.Channel], message.To, message.Text, MessageStates[(int)message.State],
            London.Local(message.Created), London.Local(message.Due), message.Subject, message.Reason, message.Attempts);
    }

    /// <summary>In the order of <see cref="MessageState"/>.</summary>
    public static readonly string[] MessageStates = ["waiting", "sent", "failed"];

    /// <summary>In the order of <see cref="VoucherState"/>.</summary>
    public static readonly string[] States = ["issued", "redeemed", "cancelled"];

    /// <summary>In the order of <see cref="VoucherEventKind"/>.</summary>
    public static readonly string[] Kinds = ["redeemed", "voided", "cancelled", "expired"];
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ClientFile))]
internal sealed partial class ClientFileJson : JsonSerializerContext
{
    public static ClientFileJson Strict { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
