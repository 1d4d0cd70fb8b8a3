using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ImovoSim.Campaigns;

/// <summary>A campaigns file that cannot be taken, with the line that is wrong.</summary>
internal sealed class CampaignsException(long line, string why) : Exception($"line {line}: {why}");

/// <summary>Reads a campaigns file; what is wrong in it is said with its line.</summary>
internal static class CampaignReader
{
    private const string Form = "the file must be {\"campaigns\": [ … ]}";

    private static readonly string[] Members =
    [
        "code", "kind", "value", "validity", "expiry", "codeLength", "checkDigit", "link", "message", "delivery", "id", "uses",
        "oncePerDay", "maximumPerReference", "starts", "ends",
    ];

    /// <exception cref="CampaignsException">The text is no list of campaigns that could be used.</exception>
    public static CampaignSet Read(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        RequireUtf8(json);
        try
        {
            return new CampaignSet(ReadAll(json));
        }
        catch (JsonException e)
        {
            throw new CampaignsException((e.LineNumber ?? 0) + 1, $"this is not JSON: {e.Message}");
        }
    }

    private static void RequireUtf8(ReadOnlySpan<byte> json)
    {
        var line = 1;
        foreach (var range in json.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(json[range]))
                throw new CampaignsException(line, "this is not UTF-8: save the file in that encoding");
            line++;
        }
    }

    private static List<Campaign> ReadAll(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName
            || !reader.ValueTextEquals("campaigns"u8) || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new CampaignsException(Line(json, reader.TokenStartIndex), Form);
        var all = new List<Campaign>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var line = Line(json, reader.TokenStartIndex);
            using var element = JsonDocument.ParseValue(ref reader);
            var campaign = One(element.RootElement, line);
            if (all.Any(other => other.Code.Equals(campaign.Code, StringComparison.OrdinalIgnoreCase)))
                throw new CampaignsException(line, $"{campaign.Code} stands in the file twice");
            all.Add(campaign);
        }

        if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject)
            throw new CampaignsException(Line(json, reader.TokenStartIndex), Form);
        // What comes after it is no JSON.
        reader.Read();
        return all;
    }

    private static long Line(ReadOnlySpan<byte> json, long at) => json[..(int)at].Count((byte)'\n') + 1;

    private static Campaign One(JsonElement json, long line)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new CampaignsException(line, "a campaign is an object: {\"code\": …}");
        var code = "";
        try
        {
            code = json.TryGetProperty("code", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()!.Trim() : "";
            return Checked(json, code);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException)
        {
            throw new CampaignsException(line, $"campaign {(code.Length > 0 ? code : "without a code")}: {e.Message}");
        }
    }

    private static Campaign Checked(JsonElement json, string code)
    {
        foreach (var member in json.EnumerateObject())
            Require(Members.Contains(member.Name), $"{member.Name} is no member; there are {string.Join(", ", Members)}");
        Require(code.Length > 0, "code is missing");
        var (@fixed, least, most, @default) = Value(json);
        var link = Text(json, "link");
        var message = Text(json, "message");
        var campaign = new Campaign(
            code,
            OneOf(json, "kind", CampaignKind.Cash, ("cash", CampaignKind.Cash), ("energy", CampaignKind.Energy), ("discount", CampaignKind.Discount), ("product", CampaignKind.Product), ("news", CampaignKind.News)),
            @fixed, least, most, @default,
            Text(json, "validity") is { } validity ? Duration.Parse(validity) ?? throw new FormatException($"validity {validity} is no ISO 8601 duration such as P30D") : null,
            OneOf(json, "expiry", ExpiryTime.EndOfDay7Digits, ("end-of-day-7-digits", ExpiryTime.EndOfDay7Digits), ("end-of-day-3-digits", ExpiryTime.EndOfDay3Digits), ("time-of-issue", ExpiryTime.TimeOfIssue)),
            Whole(json, "codeLength", Vouchers.VoucherCode.Shortest, Vouchers.VoucherCode.Longest) ?? 10,
            OneOf(json, "checkDigit", false, ("none", false), ("luhn", true)),
            link is null ? null : Template.Parse(link, Template.LinkNames).Text,
            string.IsNullOrEmpty(message) ? null : Template.Parse(message),
            OneOf(json, "delivery", false, ("client", false), ("service", true)),
            OneOf(json, "id", IdCheck.None, ("none", IdCheck.None), ("shown", IdCheck.Shown), ("required", IdCheck.Required)),
            Whole(json, "uses", 1, 10_000) ?? 1,
            Flag(json, "oncePerDay"),
            Whole(json, "maximumPerReference", 1, 10_000),
            Day(json, "starts"), Day(json, "ends"));
        Require(campaign.Validity is not null || campaign.Ends is not null, "validity or ends is needed, or a voucher would have no expiry");
        Require(campaign.Starts is not { } starts || campaign.Ends is not { } ends || starts <= ends, "it ends before it starts");
        return campaign;
    }

    private static (long? Fixed, long Least, long Most, long? Default) Value(JsonElement json)
    {
        Require(json.TryGetProperty("value", out var value), "value is missing: a number, or {\"least\": 1.00, \"most\": 100.00}");
        if (value.ValueKind == JsonValueKind.Number)
            return (Pence(value, "value"), 0, 0, null);
        Require(value.ValueKind == JsonValueKind.Object, "value must be a number, or {\"least\": 1.00, \"most\": 100.00}");
        Require(value.TryGetProperty("least", out var least) && value.TryGetProperty("most", out var most), "a variable value needs least and most");
        var (from, to) = (Pence(least, "least"), Pence(value.GetProperty("most"), "most"));
        Require(from <= to, $"the least value {least} is over the most");
        long? standard = value.TryGetProperty("default", out var given) ? Pence(given, "default") : null;
        Require(standard is not { } pence || (pence >= from && pence <= to), "the default value is not between least and most");
        return (null, from, to, standard);
    }

    private static long Pence(JsonElement json, string name)
    {
        Require(json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out _), $"{name} must be a number of pounds");
        var pounds = json.GetDecimal();
        Require(pounds is >= 0 and <= 1_000_000 && pounds * 100 % 1 == 0, $"{name} must be from 0.00 to 1000000.00, in whole pence");
        return Vouchers.Money.ToPence(pounds);
    }

    private static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return null;
        Require(value.ValueKind == JsonValueKind.String, $"{name} must be a text");
        return value.GetString();
    }

    private static bool Flag(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return false;
        Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"{name} must be true or false");
        return value.GetBoolean();
    }

    private static int? Whole(JsonElement json, string name, int least, int most)
    {
        if (!json.TryGetProperty(name, out var value))
            return null;
        Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _), $"{name} must be a whole number");
        Require(value.GetInt32() >= least && value.GetInt32() <= most, $"{name} must be from {least} to {most}");
        return value.GetInt32();
    }

    private static DateOnly? Day(JsonElement json, string name) =>
        Text(json, name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new FormatException($"{name} must be a day such as 2026-12-31");

    private static T OneOf<T>(JsonElement json, string name, T otherwise, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        if (Text(json, name) is not { } text)
            return otherwise;
        var names = new List<string>();
        foreach (var choice in choices)
        {
            if (choice.Name == text)
                return choice.Value;
            names.Add(choice.Name);
        }

        throw new FormatException($"{name} {text} does not exist; there are {string.Join(", ", names)}");
    }

    private static void Require(bool holds, string why)
    {
        if (!holds)
            throw new FormatException(why);
    }
}
