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

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi.yaml")]
    [InlineData("/docs")]
    [InlineData("/pages.css")]
    [InlineData("/till")]
    [InlineData("/stores")]
    [InlineData("/barcode.png?code=3721902693")]
    [InlineData("/_sim")]
    [InlineData("/_sim/journal")]
    public async Task What_is_not_the_vendors_answers_HEAD_as_GET_without_the_body(string path)
    {
        // Not judged by its description, which has no HEAD.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Simulator.Http.BaseAddress };
        var client = new Steered(http, Simulator.Key());
        var (got, asked) = (await client.Get(path), await client.Send(HttpMethod.Head, path));
        Assert.Equal((200, got.ContentType, ""), (asked.Status, asked.ContentType, asked.Body));
        Assert.Equal(200, (await client.Get(path)).Status);
        Assert.Equal(405, (await client.Send(HttpMethod.Head, "/_sim/journal/stream")).Status);
        Assert.Equal(405, (await client.Send(HttpMethod.Head, "/VoucherRequest/Request")).Status);
    }

    [Fact]
    public async Task Health_wants_no_key_even_where_the_key_is_checked_before_the_path()
    {
        var profile = Path.GetTempFileName();
        await File.WriteAllTextAsync(profile, """{"key-before-route":"yes"}""", TestContext.Current.CancellationToken);
        await using var simulator = new Simulator(("Fidelity:Profile", profile), ("Metrics", "true"));
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics" })
            Assert.Equal((path, 200), (path, (await simulator.WithKey(null).Get(path)).Status));
        File.Delete(profile);
    }

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
        while (simulator.Output.Count < 2)
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
