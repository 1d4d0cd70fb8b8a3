using System.Net;

namespace ImovoSim.Tests;

/// Calls are answered on the threads that read sockets, and what takes its time is not.
public sealed class SocketThreadsTests
{
    private const string Call = "/VoucherRequest/Request?campaignCode=OFF50P&customerReference=07700900000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_request_holds_up_no_call_on_whatever_connection()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        // More connections than there can be threads that read them.
        var callers = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(at => Caller(simulator, $"sim_brief_{at}")).ToList();
        using var seeder = Caller(simulator, "sim_long");
        // A connection's first request is not on its thread yet.
        await Round([.. callers, seeder]);

        using var body = new StringContent("""{"generate":{"count":100000}}""");
        var seeding = seeder.PostAsync("/_sim/seed", body, Cancel);
        var rounds = 0;
        for (; !seeding.IsCompleted; rounds++)
            await Round(callers);

        Assert.Equal(HttpStatusCode.Created, (await seeding).StatusCode);
        Assert.True(rounds >= 10, $"{rounds} rounds of calls were answered while the vouchers were made");
        callers.ForEach(caller => caller.Dispose());
    }

    private static HttpClient Caller(SimulatorProcess simulator, string key)
    {
        var caller = new HttpClient { BaseAddress = simulator.Address };
        caller.DefaultRequestHeaders.Add("X-API-KEY", key);
        return caller;
    }

    private static async Task Round(List<HttpClient> callers)
    {
        foreach (var answer in await Task.WhenAll(callers.Select(caller => caller.PostAsync(Call, null, Cancel))))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
