using System.Text;

namespace ImovoSim.Contracts;

/// <summary>The run for people who have seen neither the kit nor the code.</summary>
internal static class MarkdownReport
{
    public static void Write(RunReport report, string path) => File.WriteAllText(path, Text(report));

    public static string Text(RunReport report)
    {
        var text = new StringBuilder();
        text.Append("# Does ").Append(report.Target.Name).Append(" keep the voucher contract?\n\n")
            .Append(report.InOneLine).Append(".\n\n").AppendJoin("\n\n", report.Remarks).Append("\n\n");
        if (report.LeftBehind.Count > 0)
            text.Append("## Left behind\n\n").AppendJoin('\n', report.LeftBehind.Select(one => "- " + one)).Append("\n\n");
        Section(text, report, Verdict.Differs, "Differences", "Each of these conversations went another way than the approved transcript says.");
        Section(text, report, Verdict.NoSnapshot, "Without a snapshot", "Nobody has approved a transcript of these conversations yet.");
        Section(text, report, Verdict.CouldNotCheck, "Could not be checked", "An answer was lost on the way. That says nothing about the service's contract.");
        text.Append("## All cases\n\n");
        foreach (var behaviour in report.Outcomes.GroupBy(one => one.Case.Behaviour))
        {
            text.Append("### ").Append(behaviour.Key).Append("\n\n| | case | rests on | |\n|---|---|---|---|\n");
            foreach (var one in behaviour)
            {
                text.Append("| ").Append(RunReport.Word(one.Verdict)).Append(" | ").Append(Cell(one.Case.Sentence)).Append(" | ").AppendJoin(", ", one.Case.Facts)
                    .Append(" | ").Append(one.Verdict == Verdict.NotRun ? Cell(one.Reason) : "").Append(" |\n");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    private static void Section(StringBuilder text, RunReport report, Verdict verdict, string heading, string explanation)
    {
        if (report.Count(verdict) == 0) return;
        text.Append("## ").Append(heading).Append("\n\n").Append(explanation).Append("\n\n");
        foreach (var one in report.Outcomes.Where(one => one.Verdict == verdict))
            text.Append("### ").Append(one.Case.Sentence).Append("\n\n").Append(one.Case.SnapshotName).Append(", ").Append(one.Reason)
                .Append("\n\n````\n").Append(one.Transcript).Append("\n````\n\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
