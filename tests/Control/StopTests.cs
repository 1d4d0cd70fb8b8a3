using System.Diagnostics;

namespace ImovoSim.Tests;

/// kill -TERM, as an orchestrator stops a container.
public sealed class StopTests
{
    [Fact]
    public async Task A_stop_takes_no_more_than_a_second_whoever_listens_or_waits()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        using var http = new HttpClient { BaseAddress = simulator.Address };
        http.DefaultRequestHeaders.Add("X-API-KEY", "sim_stop");
        await http.PostAsync("/_sim/reset", null, TestContext.Current.CancellationToken);
        using var stream = await http.GetAsync("/_sim/journal/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var call = new HttpRequestMessage(HttpMethod.Post, "/VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=1") { Headers = { { "X-Sim-Fault", "no-answer" } } };
        var waiting = http.SendAsync(call, TestContext.Current.CancellationToken);
        using var seen = await http.PostAsync(
            "/_sim/verify", new StringContent("""{"exactly":1,"of":"calls","struck":true,"wait":"PT20S"}"""), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)seen.StatusCode);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await simulator.Stop());
        // The start of kill, and a busy machine, are not the simulator's.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting);
    }
}
