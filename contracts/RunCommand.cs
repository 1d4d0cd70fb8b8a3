using Spectre.Console;

namespace ImovoSim.Contracts;

internal sealed record RunOptions(string? Target, string? Settings, string[] Filter, bool List, string? JUnit, string? Markdown, string Provenance);

/// <summary>contracts run</summary>
internal static class RunCommand
{
    public static async Task<int> Run(RunOptions options, CancellationToken stop)
    {
        var cases = Suite.Cases.Where(one => options.Filter.Length == 0 || options.Filter.Any(word => one.SnapshotName.Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        if (cases.Count == 0) throw new SettingsException("No case has that in its name: --list says which there are.");
        if (options.List) return List(cases);

        Writable("--junit", options.JUnit);
        Writable("--markdown", options.Markdown);
        var provenance = Provenance.Read(options.Provenance);
        var settings = options.Settings is { } file ? TargetSettings.Read(file) : null;
        using var http = new HttpMessageInvoker(Target.NewHandler());
        var target = AddressTarget.At(Address(options), Variable("IMOVO_API_KEY"), Variable("IMOVO_API_KEY_2"), settings, TimeProvider.System, http);

        var report = await Progress(target, cases, provenance, stop);
        // First, for it tells what is left behind: that must not be lost with a file that can no longer be written.
        ResultTable.Print(report);
        provenance.Record(settings, target.Name, report.Outcomes, TimeProvider.System);
        if (options.JUnit is { } junit) JUnitReport.Write(report, junit);
        if (options.Markdown is { } markdown) MarkdownReport.Write(report, markdown);
        return report.ExitStatus;
    }

    /// <summary>Before the run, which may cost money: what is learnt must have somewhere to go.</summary>
    private static void Writable(string option, string? path)
    {
        try
        {
            if (path is not null) File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{option}: {path} cannot be written: {failure.Message}");
        }
    }

    private static Uri Address(RunOptions options) =>
        Uri.TryCreate(options.Target ?? Variable("IMOVO_TARGET"), UriKind.Absolute, out var address)
            ? address
            : throw new SettingsException("Say what to talk to: --target http://127.0.0.1:5080, or IMOVO_TARGET.");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static Task<RunReport> Progress(Target target, List<Case> cases, Provenance provenance, CancellationToken stop) =>
        AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask(Markup.Escape(target.Name), maxValue: cases.Count);
            return await Runner.Run(target, cases, provenance, outcome =>
            {
                bar.Increment(1);
                bar.Description = Markup.Escape(outcome.Case.SnapshotName);
            }, stop);
        });

    private static int List(List<Case> cases)
    {
        foreach (var one in cases)
        {
            var needs = one.Roles.Concat(one.Needs).ToList();
            Console.WriteLine($"{one.SnapshotName}\n    {one.Sentence}{(needs.Count > 0 ? $"\n    needs: {string.Join(", ", needs)}" : "")}");
        }
        return 0;
    }
}
