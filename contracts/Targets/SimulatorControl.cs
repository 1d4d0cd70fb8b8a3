using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ImovoSim.Contracts;

/// <summary>What the vendor's API has no call for, by the simulator's control routes: a shop's till, and a client's clock and limit.</summary>
internal static class SimulatorControl
{
    // Not the case's own way to the simulator: what stands in that way may be there to deceive the case.
    private static readonly HttpMessageInvoker Direct = new(Target.NewHandler());
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A client's campaigns as the simulator writes them; null where the address is no simulator's, or the key no client's.</summary>
    public static async Task<string?> Campaigns(Uri address, string key, CancellationToken stop)
    {
        var (succeeded, body) = await Send(HttpMethod.Get, address, "/_sim", key, null, stop);
        try
        {
            using var json = succeeded ? JsonDocument.Parse(body) : null;
            return json?.RootElement is { ValueKind: JsonValueKind.Object } client && client.TryGetProperty("sandbox", out _)
                && client.TryGetProperty("campaigns", out var campaigns) && campaigns.ValueKind == JsonValueKind.String ? campaigns.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static async Task<string> Redeem(Uri address, string key, string code, CancellationToken stop)
    {
        using var body = JsonDocument.Parse(await Change(HttpMethod.Post, address, $"/_sim/vouchers/{code}/redeem", key, """{"outlet":"A shop","terminal":"1"}""", stop));
        return body.RootElement.GetProperty("text").GetString()!;
    }

    public static Task Freeze(Uri address, string key, DateTimeOffset instant, CancellationToken stop) =>
        Change(HttpMethod.Put, address, "/_sim/clock", key, $$"""{"mode":"frozen","at":"{{instant.ToString("O", CultureInfo.InvariantCulture)}}"}""", stop);

    /// <summary>The limit of <see cref="Capability.Limit"/>.</summary>
    public static Task Limit(Uri address, string key, CancellationToken stop) =>
        Change(HttpMethod.Put, address, "/_sim/limit", key, """{"weeklyLimit":100.00}""", stop);

    private static async Task<string> Change(HttpMethod method, Uri address, string path, string key, string json, CancellationToken stop) =>
        await Send(method, address, path, key, json, stop) is (true, var body) ? body : throw new HttpRequestException($"The simulator refused {method} {path}.");

    private static async Task<(bool Succeeded, string Body)> Send(HttpMethod method, Uri address, string path, string key, string? json, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(method, address.AbsoluteUri.TrimEnd('/') + path) { Headers = { { "X-API-KEY", key } } };
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Direct.SendAsync(request, patience.Token);
        return (answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(patience.Token));
    }
}
