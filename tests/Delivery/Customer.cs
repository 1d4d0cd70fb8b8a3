using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MimeKit;

namespace ImovoSim.Tests;

/// One client, by raw calls.
internal sealed class Customer(HttpClient http, string key) : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Customer(Uri address, string key)
        : this(new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address }, key)
    {
    }

    public void Dispose() => http.Dispose();

    /// The voucher's code and the message of the answer.
    public Task<(string Code, string Message)> Issue(string reference, string campaign = "THINK", string value = "20.00") =>
        Issued($"/VoucherRequest/Request?campaignCode={campaign}&customerReference={Uri.EscapeDataString(reference)}&value={value}", null);

    public Task<(string Code, string Message)> IssueWithId(string recipient, string name, string address, string postCode, string campaign = "CASHID") =>
        Issued("/VoucherRequest/RequestVoucherWithId", $$"""
            {"CampaignCode":"{{campaign}}","VoucherValue":20.00,"CustomerReference":"a-customer","DeliveryRecipient":{{Json(recipient)}},"CustomerName":{{Json(name)}},"Address":{{Json(address)}},"PostCode":{{Json(postCode)}}}
            """);

    /// The newest message to somebody, once there is one.
    public async Task<JsonElement> Message(string to)
    {
        var list = await Get($"/_sim/messages?wait=5s&to={Uri.EscapeDataString(to)}");
        Assert.True(list.GetProperty("messages").GetArrayLength() > 0, $"no message to {to}");
        return list.GetProperty("messages")[0];
    }

    public async Task<(byte[] Bytes, HttpContentHeaders Headers)> Eml(string id)
    {
        using var answer = await Send(HttpMethod.Get, $"/_sim/messages/{id}/eml");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadAsByteArrayAsync(Cancel), answer.Content.Headers);
    }

    public async Task<MimeMessage> Email(string to) => Parsed((await Eml((await Message(to)).GetProperty("id").GetString()!)).Bytes);

    public static MimeMessage Parsed(byte[] email) => MimeMessage.Load(new MemoryStream(email), Cancel);

    public async Task<JsonElement> Get(string path)
    {
        using var answer = await Send(HttpMethod.Get, path);
        return Element(await answer.Content.ReadAsStringAsync(Cancel));
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-API-KEY", key } }, Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        return await http.SendAsync(request, Cancel);
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private async Task<(string Code, string Message)> Issued(string path, string? json)
    {
        using var answer = await Send(HttpMethod.Post, path, json);
        var voucher = Element(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.True(voucher.GetProperty("successfulRequest").GetBoolean(), voucher.ToString());
        return (voucher.GetProperty("voucherCode").GetString()!, voucher.GetProperty("message").GetString()!);
    }

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
