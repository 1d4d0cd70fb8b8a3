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
        return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}\n  approved: {At(old, line)}\n  received: {At(now, line)}");
    }

    private static string At(string[] lines, int line) => line < lines.Length ? lines[line] : "(the end)";
}
