using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ImovoSim.Campaigns;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>Every body in the vendor's form: its members, their order, and how each is written.</summary>
internal sealed class WireJson(Profile facts, string? publicUrl = null)
{
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json, WireJson Of)? _writer;

    private static readonly JsonEncodedText VoucherCodeName = JsonEncodedText.Encode("voucherCode"), BalanceName = JsonEncodedText.Encode("balance"),
        ExpiryDateName = JsonEncodedText.Encode("expiryDate"), MessageName = JsonEncodedText.Encode("message"),
        ErrorMessagesName = JsonEncodedText.Encode("errorMessages"), SuccessfulRequestName = JsonEncodedText.Encode("successfulRequest");

    private readonly JsonWriterOptions _options = new()
    {
        Encoder = facts.Says(Facts.Pound, "raw") ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default,
        SkipValidation = true,
    };

    private readonly string _contentType = facts.Says(Facts.Charset, "utf-8") ? "application/json; charset=utf-8" : "application/json";

    /// <param name="sent">The text that the service has sent, where it has: the answer says the same.</param>
    public Answer Issued(Campaign campaign, Voucher voucher, string? sent = null)
    {
        var message = Message(campaign, voucher, sent);
        return Write(200, json =>
        {
            if (!facts.Says(Facts.CodeInAnswer, "not-with-a-link") || campaign.Link is null)
                json.WriteString(VoucherCodeName, voucher.Code);
            Balance(json, campaign, voucher);
            // As many digits of the second as it has, as both of the page's samples have it.
            Span<char> digits = stackalloc char[32];
            Expiry.Wall(voucher.ExpiresAt, facts).TryFormat(digits, out var length, "o", CultureInfo.InvariantCulture);
            var expiry = digits[..length].TrimEnd('0').TrimEnd('.');
            if (facts.Says(Facts.ExpiryQuoted, "yes"))
                json.WriteString(ExpiryDateName, expiry);
            else
                Raw(json, ExpiryDateName, expiry);
            if (message is not null)
                json.WriteString(MessageName, message);
            Errors(json, null);
            json.WriteBoolean(SuccessfulRequestName, true);
        });
    }

    public Answer Cancelled() => Write(200, json =>
    {
        if (facts.Says(Facts.CancelBody, "flag-and-message"))
            json.WriteString(MessageName, "OK");
        Errors(json, null);
        json.WriteBoolean(SuccessfulRequestName, true);
    });

    public Answer Refused(Operation operation, IReadOnlyList<Reason> reasons) =>
        Refused(Refusals.Status(operation, reasons, facts), [.. reasons.Select(reason => Refusals.Text(operation, reason, facts))], operation != Operation.CancelVoucher);

    public Answer Refused(int status, string[] messages, bool voucherMembers = false) => Write(status, json =>
    {
        if (voucherMembers && facts.Says(Facts.VoucherOnRefusal, "null"))
        {
            json.WriteNull(VoucherCodeName);
            json.WriteNull(BalanceName);
            json.WriteNull(ExpiryDateName);
            json.WriteNull(MessageName);
        }

        Errors(json, messages);
        json.WriteBoolean(SuccessfulRequestName, false);
    });

    private string? Message(Campaign campaign, Voucher voucher, string? sent) => facts[Facts.Message] switch
    {
        "never" => null,
        "always" when campaign.Message is null => "",
        _ when campaign.Message is null => null,
        _ => sent ?? CustomerMessage.For(campaign, voucher, facts, publicUrl),
    };

    private void Balance(Utf8JsonWriter json, Campaign campaign, Voucher voucher)
    {
        var pence = campaign.Fixed is null ? voucher.Pence : facts[Facts.FixedBalance] switch
        {
            "zero" => 0,
            "one" => 1_00,
            "omitted" => (long?)null,
            _ => voucher.Pence,
        };
        if (pence is not { } amount)
            return;
        if (facts.Says(Facts.BalanceScale, "two"))
            json.WriteNumber(BalanceName, Money.ToPounds(amount));
        else
            Raw(json, BalanceName, (amount / 100m).ToString(facts.Says(Facts.BalanceScale, "at-least-one") ? "0.0#" : "0.##", CultureInfo.InvariantCulture));
    }

    private void Errors(Utf8JsonWriter json, string[]? messages)
    {
        if (messages is null && facts.Says(Facts.ErrorsOnSuccess, "omitted"))
            return;
        if (messages is null && facts.Says(Facts.ErrorsOnSuccess, "null"))
        {
            json.WriteNull(ErrorMessagesName);
            return;
        }

        json.WriteStartArray(ErrorMessagesName);
        foreach (var message in messages ?? [])
            json.WriteStringValue(message);
        json.WriteEndArray();
    }

    private static void Raw(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<char> value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    private Answer Write(int status, Action<Utf8JsonWriter> members)
    {
        if (_writer is not { } writer || writer.Of != this)
            _writer = writer = Writer();
        var (buffer, json, _) = writer;
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return new Answer(status, _contentType, buffer.WrittenSpan.ToArray());
    }

    private (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json, WireJson Of) Writer()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new Utf8JsonWriter(buffer, _options), this);
    }
}
