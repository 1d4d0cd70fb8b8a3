using System.Text;
using System.Text.Json;

namespace ImovoSim.Tests;

/// One key, the vendor's operations and the control routes.
internal sealed class Steered(HttpClient http, string? key, string? token = null)
{
    public Task<Reply> Issue(string campaign = "THINK", string value = "10.00", string reference = "07700900000", Action<HttpRequestMessage>? change = null) =>
        Send(HttpMethod.Post, $"/VoucherRequest/Request?campaignCode={campaign}&customerReference={reference}&value={value}", null, change);

    public async Task<string> Issued(string campaign = "THINK", string value = "10.00", string reference = "07700900000")
    {
        var reply = await Issue(campaign, value, reference);
        return reply.Member("voucherCode").GetString() ?? throw new InvalidOperationException(reply.Body);
    }

    public Task<Reply> Cancel(string code) => Send(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode={code}");

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Reply> Post(string path, string? json = null) => Send(HttpMethod.Post, path, json);

    public Task<Reply> Put(string path, string json) => Send(HttpMethod.Put, path, json);

    public Task<Reply> Delete(string path) => Send(HttpMethod.Delete, path);

    public async Task<Reply> Send(HttpMethod method, string path, string? json = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-API-KEY", key);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        change?.Invoke(request);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        // A stream has no end to wait for.
        var bytes = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? [] : await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Reply(
            (int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), bytes,
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }
}

/// An answer as it came over the wire.
internal sealed record Reply(int Status, string? ContentType, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    /// What is wrong, where it is problem details and nothing else.
    public string Problem => ContentType == "application/problem+json; charset=utf-8" && Member("status").GetInt32() == Status
        ? $"{Status} {Member("detail").GetString()}"
        : $"no problem details: {Status} {ContentType} {Body}";

    public bool Succeeded => Status == 200 && Member("successfulRequest").GetBoolean();

    public string Error => Member("errorMessages")[0].GetString()!;

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    /// Of "a.b.0.c", the value.
    public JsonElement Member(string path)
    {
        var at = Json;
        foreach (var part in path.Split('.'))
        {
            if (int.TryParse(part, out var index))
                at = at[index];
            else if (!at.TryGetProperty(part, out at))
                throw new InvalidOperationException($"There is no {path} in: {Status} {Body}");
        }

        return at;
    }

    public string Text(string path) => Member(path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : Member(path).GetRawText();

    public bool Has(string name) => Json.TryGetProperty(name, out _);
}
