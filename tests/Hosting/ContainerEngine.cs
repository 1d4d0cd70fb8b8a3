using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ImovoSim.Tests;

/// The container engine of this machine, and the simulator's image: the one that IMOVO_IMAGE names, or one built from the Dockerfile.
public static class ContainerEngine
{
    private static readonly Lazy<Task<string>> Built = new(Build);
    private static readonly Lazy<Task<bool>> Answers = new(async () => (await TryRun("docker", ["version"])).ExitCode == 0);

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../.."));

    public static Task<string> Image => Built.Value;

    public static async Task Required() => Need.Have("docker", await Answers.Value, "no container engine answers docker version");

    /// What docker says.
    public static async Task<string> Run(params string[] arguments)
    {
        var (exitCode, output, error) = await TryRun("docker", arguments);
        return exitCode == 0 ? output.Trim() : throw new InvalidOperationException($"docker {string.Join(' ', arguments)} ended with {exitCode}: {error}");
    }

    public static async Task<bool> Has(string image) => (await TryRun("docker", ["image", "inspect", image])).ExitCode == 0;

    public static async Task<(int ExitCode, string Output, string Error)> TryRun(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (127, "", e.Message);
        }
    }

    private static async Task<string> Build()
    {
        if (Environment.GetEnvironmentVariable("IMOVO_IMAGE") is { Length: > 0 } given)
            return given;
        await Run("build", "-t", "imovo-sim:tests", Repository);
        return "imovo-sim:tests";
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
