using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>What the vendor's API has no call for, by the simulator's control routes: a shop's till, and a client's clock.</summary>
internal static class SimulatorControl
{
    // Not the case's own way to the simulator: what stands in that way may be there to deceive the case.
    private static readonly HttpMessageInvoker Direct = new(Target.NewHandler());

    public static async Task<string> Redeem(Uri address, string key, string code, CancellationToken stop)
    {
        using var answer = await Send(HttpMethod.Post, new Uri(address, $"/_sim/vouchers/{code}/redeem"), key, """{"outlet":"A shop","terminal":"1"}""", stop);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
        return body.RootElement.GetProperty("text").GetString()!;
    }

    public static async Task Freeze(Uri address, string key, DateTimeOffset instant, CancellationToken stop)
    {
        using var answer = await Send(HttpMethod.Put, new Uri(address, "/_sim/clock"), key, $$"""{"mode":"frozen","at":"{{instant.ToString("O", CultureInfo.InvariantCulture)}}"}""", stop);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<HttpResponseMessage> Send(HttpMethod method, Uri address, string key, string body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, address) { Headers = { { "X-API-KEY", key } }, Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await Direct.SendAsync(request, stop);
    }
}
