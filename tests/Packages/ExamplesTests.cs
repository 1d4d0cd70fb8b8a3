using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace ImovoSim.Tests;

/// What stands in examples/ to be copied.
public sealed class ExamplesTests
{
    private static string Examples => Path.Combine(Packed.Repository(), "examples");

    [Fact]
    public void The_workflow_holds_the_contract_suite_against_a_service_container()
    {
        var job = Read("github-actions.yml")["jobs"]["contracts"];
        Assert.Equal("${{ vars.IMAGE }}", $"{job["services"]["imovo-sim"]["image"]}");
        var steps = ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>().Where(step => step.Children.ContainsKey("run")).Select(step => $"{step["run"]}");
        Assert.Contains("tools/imovo-contracts run --target http://localhost:8080 --junit contracts.xml", steps);
    }

    [Fact]
    public void The_GitLab_job_holds_the_contract_suite_against_a_service_container()
    {
        var job = Read("gitlab-ci.yml")["contracts"];
        Assert.Equal("imovo-sim", $"{job["services"][0]["alias"]}");
        Assert.Contains("tools/imovo-contracts run --target $IMOVO_ADDRESS --junit contracts.xml", ((YamlSequenceNode)job["script"]).Select(line => $"{line}"));
    }

    [Fact]
    public async Task The_script_issues_a_voucher_has_it_redeemed_and_cannot_cancel_it()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        using var script = Process.Start(new ProcessStartInfo("sh", [Path.Combine(Examples, "voucher.sh"), simulator.Address.ToString().TrimEnd('/'), "sim_script"]) { RedirectStandardOutput = true })!;
        var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, script.ExitCode);
        Assert.Contains("\"accepted\":true", output, StringComparison.Ordinal);
        Assert.EndsWith("""{"errorMessages":["Voucher is already cancelled or redeemed"],"successfulRequest":false}""", output.TrimEnd(), StringComparison.Ordinal);
    }

    private static YamlNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Examples, file))));
        return yaml.Documents[0].RootNode;
    }
}
