using System.Text;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts.Tests.Deviations;

/// <summary>A call on its way to the simulator, as a deviation sees and alters it.</summary>
internal sealed partial record Asked(string Method, string Address, string? ContentType, byte[] Body, IReadOnlyList<(string Name, string Value)> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);
    public string Path => Address.Split('?')[0];
    public string Query => Address.Contains('?', StringComparison.Ordinal) ? Address[(Address.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
    public string? Key => Headers.FirstOrDefault(header => header.Name.Equals("X-API-KEY", StringComparison.OrdinalIgnoreCase)).Value;
    public bool IsRequest => Path.EndsWith("/Request", StringComparison.OrdinalIgnoreCase);
    public bool IsWithId => Path.EndsWith("/RequestVoucherWithId", StringComparison.OrdinalIgnoreCase);
    public bool IsCancel => Path.EndsWith("/CancelVoucher", StringComparison.OrdinalIgnoreCase);
    public bool IsForm => ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true;

    public Asked WithKey(string key) =>
        this with { Headers = [.. Headers.Where(header => !header.Name.Equals("X-API-KEY", StringComparison.OrdinalIgnoreCase)), ("X-API-KEY", key)] };

    public Asked WithText(string text) => this with { Body = Encoding.UTF8.GetBytes(text) };

    public Asked Replacing(string old, string with) => WithText(Text.Replace(old, with, StringComparison.Ordinal)) with { Address = Address.Replace(old, with, StringComparison.Ordinal) };

    /// <summary>What a parameter says, wherever it stands.</summary>
    public string? Of(string parameter)
    {
        foreach (var place in (string[])[IsForm ? Text : "", Query])
        {
            var match = Regex.Match(place, $"(?:^|&){parameter}=([^&]*)", RegexOptions.IgnoreCase);
            if (match.Success) return Uri.UnescapeDataString(match.Groups[1].Value.Replace('+', ' '));
        }
        var json = Regex.Match(Text, $"\"{parameter}\"\\s*:\\s*(\"[^\"]*\"|[^,}}]*)", RegexOptions.IgnoreCase);
        return json.Success && !IsForm ? json.Groups[1].Value.Trim().Trim('"') : null;
    }

    public string? Value => Of(IsWithId ? "VoucherValue" : "value");
    public decimal? Pounds => decimal.TryParse(Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var pounds) ? pounds : null;
    public string? Code => Of("voucherCode");
    public string? Reference => Of("customerReference");
    public string? Campaign => Of("campaignCode");

    public Asked WithValue(string value) => (IsWithId
        ? WithText(JsonValue().Replace(Text, $"\"VoucherValue\":{value}"))
        : WithText(IsForm ? PlainValue().Replace(Text, value) : Text) with { Address = PlainValue().Replace(Address, value) });

    public static async Task<Asked> Read(HttpRequestMessage request, CancellationToken stop)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(stop);
        var type = request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var values) == true ? values.ToString() : null;
        return new(request.Method.Method, request.RequestUri!.PathAndQuery, type, body, [.. request.Headers.NonValidated.Select(header => (header.Key, header.Value.ToString()))]);
    }

    public HttpRequestMessage Write(Uri to)
    {
        var uri = new Uri(to.GetLeftPart(UriPartial.Authority) + Address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(Method), uri);
        if (Method is not "GET") request.Content = new ByteArrayContent(Body);
        if (ContentType is not null && request.Content is { } content) content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    [GeneratedRegex("\"VoucherValue\"\\s*:\\s*[^,}]+")]
    private static partial Regex JsonValue();

    [GeneratedRegex("(?<=(?:^|[?&])value=)[^&]*", RegexOptions.IgnoreCase)]
    private static partial Regex PlainValue();
}

/// <summary>An answer on its way back.</summary>
internal sealed record Reply(int Status, string? ContentType, string Body, IReadOnlyList<(string Name, string Value)> Headers)
{
    public bool Issues => Body.Contains("\"voucherCode\"", StringComparison.Ordinal);
    public bool Succeeds => Body.Contains("\"successfulRequest\":true", StringComparison.Ordinal);
    public bool Refuses => Body.Contains("\"successfulRequest\":false", StringComparison.Ordinal);
    public bool Says(string what) => Body.Contains(what, StringComparison.Ordinal);
    public string? Code => Regex.Match(Body, "\"voucherCode\":\"([^\"]+)\"") is { Success: true } code ? code.Groups[1].Value : null;

    public Reply Replacing(string old, string with) => this with { Body = Body.Replace(old, with, StringComparison.Ordinal) };
    public Reply Matching(string pattern, string with) => this with { Body = Regex.Replace(Body, pattern, with) };
    public Reply Matching(string pattern, MatchEvaluator with) => this with { Body = Regex.Replace(Body, pattern, with) };

    public static Reply Json(string body, int status = 200) => new(status, "application/json; charset=utf-8", body, []);
    public static Reply Refusal(string message) => Json($"{{\"errorMessages\":[\"{message}\"],\"successfulRequest\":false}}");
    public static Reply Success { get; } = Json("{\"successfulRequest\":true}");

    public static async Task<Reply> Read(HttpResponseMessage response, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(stop));
        string? type = null;
        List<(string, string)> headers = [.. response.Headers.NonValidated.Select(header => (header.Key, header.Value.ToString()))];
        foreach (var (name, value) in response.Content.Headers.NonValidated)
        {
            if (name == "Content-Type") type = value.ToString();
            else if (name != "Content-Length") headers.Add((name, value.ToString()));
        }
        return new((int)response.StatusCode, type, body, headers);
    }

    public HttpResponseMessage Write()
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)Status) { Content = content };
        if (ContentType is not null) content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (name, value) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value)) content.Headers.TryAddWithoutValidation(name, value);
        }
        return response;
    }
}
