namespace ImovoSim.Tests;

/// Names, bounds, rotation, and what is never written down.
public sealed class OnboardingTests : IAsyncDisposable
{
    private readonly Gpg _gpg = new();

    public ValueTask DisposeAsync() => _gpg.DisposeAsync();

    private static string Name => $"partner-{TestContext.Current.Test!.UniqueID[..20]}";

    [Fact]
    public async Task A_name_is_given_once()
    {
        await _gpg.NewKey("acme");
        Assert.Equal(201, (await Simulator.Shared.Ask(Name, await _gpg.Export("acme"))).Status);
        Assert.Equal(
            "409 There is a client of this name: choose another. Whose client it is gets another key at POST /_sim/onboarding/rotate-key.",
            (await Simulator.Shared.Ask(Name.ToUpperInvariant(), await _gpg.Export("acme"))).Problem);
        const string Form = "400 \"name\" must be 1 to 64 letters, digits, _, - and ., and not begin with sandbox-.";
        Assert.Equal(Form, (await Simulator.Shared.Ask("a b", await _gpg.Export("acme"))).Problem);
        Assert.Equal(Form, (await Simulator.Shared.Ask("Sandbox-e05de571", await _gpg.Export("acme"))).Problem);
        Assert.Equal("400 nmae is no parameter of this route: there are name.", (await Simulator.Shared.WithKey(null).Post("/_sim/onboarding?nmae=x", await _gpg.Export("acme"))).Problem);
    }

    [Fact]
    public async Task No_more_clients_make_themselves_than_may()
    {
        await using var simulator = new Simulator(("Onboarding:AtMost", "5"));
        await _gpg.NewKey("acme");
        var key = await _gpg.Export("acme");
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => simulator.Ask($"partner-{number}", key)));
        // Three are of the settings.
        Assert.Equal(2, made.Count(reply => reply.Status == 201));
        Assert.Equal(8, made.Count(reply => reply.Problem == "503 There are 5 clients, as many as Onboarding:AtMost lets make themselves: ask the admin for a key, or to raise it."));
        Assert.Equal(201, (await simulator.Admin.Post("/_sim/admin/clients", """{"name":"the-admins"}""")).Status);
        Assert.Equal(200, (await simulator.Client().Get("/_sim")).Status);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Origin", "https://elsewhere.example", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 201)]
    public async Task A_page_of_another_site_makes_no_client(string header, string value, int status)
    {
        await _gpg.NewKey("acme");
        var key = await _gpg.Export("acme");
        var reply = await Simulator.Shared.WithKey(null).Send(HttpMethod.Post, $"/_sim/onboarding?name={Name}", key, request => request.Headers.Add(header, value));
        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 201 ? 409 : 201, (await Simulator.Shared.Ask(Name, key)).Status);
    }

    [Fact]
    public async Task Where_it_is_switched_off_it_says_whom_to_ask()
    {
        await using var simulator = new Simulator(("Onboarding:Enabled", "false"));
        const string Off = "403 Keys by PGP are switched off here (Onboarding:Enabled): ask the admin for a key.";
        Assert.Equal(Off, (await simulator.Ask("ACME", "x")).Problem);
        Assert.Equal(Off, (await simulator.Client().Post("/_sim/onboarding/rotate-key", "x")).Problem);
    }

    [Fact]
    public async Task The_owner_of_a_key_gets_another_and_the_one_before_is_refused()
    {
        await _gpg.NewKey("acme");
        var publicKey = await _gpg.Export("acme");
        var before = await _gpg.OpenedKey(await Simulator.Shared.Ask(Name, publicKey));
        var code = await Simulator.Shared.WithKey(before).Issued();
        var reply = await Simulator.Shared.WithKey(before).Post("/_sim/onboarding/rotate-key", publicKey);
        Assert.Equal(200, reply.Status);
        var after = await _gpg.OpenedKey(reply);
        Assert.NotEqual(before, after);
        Assert.Equal(401, (await Simulator.Shared.WithKey(before).Issue()).Status);
        Assert.Equal(401, (await Simulator.Shared.WithKey(before).Post("/_sim/onboarding/rotate-key", publicKey)).Status);
        Assert.True((await Simulator.Shared.WithKey(after).Cancel(code)).Succeeded);
    }

    [Fact]
    public async Task A_key_that_is_no_good_takes_nobodys_key_away()
    {
        await _gpg.NewKey("acme");
        var key = await _gpg.OpenedKey(await Simulator.Shared.Ask(Name, await _gpg.Export("acme")));
        await _gpg.Revoke("acme");
        Assert.Equal("400 The key is revoked: send one that is not.", (await Simulator.Shared.WithKey(key).Post("/_sim/onboarding/rotate-key", await _gpg.Export("acme"))).Problem);
        Assert.True((await Simulator.Shared.WithKey(key).Issue()).Succeeded);
    }

    [Fact]
    public async Task A_sandbox_and_a_client_of_the_settings_keep_theirs()
    {
        await _gpg.NewKey("acme");
        var publicKey = await _gpg.Export("acme");
        Assert.Equal("409 A sandbox is its key: use another one.", (await Simulator.Shared.Client().Post("/_sim/onboarding/rotate-key", publicKey)).Problem);
        Assert.Equal("409 The key of this client stands in the settings: change it there.", (await Simulator.Shared.WithKey("demo-key").Post("/_sim/onboarding/rotate-key", publicKey)).Problem);
    }

    [Fact]
    public async Task Neither_a_key_nor_anything_of_a_private_key_is_in_the_log()
    {
        await _gpg.NewKey("acme");
        await using var simulator = await SimulatorProcess.Start(
            "--Store", "memory", "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace", "--Logging:LogLevel:ImovoSim", "Trace");
        using var http = new HttpClient { BaseAddress = simulator.Address };
        var (caller, publicKey, privateKey) = (new Steered(http, null), await _gpg.Export("acme"), await _gpg.ExportPrivate("acme"));
        var key = await _gpg.OpenedKey(await caller.Post("/_sim/onboarding?name=ACME", publicKey));
        Assert.Equal(400, (await caller.Post("/_sim/onboarding?name=MINE", privateKey)).Status);
        Assert.Equal(400, (await caller.Post("/_sim/onboarding?name=MINE", privateKey.Replace("PRIVATE", "PUBLIC", StringComparison.Ordinal))).Status);
        var after = await _gpg.OpenedKey(await new Steered(http, key).Post("/_sim/onboarding/rotate-key", publicKey));
        Assert.True((await new Steered(http, after).Issue()).Succeeded);
        await simulator.Stop();
        var log = string.Join('\n', simulator.Output);
        Assert.Contains("Microsoft.AspNetCore.Routing.EndpointMiddleware", log, StringComparison.Ordinal);
        foreach (var secret in new[] { key, after }.Concat(privateKey.Split('\n').Concat(publicKey.Split('\n')).Where(line => line.Length > 20 && !line.StartsWith('-'))))
            Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase);
    }
}
