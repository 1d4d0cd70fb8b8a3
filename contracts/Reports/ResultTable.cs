using System.Globalization;
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

        foreach (var line in Differences(report)) Console.WriteLine(line);
        foreach (var reasons in report.Outcomes.Where(one => one.Verdict == Verdict.NotRun).GroupBy(one => one.Reason))
            Console.WriteLine($"not run ({reasons.Count()}): {reasons.Key}");
        foreach (var left in report.LeftBehind) Console.WriteLine("LEFT BEHIND: " + left);
        foreach (var remark in report.Remarks) Console.WriteLine(remark);
        Console.WriteLine(report.InOneLine + ".");
    }

    /// <summary>What is no success, the same finding once however many cases have it.</summary>
    internal static IEnumerable<string> Differences(RunReport report)
    {
        var findings = report.Outcomes.Where(one => one.Verdict is Verdict.Differs or Verdict.NoSnapshot or Verdict.CouldNotCheck);
        foreach (var same in findings.GroupBy(one => (one.Verdict, Finding: Parted(one).Finding)).OrderByDescending(same => same.Count()))
        {
            yield return RunReport.Word(same.Key.Verdict) + (same.Count() == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" in {same.Count()} cases"));
            foreach (var line in same.Key.Finding.Split('\n')) yield return "  " + line.Trim();
            foreach (var one in same.Take(Named)) yield return $"  {one.Case.SnapshotName}{Parted(one).Place}: {one.Case.Sentence}";
            if (same.Count() > Named) yield return string.Create(CultureInfo.InvariantCulture, $"  and {same.Count() - Named} more: --markdown FILE has them all");
        }
    }

    /// <summary>A difference is told as its place and then what differs; any other reason has no place.</summary>
    private static (string Place, string Finding) Parted(Outcome one) =>
        one.Reason.Split('\n', 2) is [var place, var finding] ? (", " + place, finding) : ("", one.Reason);

    private const int Named = 3;

    private static string Count(IEnumerable<Outcome> outcomes, params Verdict[] verdicts) =>
        outcomes.Count(one => verdicts.Contains(one.Verdict)) is > 0 and var count ? count.ToString(CultureInfo.InvariantCulture) : "";
}
