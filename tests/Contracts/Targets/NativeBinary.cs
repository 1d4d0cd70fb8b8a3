using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>The simulator as it is shipped: one native program in a process of its own.</summary>
public sealed partial class NativeBinary : IAsyncLifetime
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    private readonly SimulatorKeys _keys = new(limitedClients: Suite.Cases.Count(one => one.Needs.Contains(Capability.Limit)));
    private readonly HttpMessageInvoker _http = new(Target.NewHandler());
    private Process? _process;
    private Uri? _address;

    /// <summary>Why there is no binary to talk to, or null.</summary>
    public string? Missing { get; private set; }

    internal Task<Outcome> Hold(Case one, CancellationToken stop) => Suite.Hold(one, _keys.For(one, "native binary", _address!, _http), stop);

    public async ValueTask InitializeAsync()
    {
        var binary = Environment.GetEnvironmentVariable("IMOVO_BINARY") is { Length: > 0 } given ? given : await Published();
        if (binary is null) return;
        var start = new ProcessStartInfo(binary) { RedirectStandardOutput = true };
        foreach (var (name, value) in _keys.Settings.Append(("Store", "memory")).Append(("urls", "http://127.0.0.1:0"))) start.ArgumentList.Add($"--{name}={value}");
        _process = Process.Start(start)!;
        _address = await Announced(_process).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>The program says where it answers; its output is read to the end, or it would wait when the pipe is full.</summary>
    private static Task<Uri> Announced(Process process)
    {
        var said = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) said.TrySetException(new InvalidOperationException("The native binary ended before it said where it answers."));
            else if (Address().Match(line.Data) is { Success: true } address) said.TrySetResult(new Uri(address.Value));
        };
        process.BeginOutputReadLine();
        return said.Task;
    }

    /// <summary>Publishes once; afterwards only when a source file is newer than the binary.</summary>
    private async Task<string?> Published()
    {
        var directory = Path.Combine(Repository, "artifacts", "contract-kit", "native");
        var binary = Path.Combine(directory, OperatingSystem.IsWindows() ? "imovo-sim.exe" : "imovo-sim");
        var newest = Directory.EnumerateFiles(Path.Combine(Repository, "simulator"), "*", SearchOption.AllDirectories).Select(File.GetLastWriteTimeUtc).Max();
        if (File.Exists(binary) && File.GetLastWriteTimeUtc(binary) > newest) return binary;
        var publish = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Repository, "simulator"), "-c", "Release", "-o", directory, "--nologo", "-v", "quiet", "-tl:off"])
            { RedirectStandardOutput = true, WorkingDirectory = Repository };
        // A build that runs these tests leaves its own settings in the environment, and they are not for this one.
        foreach (var name in publish.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) publish.Environment.Remove(name);
        using var process = Process.Start(publish)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode == 0)
        {
            File.SetLastWriteTimeUtc(binary, TimeProvider.System.GetUtcNow().UtcDateTime);
            return binary;
        }
        Missing = "the simulator could not be published as a native binary: " + output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal), output).Trim();
        return null;
    }

    public ValueTask DisposeAsync()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"http://[\d.]+:\d+")]
    private static partial Regex Address();

    private static string Here([CallerFilePath] string file = "") => file;
}
