using Spectre.Console;

namespace ImovoSim.Contracts;

/// <summary>contracts status</summary>
internal static class StatusCommand
{
    public static int Print(string path)
    {
        var provenance = Provenance.Read(path);
        foreach (var behaviour in Suite.Cases.GroupBy(one => one.Behaviour))
        {
            var table = new Table().Title(behaviour.Key).Border(TableBorder.Rounded).AddColumns("case", "rests on", "against the real service");
            foreach (var one in behaviour)
                table.AddRow(Markup.Escape(one.Sentence), Markup.Escape(string.Join(", ", one.Facts)), Markup.Escape(provenance.Of(one)));
            AnsiConsole.Write(table);
        }
        Console.WriteLine(provenance.InOneSentence);
        return 0;
    }
}
