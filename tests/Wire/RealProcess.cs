using System.Diagnostics;

namespace ImovoSim.Tests;

/// The program in a process of its own, in an empty folder: the binary that IMOVO_BINARY names, or the build beside the tests.
internal sealed class RealProcess : IDisposable
{
    private readonly Process _process;

    public RealProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Binary ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(TemporaryFile.Path()),
        };
        string[] program = Binary is null ? [Path.Combine(AppContext.BaseDirectory, "imovo-sim.dll")] : [];
        foreach (var argument in (string[])[.. program, "--Store=memory", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("ASPNETCORE_URLS");
        _process = Process.Start(start)!;
    }

    public static string? Binary { get; } = Environment.GetEnvironmentVariable("IMOVO_BINARY") is { Length: > 0 } binary ? Path.GetFullPath(binary) : null;

    /// What a start said that failed: its exit code and its words.
    public static async Task<(int Code, string Out, string Error)> Failing(params string[] arguments)
    {
        using var process = new RealProcess(arguments);
        var (output, error) = (process._process.StandardOutput.ReadToEndAsync(Cancel), process._process.StandardError.ReadToEndAsync(Cancel));
        await process._process.WaitForExitAsync(Cancel);
        return (process._process.ExitCode, await output, await error);
    }

    public async Task<string> FirstLine() => await _process.StandardOutput.ReadLineAsync(Cancel) ?? "";

    public async Task<(int Code, string Out, string Error)> Terminated()
    {
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        var (output, error) = (_process.StandardOutput.ReadToEndAsync(Cancel), _process.StandardError.ReadToEndAsync(Cancel));
        await _process.WaitForExitAsync(Cancel);
        return (_process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
