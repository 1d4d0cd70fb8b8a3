using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// The real program in a process of its own: the binary that IMOVO_BINARY names, or the build that stands beside the tests.
public sealed partial class SimulatorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private SimulatorProcess(Process process) => _process = process;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public int Id => _process.Id;

    public static async Task<SimulatorProcess> Start(params string[] arguments)
    {
        var simulator = Launch(["--urls", "http://127.0.0.1:0", .. arguments]);
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        simulator._process.OutputDataReceived += (_, line) => simulator.Take(line.Data, address);
        simulator._process.ErrorDataReceived += (_, line) => simulator.Take(line.Data, address);
        simulator._process.BeginOutputReadLine();
        simulator._process.BeginErrorReadLine();
        simulator.Address = await address.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return simulator;
    }

    /// Runs it until it ends by itself.
    public static async Task<(int ExitCode, string Output, string Error)> RunToEnd(params string[] arguments)
    {
        await using var simulator = Launch(arguments);
        var output = simulator._process.StandardOutput.ReadToEndAsync();
        var error = simulator._process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await simulator._process.WaitForExitAsync(patience.Token);
        return (simulator._process.ExitCode, await output, await error);
    }

    /// kill -9.
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// kill -TERM; answers the exit code.
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    private static SimulatorProcess Launch(string[] arguments)
    {
        var binary = Environment.GetEnvironmentVariable("IMOVO_BINARY");
        var start = string.IsNullOrEmpty(binary)
            ? new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "imovo-sim.dll"), .. arguments])
            : new ProcessStartInfo(binary, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        // What the test host is told to listen on is not meant for the program under test.
        start.Environment.Remove("ASPNETCORE_URLS");
        return new SimulatorProcess(Process.Start(start)!);
    }

    private void Take(string? line, TaskCompletionSource<Uri> address)
    {
        if (line is null)
        {
            if (_process.HasExited)
                address.TrySetException(new InvalidOperationException($"the simulator ended: {string.Join('\n', Output)}"));
            return;
        }

        lock (_lines)
            _lines.Add(line);
        if (AddressInLine().Match(line) is { Success: true } match)
            address.TrySetResult(new Uri(match.Value));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex AddressInLine();
}
