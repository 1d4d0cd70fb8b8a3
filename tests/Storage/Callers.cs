using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;

namespace ImovoSim.Tests;

/// Many connections that issue vouchers at one or more addresses and remember what was acknowledged to them.
internal sealed class Callers(string key, params Uri[] addresses) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { Timeout = TimeSpan.FromSeconds(90) };

    public ConcurrentBag<string> Acknowledged { get; } = [];

    public ConcurrentBag<string> Refused { get; } = [];

    /// Until nobody answers any more, or for so many calls in all.
    public async Task Issue(int connections, int calls)
    {
        var left = calls;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async number =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                if (await Send(number, "VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=10.00") is not { } answer)
                    return;
                if (answer.GetProperty("successfulRequest").GetBoolean())
                    Acknowledged.Add(answer.GetProperty("voucherCode").GetString()!);
                else
                    Refused.Add(answer.GetProperty("errorMessages")[0].GetString()!);
            }
        }));
    }

    /// Cancels every acknowledged code; answers those that are not there.
    public async Task<string[]> CancelAll()
    {
        var missing = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (code, _) =>
        {
            var answer = await Send(code[^1], $"Voucher/CancelVoucher?voucherCode={code}");
            if (answer is not { } body || !body.GetProperty("successfulRequest").GetBoolean())
                missing.Add($"{code}: {answer}");
        });
        return [.. missing];
    }

    public async Task<JsonElement?> Send(int number, string pathAndQuery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(addresses[number % addresses.Length], pathAndQuery)) { Headers = { { "X-API-KEY", key } } };
        try
        {
            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        // HttpClient lets the socket's own exception through where the server dies between connect and the first use of it.
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
