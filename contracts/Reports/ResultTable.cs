using Spectre.Console;

namespace ImovoSim.Contracts;

/// <summary>The end of a run on a terminal: what held by behaviour, then whatever deserves a look.</summary>
internal static class ResultTable
{
    public static void Print(RunReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(report.Target.Name))
            .AddColumns("behaviour", "held", "differ", "could not check", "not run");
        foreach (var behaviour in report.Outcomes.GroupBy(one => one.Case.Behaviour))
            table.AddRow(behaviour.Key, Count(behaviour, Verdict.Held), Count(behaviour, Verdict.Differs, Verdict.NoSnapshot), Count(behaviour, Verdict.CouldNotCheck), Count(behaviour, Verdict.NotRun));
        AnsiConsole.Write(table);

        foreach (var outcome in report.Outcomes.Where(one => one.Verdict is Verdict.Differs or Verdict.NoSnapshot or Verdict.CouldNotCheck))
            Console.WriteLine($"{RunReport.Word(outcome.Verdict)}  {outcome.Case.SnapshotName}: {outcome.Case.Sentence}\n  {outcome.Reason}");
        foreach (var reasons in report.Outcomes.Where(one => one.Verdict == Verdict.NotRun).GroupBy(one => one.Reason))
            Console.WriteLine($"not run ({reasons.Count()}): {reasons.Key}");
        foreach (var left in report.LeftBehind) Console.WriteLine("LEFT BEHIND: " + left);
        foreach (var remark in report.Remarks) Console.WriteLine(remark);
        Console.WriteLine(report.InOneLine + ".");
    }

    private static string Count(IEnumerable<Outcome> outcomes, params Verdict[] verdicts) =>
        outcomes.Count(one => verdicts.Contains(one.Verdict)) is > 0 and var count ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
}
