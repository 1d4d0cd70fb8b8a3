using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// <summary>A program under load, on the first processor; the load runs on the second.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private readonly Process _process;

    private Server(string name, Process process, Uri address) => (Name, _process, Address) = (name, process, address);

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Bytes of memory that the process holds.</summary>
    public long Resident => long.Parse(
        Rss().Match(File.ReadAllText($"/proc/{_process.Id}/status")).Groups[1].ValueSpan, CultureInfo.InvariantCulture) * 1024;

    /// <summary>The time that it has had of a processor, in all its threads.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<Server> Start(string name, string binary, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo("taskset", ["-c", "0", binary, "--urls", "http://127.0.0.1:0", .. arguments]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Url().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Server(name, process, new Uri(match.Value));
            }
        }

        throw new InvalidOperationException($"{name} did not start");
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Does not wait until it answers.</summary>
    public static Server Launch(string name, int port, params string[] command)
    {
        var process = Process.Start(new ProcessStartInfo("taskset", ["-c", "0", .. command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return new Server(name, process, new Uri($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Url();

    [GeneratedRegex(@"VmRSS:\s+(\d+) kB")]
    private static partial Regex Rss();
}
