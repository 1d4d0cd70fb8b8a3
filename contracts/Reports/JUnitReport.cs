using System.Globalization;
using System.Xml;

namespace ImovoSim.Contracts;

/// <summary>The run as build servers read it.</summary>
internal static class JUnitReport
{
    public static void Write(RunReport report, string path)
    {
        using var xml = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, CheckCharacters = true });
        xml.WriteStartElement("testsuites");
        foreach (var behaviour in report.Outcomes.GroupBy(one => one.Case.Behaviour))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", behaviour.Key);
            Number(xml, "tests", behaviour.Count());
            Number(xml, "failures", behaviour.Count(one => one.Verdict is Verdict.Differs or Verdict.NoSnapshot));
            Number(xml, "errors", behaviour.Count(one => one.Verdict == Verdict.CouldNotCheck));
            Number(xml, "skipped", behaviour.Count(one => one.Verdict == Verdict.NotRun));
            foreach (var outcome in behaviour) WriteCase(xml, outcome);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, Outcome outcome)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", outcome.Case.Behaviour);
        xml.WriteAttributeString("name", outcome.Case.Sentence);
        if (outcome.Verdict != Verdict.Held)
        {
            xml.WriteStartElement(outcome.Verdict switch { Verdict.NotRun => "skipped", Verdict.CouldNotCheck => "error", _ => "failure" });
            xml.WriteAttributeString("message", outcome.Reason);
            if (outcome.Verdict != Verdict.NotRun) xml.WriteString(outcome.Transcript);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Number(XmlWriter xml, string name, int number) => xml.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));
}
