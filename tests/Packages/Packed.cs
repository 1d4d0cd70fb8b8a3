using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImovoSim.Tests;

/// Everything that is a package, packed into a folder, apart from whatever else builds here; and what is installed from it.
public sealed class Packed : IAsyncLifetime
{
    public const string Version = "0.1.0-test";

    public string Folder { get; } = Directory.CreateTempSubdirectory("imovo-packages-").FullName;

    public string Packages => Path.Combine(Folder, "packages");

    /// Native where this machine can make it; what has no native package is compiled as it runs.
    public string Runtime { get; } = File.Exists("/usr/bin/clang") ? RuntimeInformation.RuntimeIdentifier : "any";

    public static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    public async ValueTask InitializeAsync()
    {
        var tool = Runtime == "any" ? "any" : $"{Runtime};any";
        await Pack("client");
        await Pack("contracts");
        await Pack("simulator", $"-p:ToolPackageRuntimeIdentifiers=\"{tool}\"");
        foreach (var runtime in tool.Split(';'))
            await Pack("simulator", $"-p:ToolPackageRuntimeIdentifiers=\"{tool}\"", "-r", runtime);
        await File.WriteAllTextAsync(Path.Combine(Folder, "NuGet.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><add key="usual" value="{Usual()}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, true);
        return ValueTask.CompletedTask;
    }

    public Task Install(string package) => Run(
        "dotnet", "tool", "install", package, "--version", Version, "--tool-path", Path.Combine(Folder, "tools"), "--configfile", Path.Combine(Folder, "NuGet.config"));

    /// What it prints; an exit code that is not 0 fails the test with it.
    public async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(Start(program, arguments))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{await error}");
        return output;
    }

    public ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What is unpacked here would be taken for the release of the same version, were it kept where all packages are.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Folder, "unpacked");
        start.Environment.Remove("ASPNETCORE_URLS");
        // A compiler that outlives the build holds its folder open.
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return start;
    }

    private async Task Pack(string project, params string[] more)
    {
        var start = Start("dotnet", ["pack", Path.Combine(Repository(), project), "-c", "Release", "-o", Packages, $"-p:Version={Version}", $"-p:ArtifactsPath={Path.Combine(Folder, "artifacts")}", .. more]);
        start.Environment.Remove("NUGET_PACKAGES");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{project} cannot be packed:\n{output}");
    }

    private static string Usual() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
