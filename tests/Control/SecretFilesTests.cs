namespace ImovoSim.Tests;

/// Secrets that come as files, and the program that asks about its own health.
public sealed class SecretFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imovo-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private string Secret(string text)
    {
        var path = Path.Combine(_folder, $"secret-{text.Length}");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task Key_token_and_store_are_read_from_files()
    {
        await using var simulator = await SimulatorProcess.Start(
            "--Store_FILE", Secret("memory"), "--Clients:ACME:Key_FILE", Secret("the-key-of-acme\n"), "--Admin:Token_FILE", Secret("the-token-of-the-admin\n"));
        using var http = new HttpClient { BaseAddress = simulator.Address };
        http.DefaultRequestHeaders.Add("X-API-KEY", "the-key-of-acme");
        http.DefaultRequestHeaders.Add("Authorization", "Bearer the-token-of-the-admin");
        Assert.Contains("\"name\":\"ACME\"", await http.GetStringAsync("/_sim", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("ACME", await http.GetStringAsync("/_sim/admin/clients", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_empty_or_too_much_stops_the_start_with_a_sentence()
    {
        Assert.Equal(
            (1, $"Admin:Token_FILE cannot be read: Could not find file '{_folder}/none'. Set it to a file that holds nothing but the value.\n"),
            await Failing("--Admin:Token_FILE", $"{_folder}/none"));
        var empty = Secret("");
        Assert.Equal((1, $"Store_FILE is {empty}, which is empty: put the value into it.\n"), await Failing("--Store_FILE", empty));
        Assert.Equal((1, "Store and Store_FILE are both set: leave one out.\n"), await Failing("--Store", "memory", "--Store_FILE", Secret("memory")));
    }

    [Fact]
    public async Task The_program_tells_whether_the_simulator_is_ready()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        Assert.Equal((0, "ready\n", ""), await SimulatorProcess.RunToEnd("health", "--urls", simulator.Address.OriginalString));
        Assert.Equal(0, (await SimulatorProcess.RunToEnd("health", "--http_ports", $"{simulator.Address.Port}")).ExitCode);
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd("health", "--urls", "http://127.0.0.1:1");
        Assert.Equal((1, "Nothing answers at 127.0.0.1:1: Connection refused. Give it the Urls that the simulator has.\n"), (exitCode, error));
    }

    [Fact]
    public async Task It_tells_what_is_wrong_with_an_answer_that_is_none_and_an_address_that_is_none()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        // What is closed before it was read is reset, which is another error.
        var closed = Task.Run(async () =>
        {
            using var asked = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
            await asked.ReceiveAsync(new byte[1000], TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd("health", "--urls", $"http://{silent.LocalEndpoint}");
        await closed;
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"No simulator answers at {silent.LocalEndpoint}: ", error, StringComparison.Ordinal);
        foreach (var url in new[] { "nonsense", "http://127.0.0.1:99999" })
        {
            (exitCode, _, error) = await SimulatorProcess.RunToEnd("health", "--urls", url);
            Assert.Equal((1, $"Urls is {url}: set it to an address such as http://127.0.0.1:5080. There is no https here; what stands before it may have it.\n"), (exitCode, error));
        }
    }

    private static async Task<(int, string)> Failing(params string[] arguments)
    {
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd(["--urls", "http://127.0.0.1:0", .. arguments]);
        return (exitCode, error);
    }
}
