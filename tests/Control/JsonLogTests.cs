using System.Net;
using System.Text.Json;

namespace ImovoSim.Tests;

/// Logs as JSON, as a container has them: a collector keeps them, and shows them to more people than the admin.
public sealed class JsonLogTests
{
    [Fact]
    public async Task Every_line_is_JSON_the_first_among_them_and_no_token_is_in_it()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory", "--Logging:Console:FormatterName", "json");
        using var http = new HttpClient { BaseAddress = simulator.Address };
        await http.GetStringAsync("/healthz", TestContext.Current.CancellationToken);
        var line = Assert.Single(simulator.Output);
        using var entry = JsonDocument.Parse(line);
        Assert.Equal("Information", entry.RootElement.GetProperty("LogLevel").GetString());
        var state = entry.RootElement.GetProperty("State");
        Assert.Equal(simulator.Address.OriginalString, state.GetProperty("Address").GetString());
        Assert.Equal("closed: set Admin:Token, or Admin:Token_FILE", state.GetProperty("Admin").GetString());
    }

    [Fact]
    public async Task Without_a_token_the_admin_routes_are_closed_there_and_say_how_they_open()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory", "--Logging:Console:FormatterName", "json");
        using var http = new HttpClient { BaseAddress = simulator.Address };
        foreach (var token in new[] { "", "anything-at-all-goes" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/_sim/admin/clients");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains(
                "The routes under /_sim/admin are closed: set Admin:Token, or Admin:Token_FILE, to 16 to 256 visible ASCII characters.",
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_that_is_set_opens_them_and_is_not_told()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory", "--Logging:Console:FormatterName", "json", "--Admin:Token", "the-token-of-the-admin");
        using var http = new HttpClient { BaseAddress = simulator.Address, DefaultRequestHeaders = { { "Authorization", "Bearer the-token-of-the-admin" } } };
        Assert.Contains("DEMO", await http.GetStringAsync("/_sim/admin/clients", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("the-token-of-the-admin", string.Concat(simulator.Output), StringComparison.Ordinal);
    }
}
