using System.Globalization;

namespace ImovoSim.Contracts;

/// <summary>The approved transcripts, carried inside the assembly.</summary>
public static class Snapshots
{
    /// <summary>The approved transcript of a case, or null.</summary>
    /// <param name="conversation">The case.</param>
    public static string? Read(Case conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        using var stream = typeof(Snapshots).Assembly.GetManifestResourceStream(conversation.SnapshotName + ".verified.txt");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Where two transcripts part, in words.</summary>
    /// <param name="expected">The approved one.</param>
    /// <param name="actual">The other.</param>
    public static string FirstDifference(string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line]) line++;
        var (approved, received) = (At(old, line), At(now, line));
        var same = approved.Zip(received).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}\n  approved: {Around(approved, same)}\n  received: {Around(received, same)}");
    }

    private static string At(string[] lines, int line) => line < lines.Length ? lines[line] : "(the end)";

    /// <summary>A long line with what stands around one place in it: a difference of a letter is not seen in three hundred.</summary>
    private static string Around(string line, int place)
    {
        if (line.Length <= Shown) return line;
        var start = Math.Clamp(place - Shown / 3, 0, line.Length - Shown);
        return $"{(start > 0 ? "…" : "")}{line.AsSpan(start, Shown)}{(start + Shown < line.Length ? "…" : "")}";
    }

    private const int Shown = 100;
}
