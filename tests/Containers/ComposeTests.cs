using System.Collections.Concurrent;
using System.Text.Json;

namespace ImovoSim.Tests;

/// compose.yaml as it stands, with the images that are here.
public sealed class ComposeTests : IAsyncLifetime
{
    private static readonly string[] Plugin = ["docker", "compose"];
    private static readonly string[] Program = ["docker-compose"];

    private readonly Dictionary<string, string> _environment = new() { ["IMOVO_PORT"] = "0", ["IMOVO_REPLICAS_PORT"] = "0" };
    private readonly string _project = $"imovo-tests-{Environment.ProcessId}";
    private string[]? _compose;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var way in new[] { Plugin, Program })
        {
            if (_compose is null && (await ContainerEngine.TryRun(way[0], [.. way[1..], "version"])).ExitCode == 0)
                _compose = way;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_compose is not null)
            await ContainerEngine.TryRun(_compose[0], [.. _compose[1..], "-p", _project, "--profile", "replicas", "down", "-v", "-t", "2"], _environment);
    }

    [Fact]
    public async Task One_simulator_is_what_comes_by_itself()
    {
        await Ready();
        await Compose("up", "-d", "--no-build");
        using var http = await Http("simulator");
        Assert.Contains("\"successfulRequest\":true", await Issue(http), StringComparison.Ordinal);
        Assert.Single((await Compose("ps", "-q")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Of_two_replicas_one_may_die_under_load_and_nothing_that_was_acknowledged_is_lost()
    {
        await Ready();
        Need.Have("docker", await ContainerEngine.Has("postgres:15-bookworm"), "the image postgres:15-bookworm is not here");
        _environment["IMOVO_PROXY_IMAGE"] = await Proxy();
        await Compose("--profile", "replicas", "up", "-d", "--no-build", "postgres", "replica-1", "replica-2", "proxy");
        using var http = await Http("proxy");
        var acknowledged = new ConcurrentBag<string>();
        var (failed, afterwards) = (0, 0);
        var killed = false;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var callers = Enumerable.Range(0, 16).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
            {
                if (Code(await Issue(http)) is not { } code)
                    Interlocked.Increment(ref failed);
                else
                    acknowledged.Add(code);
                if (Volatile.Read(ref killed) && Interlocked.Increment(ref afterwards) > 500)
                    return;
            }
        }).ToArray();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (acknowledged.Count < 500 && !enough.IsCancellationRequested)
            await pause.WaitForNextTickAsync(Cancel);
        await ContainerEngine.Run("kill", await Container("replica-1"));
        Volatile.Write(ref killed, true);
        await Task.WhenAll(callers);
        ModuleTests.Say($"replicas: {acknowledged.Count} acknowledged, {failed} calls without an answer when one was killed");
        // What was on its way to the one that died has no answer; what comes after is for the other.
        Assert.InRange(failed, 0, 100);
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        var missing = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (code, _) =>
        {
            var answer = await Send(http, $"Voucher/CancelVoucher?voucherCode={code}");
            if (answer != """{"successfulRequest":true}""")
                missing.Add($"{code}: {answer}");
        });
        Assert.Empty(missing);
    }

    private static string? Code(string answer)
    {
        if (!answer.StartsWith('{'))
            return null;
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("voucherCode", out var code) ? code.GetString() : null;
    }

    private static Task<string> Issue(HttpClient http) => Send(http, "VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=1.00");

    private static async Task<string> Send(HttpClient http, string pathAndQuery)
    {
        try
        {
            using var answer = await http.PostAsync(pathAndQuery, null, Cancel);
            return await answer.Content.ReadAsStringAsync(Cancel);
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    private async Task Ready()
    {
        await ContainerEngine.Required();
        Need.Have("compose", _compose is not null, "neither docker compose nor docker-compose is here");
        _environment["IMOVO_IMAGE"] = await ContainerEngine.Image;
    }

    /// nginx itself where its image is here; otherwise Debian's, with its files where that image has them.
    private static async Task<string> Proxy()
    {
        if (await ContainerEngine.Has("nginx:1"))
            return "nginx:1";
        Need.Have("docker", await ContainerEngine.Has("debian:bookworm"), "neither the image nginx:1 nor debian:bookworm is here");
        var folder = Directory.CreateTempSubdirectory("imovo-nginx-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), """
            FROM debian:bookworm
            RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null \
                && rm -rf /var/lib/apt/lists/* /etc/nginx/sites-enabled/* /var/lib/nginx && ln -s /var/cache/nginx /var/lib/nginx \
                && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log
            CMD ["nginx", "-g", "daemon off;"]
            """, Cancel);
        await ContainerEngine.Run("build", "--network", "host", "-q", "-t", "imovo-tests-nginx", folder);
        Directory.Delete(folder, true);
        return "imovo-tests-nginx";
    }

    private async Task<string> Compose(params string[] arguments)
    {
        var (exitCode, output, error) = await ContainerEngine.TryRun(_compose![0], [.. _compose[1..], "-p", _project, .. arguments], _environment);
        Assert.True(exitCode == 0, error);
        return output.Trim();
    }

    private async Task<string> Container(string service) => (await Compose("--profile", "replicas", "ps", "-q", service)).Split('\n')[0];

    /// Once whatever stands there answers that it is ready.
    private async Task<HttpClient> Http(string service)
    {
        var port = (await ContainerEngine.Run("port", await Container(service), "8080/tcp")).Split('\n')[0].Split(':')[^1];
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), DefaultRequestHeaders = { { "X-API-KEY", "sim_compose" } } };
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var tried = 0; tried < 300; tried++)
        {
            try
            {
                using var answer = await http.GetAsync("readyz", Cancel);
                if (answer.IsSuccessStatusCode)
                    return http;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await pause.WaitForNextTickAsync(Cancel);
        }

        Assert.Fail($"{service} is not ready after a minute: {await ContainerEngine.Run("logs", "--tail", "20", await Container(service))}");
        return http;
    }
}
