using ImovoSim.Clients;
using ImovoSim.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ImovoSim.Tests;

/// Who may call, and what a key makes.
public sealed class ApiKeyTests
{
    private static readonly Simulator Shared = Simulator.Shared;

    public static TheoryData<string> Paths => [Caller.RequestPath, Caller.WithIdPath, Caller.CancelPath];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_call_without_a_key_is_401(string path)
    {
        var reply = await new Caller(Shared.Http, "").Send(HttpMethod.Post, path);
        Assert.Equal((401, "text/plain; charset=utf-8", "Api Key was not provided"), (reply.Status, reply.ContentType, reply.Body));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_call_with_an_empty_key_is_401_as_without(string path)
    {
        var reply = await new Caller(Shared.Http, "").Send(HttpMethod.Post, path, change: call => call.Headers.TryAddWithoutValidation("X-API-KEY", "  "));
        Assert.Equal((401, "Api Key was not provided"), (reply.Status, reply.Body));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_call_with_an_unknown_key_is_401(string path)
    {
        var reply = await new Caller(Shared.Http, "nobodys-key").Send(HttpMethod.Post, path);
        Assert.Equal((401, "text/plain; charset=utf-8", "Unauthorized client"), (reply.Status, reply.ContentType, reply.Body));
    }

    [Theory]
    [InlineData("sim_ab", true)]
    [InlineData("sim_A-z_09", true)]
    [InlineData("sim_a", false)]
    [InlineData("sim_", false)]
    [InlineData("SIM_abcdef", false)]
    [InlineData("xsim_abcdef", false)]
    [InlineData("sim_ab.cd", false)]
    [InlineData("sim_ab cd", false)]
    [InlineData("sim_ab/cd", false)]
    [InlineData("sim_abé", false)]
    [InlineData("demo-key", true)]
    [InlineData("DEMO-KEY", false)]
    [InlineData("demo-key2", false)]
    [InlineData("demo-ke", false)]
    public async Task Only_a_key_of_the_right_form_is_taken(string key, bool taken)
    {
        var raw = await Shared.Connect();
        await raw.Send(System.Text.Encoding.UTF8.GetBytes($"POST {Caller.CancelPath} HTTP/1.1\r\nHost: a\r\nX-API-KEY: {key}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        var answer = await raw.ReadToEnd();
        Assert.StartsWith(taken ? "HTTP/1.1 200 " : "HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        raw.Dispose();
    }

    [Theory]
    [InlineData("demo-key", "demo-key")]
    [InlineData("demo-key", "nobodys-key")]
    [InlineData("", "demo-key")]
    public async Task A_key_that_is_given_twice_is_none(string first, string second)
    {
        using var raw = await Shared.Connect();
        await raw.Send($"POST {Caller.CancelPath} HTTP/1.1\r\nHost: a\r\nX-API-KEY: {first}\r\nx-api-key: {second}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", await raw.ReadToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128, 200)]
    [InlineData(129, 401)]
    [InlineData(4000, 401)]
    public async Task A_key_has_at_most_128_characters(int length, int status) =>
        Assert.Equal(status, (await new Caller(Shared.Http, "sim_".PadRight(length, 'x')).Cancel("1")).Status);

    [Fact]
    public async Task Two_keys_in_one_call_are_none()
    {
        var reply = await Shared.Caller().Send(HttpMethod.Post, Caller.CancelPath, change: call =>
        {
            call.Headers.Remove("X-API-KEY");
            call.Headers.TryAddWithoutValidation("X-API-KEY", ["demo-key", "other-key"]);
        });
        Assert.Equal("401 Unauthorized client", reply.Said);
    }

    [Fact]
    public async Task The_header_may_have_any_case_and_the_key_stands_nowhere_else()
    {
        var nobody = new Caller(Shared.Http, "");
        Assert.Equal(200, (await nobody.Send(HttpMethod.Post, Caller.CancelPath, change: call => call.Headers.TryAddWithoutValidation("x-api-key", "demo-key"))).Status);
        Assert.Equal(401, (await nobody.Send(HttpMethod.Post, $"{Caller.CancelPath}?X-API-KEY=demo-key")).Status);
        Assert.Equal(401, (await nobody.Send(HttpMethod.Post, Caller.CancelPath, change: call => call.Headers.TryAddWithoutValidation("Authorization", "Bearer demo-key"))).Status);
    }

    [Fact]
    public async Task Sandboxes_see_nothing_of_each_other()
    {
        var (one, other) = (Shared.Caller("one"), Shared.Caller("other"));
        var mine = (await one.Issue("ONEPER", reference: "same")).Code;
        Assert.Equal("Voucher not found", (await other.Cancel(mine)).Said);
        Assert.True((await other.Issue("ONEPER", reference: "same")).Succeeded);
        Assert.Equal("done", (await one.Cancel("2193785990")).Said);
        Assert.Equal("done", (await other.Cancel("2193785990")).Said);
        Assert.Equal("done", (await one.Cancel(mine)).Said);
    }

    [Fact]
    public async Task Sandboxes_can_be_switched_off()
    {
        await using var simulator = new Simulator(settings: new Dictionary<string, string> { ["Sandboxes:Enabled"] = "false" });
        Assert.Equal("401 Unauthorized client", (await simulator.Caller().Issue()).Said);
        Assert.Equal("issued 20.00", (await new Caller(simulator.Http, "demo-key").Issue()).Said);
    }

    [Fact]
    public async Task There_are_at_most_as_many_sandboxes_as_may_be()
    {
        await using var simulator = new Simulator(settings: new Dictionary<string, string> { ["Sandboxes:AtMost"] = "2" });
        Assert.True((await simulator.Caller("1").Issue()).Succeeded);
        Assert.True((await simulator.Caller("2").Issue()).Succeeded);
        foreach (var refused in new[] { await simulator.Caller("3").Issue(), await simulator.Caller("3").WithId(Caller.Sample), await simulator.Caller("3").Cancel("1") })
        {
            Assert.Equal(503, refused.Status);
            Assert.Contains("Sandboxes:AtMost", Assert.Single(refused.Errors), StringComparison.Ordinal);
        }

        Assert.True((await simulator.Caller("2").Issue()).Succeeded);
    }

    [Fact]
    public async Task A_sandbox_that_nobody_uses_is_forgotten_and_one_in_use_is_not()
    {
        await using var simulator = new Simulator(settings: new Dictionary<string, string> { ["Sandboxes:IdleTime"] = "PT1H" });
        var (idle, used, demo) = (simulator.Caller("idle"), simulator.Caller("used"), new Caller(simulator.Http, "demo-key"));
        foreach (var caller in new[] { idle, used, demo })
            Assert.Equal("done", (await caller.Cancel("2193785990")).Said);
        for (var minutes = 0; minutes < 62; minutes += 2)
        {
            simulator.Clock.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal("Voucher is already cancelled or redeemed", (await used.Cancel("2193785990")).Said);
        }

        await Poll.Until(async () => !await Has(simulator, idle.Key));
        Assert.Equal("done", (await idle.Cancel("2193785990")).Said);
        Assert.Equal("Voucher is already cancelled or redeemed", (await used.Cancel("2193785990")).Said);
        Assert.Equal("Voucher is already cancelled or redeemed", (await demo.Cancel("2193785990")).Said);
    }

    // Asking by a call would be a use.
    private static async Task<bool> Has(Simulator simulator, string key) =>
        await simulator.Services.GetRequiredService<IStore>().FindClient(ApiKeys.Hash(key), TestContext.Current.CancellationToken) is not null;
}
