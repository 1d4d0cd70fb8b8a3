namespace ImovoSim.Tests;

/// Starts again on one database, each time with other clients in the settings.
public sealed class ClientsOfSettingsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=r&value=20.00";
    private const string Unauthorized = "Unauthorized client";
    private readonly string _folder = Directory.CreateTempSubdirectory("imovo-clients-").FullName;
    private string _store = "";
    private SimulatorProcess? _process;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? default);
        Directory.Delete(_folder, true);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task They_are_what_the_settings_say_at_each_start(string store)
    {
        await Use(store);
        await Start();
        Assert.Contains("voucherCode", await Post("demo-key", Call), StringComparison.Ordinal);

        await Start("--Clients:ACME:Key", "acme-key-1", "--Clients:ACME:WeeklyLimit", "100.00");
        Assert.Equal(Unauthorized, await Post("demo-key", Call));
        var code = Code(await Post("acme-key-1", Call));

        // Another key, and less that it may do; what it has stays.
        await Start("--Clients:acme:Key", "acme-key-2", "--Clients:acme:WeeklyLimit", "30.00", "--Clients:acme:Campaigns", "*,!CASHID");
        Assert.Equal(Unauthorized, await Post("acme-key-1", Call));
        Assert.Contains("client weekly value limit", await Post("acme-key-2", Call), StringComparison.Ordinal);
        Assert.Contains("campaign", await Post("acme-key-2", Call.Replace("THINK", "CASHID", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("true", await Post("acme-key-2", $"/Voucher/CancelVoucher?voucherCode={code}"), StringComparison.Ordinal);

        // No more in the settings, and there again.
        await Start("--Clients:OTHERS:Key", "others-key");
        Assert.Equal(Unauthorized, await Post("acme-key-2", Call));
        await Start("--Clients:ACME:Key", "acme-key-2");
        var next = Code(await Post("acme-key-2", Call));
        Assert.NotEqual(code, next);
        Assert.Contains("\"used\":40.00", await Get("acme-key-2", "/_sim/limit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_was_steered_stays_where_the_settings_are_what_they_were(string store)
    {
        await Use(store);
        string[] settings = ["--Clients:ACME:Key", "acme-key-1", "--Clients:ACME:WeeklyLimit", "100.00"];
        await Start(settings);
        await Send(HttpMethod.Put, "acme-key-1", "/_sim/limit", """{"weeklyLimit":5.00}""");
        await Start(settings);
        Assert.Contains("\"weeklyLimit\":5.00", await Get("acme-key-1", "/_sim/limit"), StringComparison.Ordinal);
        await Start("--Clients:ACME:Key", "acme-key-1", "--Clients:ACME:WeeklyLimit", "50.00");
        Assert.Contains("\"weeklyLimit\":50.00", await Get("acme-key-1", "/_sim/limit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Another_name_for_a_key_is_the_same_client_and_a_clients_own_key_is_no_others(string store)
    {
        await Use(store);
        await Start("--Clients:ACME:Key", "acme-key-1");
        var code = Code(await Post("acme-key-1", Call));
        await Start("--Clients:ACME-LTD:Key", "acme-key-1");
        Assert.Contains("\"name\":\"ACME-LTD\"", await Get("acme-key-1", "/_sim"), StringComparison.Ordinal);
        Assert.Contains(code, await Get("acme-key-1", "/_sim/vouchers?order=newest&limit=1"), StringComparison.Ordinal);
        await Start("--Clients:ACME-LTD:Key", "acme-key-1", "--Clients:OTHERS:Key", "others-key");
        await _process!.DisposeAsync();
        _process = null;
        var (exit, _, error) = await SimulatorProcess.RunToEnd("--Store", _store, "--DataFolder", _folder, "--Clients:ACME-LTD:Key", "others-key", "--Clients:OTHERS:Key", "acme-key-1");
        Assert.Equal(1, exit);
        Assert.Contains("Clients:ACME-LTD:Key is the key of the client OTHERS", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static string Code(string answer) => System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("voucherCode").GetString()!;

    private async Task Use(string store)
    {
        if (store == "postgres")
            LocalPostgres.Required();
        _store = store == "postgres" ? await (await postgres.Server).NewDatabase() : store;
    }

    private async Task Start(params string[] clients)
    {
        await (_process?.DisposeAsync() ?? default);
        _process = await SimulatorProcess.Start(["--Store", _store, "--DataFolder", _folder, .. clients]);
    }

    private Task<string> Post(string key, string path) => Send(HttpMethod.Post, key, path);

    private Task<string> Get(string key, string path) => Send(HttpMethod.Get, key, path);

    private async Task<string> Send(HttpMethod method, string key, string path, string? json = null)
    {
        using var http = new HttpClient { BaseAddress = _process!.Address, DefaultRequestHeaders = { { "X-API-KEY", key } } };
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json) };
        using var answer = await http.SendAsync(request, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
