using System.Diagnostics;
using System.Text.Json;

namespace ImovoSim.Tests;

/// A browser that reaches this machine and nothing else, and writes down what else it was asked for.
internal sealed class Chromium : IDisposable
{
    private const string Program = "/usr/bin/chromium";
    private readonly string _folder = Directory.CreateTempSubdirectory("imovo-chromium-").FullName;

    public Chromium() => Need.Have("chromium", File.Exists(Program), $"{Program} is not installed");

    /// The page's elements once it has come to rest, what it looks like, and what it asked other machines for.
    public async Task<(string Elements, byte[] Picture, IReadOnlyList<string> Foreign)> Show(string address)
    {
        var (picture, log) = (Path.Combine(_folder, "page.png"), Path.Combine(_folder, "log.json"));
        using var process = Process.Start(new ProcessStartInfo(Program,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            // Nothing listens there, and this machine itself is asked without a proxy.
            "--proxy-server=127.0.0.1:1", $"--user-data-dir={Path.Combine(_folder, "profile")}", $"--log-net-log={log}",
            "--virtual-time-budget=20000", "--window-size=1400,1000", $"--screenshot={picture}", "--dump-dom", address,
        ]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        try
        {
            var said = process.StandardError.ReadToEndAsync(patience.Token);
            var elements = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0 && File.Exists(picture), await said);
            using var events = JsonDocument.Parse(await File.ReadAllBytesAsync(log, patience.Token));
            return (elements, await File.ReadAllBytesAsync(picture, patience.Token), Foreign(events.RootElement));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, true);

    // What the browser asks for by itself has no origin; a page's requests have, and its mere connections are told by no request.
    private static List<string> Foreign(JsonElement log)
    {
        var asked = log.GetProperty("events").EnumerateArray()
            .Where(entry => entry.TryGetProperty("params", out var what) && what.TryGetProperty("url", out _)).Select(entry => entry.GetProperty("params")).ToList();
        var own = asked.Where(what => what.TryGetProperty("initiator", out var by) && by.GetString() == "not an origin").Select(Url).ToHashSet();
        return [.. asked.Select(Url).Where(url => url.StartsWith("http", StringComparison.Ordinal) && !own.Contains(url) && !new Uri(url).IsLoopback).Distinct()];
    }

    private static string Url(JsonElement what) => what.GetProperty("url").GetString()!;
}
