using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// The README's own lines, from GnuPG and curl to a voucher.
public sealed class ReadmeLinesTests
{
    [Fact]
    public async Task Six_lines_of_the_README_lead_to_a_voucher()
    {
        Gpg.Required();
        var readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), TestContext.Current.CancellationToken);
        var lines = Assert.Single(Regex.Matches(readme, "^```\n((?:(?!```).)*_sim/onboarding\\?name=ACME.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)).Groups[1].Value;
        Assert.Equal(6, lines.TrimEnd().Split('\n').Length);
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        var folder = Directory.CreateTempSubdirectory("gpg-").FullName;
        var script = $"cd {folder}; trap 'gpgconf --kill all' EXIT; set -e\n{lines.Replace("http://127.0.0.1:5080", simulator.Address.OriginalString, StringComparison.Ordinal)}";
        var (exitCode, output, error) = await ContainerEngine.TryRun("bash", ["-c", script], new Dictionary<string, string> { ["GNUPGHOME"] = folder, ["no_proxy"] = "*" });
        Assert.True(exitCode == 0, error);
        Assert.EndsWith("\"successfulRequest\":true}", output, StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }
}
