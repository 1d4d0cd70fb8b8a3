using System.Text;

namespace ImovoSim.Tests;

/// One key, and the vendor's three operations as a client calls them.
internal sealed class Caller(HttpClient http, string key)
{
    public const string RequestPath = "/VoucherRequest/Request";
    public const string WithIdPath = "/VoucherRequest/RequestVoucherWithId";
    public const string CancelPath = "/Voucher/CancelVoucher";

    /// The page's sample with the quotes that it lacks; a test replaces members by name.
    public const string Sample =
        """{"CampaignCode":"CAMP01","VoucherValue":1.00,"CustomerReference":"09283-765748","DeliveryRecipient":"Johnsmith@email.com","CustomerName":"John Smith","Address":"19 Test Street, Welwyn Garden City","Postcode":"AL1 0BS"}""";

    public string Key => key;

    public Task<Reply> Request(string query) => Send(HttpMethod.Post, $"{RequestPath}?{query}");

    public Task<Reply> Issue(string campaign = "THINK", string value = "20.00", string reference = "07123456789") =>
        Request($"campaignCode={campaign}&customerReference={reference}&value={value}");

    public Task<Reply> WithId(string json) => Send(HttpMethod.Post, WithIdPath, Json(json));

    public Task<Reply> Cancel(string code) => Send(HttpMethod.Post, $"{CancelPath}?voucherCode={code}");

    public Task<Reply> Form(string path, string form) =>
        Send(HttpMethod.Post, path, Body(form, "application/x-www-form-urlencoded"));

    public static ByteArrayContent Json(string json) => Body(json, "application/json");

    public static ByteArrayContent Body(string text, string? contentType) => Body(Encoding.UTF8.GetBytes(text), contentType);

    public static ByteArrayContent Body(byte[] bytes, string? contentType)
    {
        var content = new ByteArrayContent(bytes);
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? content = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(http.BaseAddress!.OriginalString.TrimEnd('/') + path)) { Content = content };
        if (key.Length > 0)
            request.Headers.TryAddWithoutValidation("X-API-KEY", key);
        change?.Invoke(request);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.Read(answer);
    }
}
