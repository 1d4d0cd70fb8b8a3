using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DotNet.Testcontainers.Builders;
using ImovoSim.Client;
using ImovoSim.Testcontainers;

namespace ImovoSim.Tests;

/// A container as an orchestrator runs it: stopped, started again, read-only, with secrets in files, asked for its health.
public sealed class ContainerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_calls_of_the_README_give_its_answers()
    {
        await using var imovo = await ModuleTests.Started(Kept);
        using var http = new HttpClient { BaseAddress = imovo.GetBaseAddress() };
        foreach (var call in ReadmeCall.All(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), Cancel)))
        {
            var (expected, actual) = await call.Hold(http);
            Assert.True(expected == actual, $"{call.Command}\nREADME:\n{expected}\ncontainer:\n{actual}");
        }
    }

    [Fact]
    public async Task A_restart_with_a_volume_keeps_vouchers()
    {
        await ContainerEngine.Required();
        await using var volume = new VolumeBuilder().Build();
        VoucherIssued voucher;
        await using (var first = await ModuleTests.Started(image => Kept(image).WithVolumeMount(volume, "/data")))
            voucher = Assert.IsType<VoucherIssued>(await first.CreateClient("sim_kept").RequestVoucherAsync("THINK", "1", 1.00m, Cancel));
        await using var second = await ModuleTests.Started(image => Kept(image).WithVolumeMount(volume, "/data"));
        Assert.IsType<VoucherCancelled>(await second.CreateClient("sim_kept").CancelVoucherAsync(voucher.Code, Cancel));
    }

    [Fact]
    public async Task It_works_with_a_root_that_is_read_only_no_capability_and_no_new_privilege()
    {
        await using var imovo = await ModuleTests.Started(image => Kept(image).WithCreateParameterModifier(container =>
        {
            container.HostConfig!.ReadonlyRootfs = true;
            container.HostConfig.CapDrop = ["ALL"];
            container.HostConfig.SecurityOpt = ["no-new-privileges"];
        }));
        Assert.IsType<VoucherIssued>(await imovo.CreateClient("sim_readonly").RequestVoucherAsync("THINK", "1", 1.00m, Cancel));
        Assert.DoesNotContain("rror", (await imovo.GetLogsAsync(ct: Cancel)).Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_under_load_loses_nothing_and_takes_a_second_at_most()
    {
        await ContainerEngine.Required();
        await using var volume = new VolumeBuilder().Build();
        await using var imovo = await ModuleTests.Started(image => Kept(image).WithVolumeMount(volume, "/data"));
        using var load = new Callers("sim_stopped", imovo.GetBaseAddress());
        var issuing = load.Issue(16, int.MaxValue);
        await Until(() => load.Acknowledged.Count > 1000);
        var watch = Stopwatch.StartNew();
        await ContainerEngine.Run("stop", imovo.Id);
        var took = watch.Elapsed;
        await issuing;
        ModuleTests.Say($"stop under load: {took.TotalMilliseconds:0} ms, {load.Acknowledged.Count} vouchers acknowledged before");
        // A process that is killed in the end leaves 137; and the engine's own part is not the simulator's.
        Assert.Equal("0", await ContainerEngine.Run("inspect", "-f", "{{.State.ExitCode}}", imovo.Id));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        await using var again = await ModuleTests.Started(image => Kept(image).WithVolumeMount(volume, "/data"));
        using var after = new Callers("sim_stopped", again.GetBaseAddress());
        foreach (var code in load.Acknowledged)
            after.Acknowledged.Add(code);
        Assert.Empty(await after.CancelAll());
    }

    [Fact]
    public async Task Secrets_come_from_files()
    {
        await using var imovo = await ModuleTests.Started(image => new ImovoSimBuilder(image)
            .WithResourceMapping(Encoding.UTF8.GetBytes("the-key-of-acme\n"), "/run/secrets/acme").WithEnvironment("Clients__ACME__Key_FILE", "/run/secrets/acme")
            .WithResourceMapping(Encoding.UTF8.GetBytes("the-token-of-the-admin\n"), "/run/secrets/admin").WithEnvironment("Admin__Token_FILE", "/run/secrets/admin"));
        Assert.Equal("ACME", (await imovo.Steer("the-key-of-acme").Show(Cancel)).Name);
        using var http = new HttpClient { BaseAddress = imovo.GetBaseAddress() };
        Assert.Contains("ACME", (await new ImovoSimulatorAdmin(http, "the-token-of-the-admin").ListClients(Cancel)).Select(client => client.Name));
    }

    [Fact]
    public async Task The_engine_sees_that_it_is_healthy()
    {
        await using var imovo = await ModuleTests.Started(image => new ImovoSimBuilder(image)
            .WithCreateParameterModifier(container => container.Healthcheck = new() { Interval = TimeSpan.FromMilliseconds(300) }));
        Assert.Equal(0, (await imovo.ExecAsync(["/app/imovo-sim", "health"], Cancel)).ExitCode);
        await Until(async () => await ContainerEngine.Run("inspect", "-f", "{{.State.Health.Status}}", imovo.Id) == "healthy");
    }

    [Fact]
    public async Task Its_log_is_JSON_from_the_first_line_on_and_tells_no_secret()
    {
        await using var imovo = await ModuleTests.Started(image => new ImovoSimBuilder(image).WithClient("ACME", "the-key-of-acme").WithAdminToken("the-token-of-the-admin"));
        await imovo.CreateClient("the-key-of-acme").RequestVoucherAsync("THINK", "07123456789", 1.00m, Cancel);
        var (output, error) = await imovo.GetLogsAsync(timestampsEnabled: false, ct: Cancel);
        Assert.Equal("", error);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var entry = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Object, entry.RootElement.ValueKind);
        }

        Assert.Contains("ImovoSim answers at ", output, StringComparison.Ordinal);
        foreach (var secret in new[] { "the-key-of-acme", "the-token-of-the-admin", "07123456789" })
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start_with_its_sentence()
    {
        await ContainerEngine.Required();
        var (exitCode, _, error) = await ContainerEngine.TryRun("docker", ["run", "--rm", "-e", "Journal__Entries=many", await ContainerEngine.Image]);
        Assert.Equal((1, "Journal:Entries is many: set it to a whole number from 0 to 100000.\n"), (exitCode, error));
    }

    [Fact]
    public async Task From_its_start_to_the_first_right_answer_and_its_memory_after_10000_calls()
    {
        await ContainerEngine.Required();
        await using var imovo = new ImovoSimBuilder(await ContainerEngine.Image).Build();
        await imovo.StartAsync(Cancel);
        using var load = new Callers("sim_memory", imovo.GetBaseAddress());
        // The engine passes the log on in its own time.
        var log = await imovo.GetLogsAsync(timestampsEnabled: true, ct: Cancel);
        for (var tries = 0; log.Stdout.Length == 0 && tries < 200; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
            log = await imovo.GetLogsAsync(timestampsEnabled: true, ct: Cancel);
        }

        var begun = DateTimeOffset.Parse(await ContainerEngine.Run("inspect", "-f", "{{.State.StartedAt}}", imovo.Id), System.Globalization.CultureInfo.InvariantCulture);
        var answering = DateTimeOffset.Parse(log.Stdout.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        ModuleTests.Say($"from the engine's start of the process to listening: {(answering - begun).TotalMilliseconds:0} ms");
        await load.Issue(32, 10_000);
        Assert.Equal(10_000, load.Acknowledged.Count);
        var memory = await ContainerEngine.Run("stats", "--no-stream", "--format", "{{.MemUsage}}", imovo.Id);
        ModuleTests.Say($"memory after 10,000 calls: {memory}");
        Assert.Matches("^[0-9.]+MiB ", memory);
        Assert.InRange(double.Parse(memory.Split("MiB")[0], System.Globalization.CultureInfo.InvariantCulture), 5, 120);
    }

    private static ImovoSimBuilder Kept(string image) => new ImovoSimBuilder(image).WithStore("sqlite");

    private static Task Until(Func<bool> holds) => Until(() => Task.FromResult(holds()));

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tried = 0; !await holds(); tried++)
        {
            Assert.True(tried < 600, "It did not come true within half a minute.");
            await patience.WaitForNextTickAsync(Cancel);
        }
    }
}
