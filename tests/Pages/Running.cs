using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

[assembly: AssemblyFixture(typeof(ImovoSim.Tests.Running))]
[assembly: AssemblyFixture(typeof(ImovoSim.Tests.Browser))]

namespace ImovoSim.Tests;

/// The program in a process of its own, for all tests; each has a sandbox of its own in it.
public sealed class Running : IAsyncLifetime
{
    private SimulatorProcess? _process;

    public Uri Address => _process!.Address;

    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _process = await SimulatorProcess.Start("--Store", "memory");
        Http = NewClient();
    }

    public HttpClient NewClient() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process!.DisposeAsync();
    }

    internal Customer Customer(string suffix = "") => new(Http, $"sim_{TestContext.Current.Test!.UniqueID[..40]}{suffix}");
}

/// A voucher as the answer and its message have it.
internal sealed record Given(string Code, string Message)
{
    /// What stands behind the host of the link in the message.
    public string Path => "/" + Regex.Match(Message, @"(?:imovo\.org|azurewebsites\.net)/(\S+)").Groups[1].Value;
}

/// One client, by raw calls.
internal sealed class Customer(HttpClient http, string key)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Key => key;

    public async Task<Given> Issue(string campaign = "THINK", string value = "20.00", string reference = "07700900000") =>
        await Issued(HttpMethod.Post, $"/VoucherRequest/Request?campaignCode={campaign}&customerReference={Uri.EscapeDataString(reference)}&value={value}", null);

    public async Task<Given> IssueWithId(string name, string address, string postCode, string campaign = "CASHID", string reference = "07700900000", string value = "20.00") =>
        await Issued(HttpMethod.Post, "/VoucherRequest/RequestVoucherWithId", new
        {
            CampaignCode = campaign,
            CustomerReference = reference,
            VoucherValue = decimal.Parse(value, CultureInfo.InvariantCulture),
            CustomerName = name,
            Address = address,
            PostCode = postCode,
        });

    public async Task<string> Control(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-API-KEY", key } } };
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, text);
        return text;
    }

    public Task<string> Redeem(string code) => Control(HttpMethod.Post, $"/_sim/vouchers/{code}/redeem", "{}");

    public async Task<string> Name() => JsonDocument.Parse(await Control(HttpMethod.Get, "/_sim")).RootElement.GetProperty("name").GetString()!;

    private async Task<Given> Issued(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-API-KEY", key } } };
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        using var json = JsonDocument.Parse(text);
        Assert.True(json.RootElement.GetProperty("successfulRequest").GetBoolean(), text);
        return new Given(json.RootElement.GetProperty("voucherCode").GetString()!, json.RootElement.TryGetProperty("message", out var message) ? message.GetString()! : "");
    }
}
