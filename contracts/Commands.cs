using System.CommandLine;

namespace ImovoSim.Contracts;

/// <summary>The program for those without .NET tests: run, status, export.</summary>
internal static class Commands
{
    public static async Task<int> Main(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("--help says what there is.");
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToCleanUp });
        }
        catch (SettingsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }

    /// <summary>Ctrl-C ends the conversation under way; what it issued is cancelled before the program ends.</summary>
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromMinutes(2);

    private static RootCommand Root() =>
        new("Holds the conversations of the i-movo voucher contract with any address, and tells where the answers differ.") { Run(), Status(), Export() };

    private static Command Run()
    {
        var target = new Option<string>("--target") { Description = "Base address of what to talk to (or IMOVO_TARGET). Keys come from IMOVO_API_KEY and IMOVO_API_KEY_2 only." };
        var settings = new Option<FileInfo>("--settings") { Description = "Settings file of a service that is not a simulator: its campaigns by role, and what may be spent." };
        var filter = new Option<string[]>("--filter") { Description = "Only cases whose name has this in it, e.g. Cancelling or Cancelling.twice; may be repeated." };
        var list = new Option<bool>("--list") { Description = "Says which cases there are, and holds none." };
        var junit = new Option<FileInfo>("--junit") { Description = "Writes a JUnit XML report." };
        var markdown = new Option<FileInfo>("--markdown") { Description = "Writes a Markdown report." };
        var provenance = ProvenanceOption();
        var run = new Command("run", "Holds the cases with a target. Ends with 0: all held, 1: a difference, 2: something could not be checked.")
            { target, settings, filter, list, junit, markdown, provenance };
        run.SetAction((parsed, stop) => RunCommand.Run(new(
            parsed.GetValue(target), parsed.GetValue(settings)?.FullName, parsed.GetValue(filter) ?? [], parsed.GetValue(list),
            parsed.GetValue(junit)?.FullName, parsed.GetValue(markdown)?.FullName, parsed.GetRequiredValue(provenance)), stop));
        return run;
    }

    private static Command Status()
    {
        var provenance = ProvenanceOption();
        var status = new Command("status", "Prints each case with the facts that it rests on and when it last held against the vendor's own service.") { provenance };
        status.SetAction(parsed => StatusCommand.Print(parsed.GetRequiredValue(provenance)));
        return status;
    }

    private static Command Export()
    {
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "Where to write; a folder mappings is made in it." };
        var wiremock = new Command("wiremock", "Writes WireMock mappings for the cases that a stateless stub can hold.") { directory };
        wiremock.SetAction(parsed => StubExport.Print(parsed.GetRequiredValue(directory).FullName, TimeProvider.System));
        return new("export", "Writes the contract in another tool's form.") { wiremock };
    }

    private static Option<string> ProvenanceOption() =>
        new("--provenance") { Description = "The record of runs against the vendor's own service.", DefaultValueFactory = _ => Path.Combine("contracts", "provenance.json") };
}
