using System.Text;
using System.Text.Json;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>A shop's till: the simulator's control route for it, for the vendor's API has none.</summary>
internal static class SimulatorTill
{
    // Not the case's own way to the simulator: what stands in that way may be there to deceive the case.
    private static readonly HttpMessageInvoker Direct = new(Target.NewHandler());

    public static Func<string, string, CancellationToken, Task<string>> At(Uri address) => async (key, code, stop) =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"/_sim/vouchers/{code}/redeem"))
        {
            Headers = { { "X-API-KEY", key } },
            Content = new StringContent("""{"outlet":"A shop","terminal":"1"}""", Encoding.UTF8, "application/json"),
        };
        using var answer = await Direct.SendAsync(request, stop);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
        return body.RootElement.GetProperty("text").GetString()!;
    };
}
