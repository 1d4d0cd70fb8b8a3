namespace ImovoSim.Tests;

public sealed class PlumbingTests
{
    private static Simulator Simulator => Simulator.Shared;

    [Fact]
    public async Task A_key_sees_its_own_client_and_makes_its_sandbox_as_on_the_vendors_paths()
    {
        var reply = await Simulator.Client().Get("/_sim");
        Assert.Equal((200, "True", "3"), (reply.Status, reply.Text("sandbox") == "true" ? "True" : "False", reply.Text("vouchers")));
        Assert.DoesNotContain(Simulator.Key(), reply.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("")]
    public async Task Without_a_key_that_is_known_there_is_nothing_to_steer(string? key) =>
        Assert.StartsWith("401 This route steers the client of the X-API-KEY", (await Simulator.WithKey(key).Get("/_sim")).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_clients_key_does_not_open_the_admins_routes()
    {
        var reply = await Simulator.Client().Get("/_sim/admin/clients");
        Assert.StartsWith("401 This route concerns all clients", reply.Problem, StringComparison.Ordinal);
        Assert.Equal("Bearer", reply.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task A_wrong_token_does_not_open_the_admins_routes() =>
        Assert.Equal("401 The admin token is not this one.", (await new Steered(Simulator.Http, null, Simulator.Token + "x").Get("/_sim/admin/clients")).Problem);

    [Fact]
    public async Task The_admin_sees_all_clients_and_no_key()
    {
        var reply = await Simulator.Admin.Get("/_sim/admin/clients");
        Assert.Equal(["DEMO", "LIMITCO", "OTHER"], reply.Member("clients").EnumerateArray().Select(client => client.GetProperty("name").GetString()!).Take(3));
        Assert.DoesNotContain("demo-key", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_or_a_method_that_does_not_exist_is_a_problem_too()
    {
        Assert.StartsWith("404 There is no such control route", (await Simulator.Client().Get("/_sim/nothing")).Problem, StringComparison.Ordinal);
        Assert.Equal("405 This route takes GET.", (await Simulator.Client().Delete("/_sim")).Problem);
    }

    [Fact]
    public async Task A_token_that_is_not_set_is_made_and_printed_once_and_opens_the_admins_routes()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!simulator.Output.Any(line => line.Contains("admin token", StringComparison.Ordinal)))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        var line = Assert.Single(simulator.Output, line => line.Contains("admin token", StringComparison.Ordinal));
        var token = line.Split(' ')[7].TrimEnd(':');
        Assert.Equal(40, token.Length);
        using var http = new HttpClient { BaseAddress = simulator.Address };
        Assert.Equal(200, (await new Steered(http, null, token).Get("/_sim/admin/clients")).Status);
        Assert.Single(simulator.Output, line => line.Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("a token with blanks in it")]
    public async Task A_token_of_the_wrong_form_stops_the_start_without_being_repeated(string token)
    {
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd("--Store", "memory", "--Admin:Token", token, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Admin:Token must be 16 to 256 visible ASCII characters", error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, error, StringComparison.Ordinal);
    }
}
