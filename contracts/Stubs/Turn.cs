namespace ImovoSim.Contracts;

/// <summary>One question and its answer, read back from a transcript.</summary>
/// <param name="Ask">The call as written, placeholders and all.</param>
/// <param name="Headers">Its headers as written.</param>
/// <param name="Body">Its body, or null.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="AnswerHeaders">The answer's headers.</param>
/// <param name="AnswerBody">The answer's body, or null.</param>
internal sealed record Turn(
    (string Method, string Path) Ask, IReadOnlyList<(string Name, string Value)> Headers, string? Body,
    int Status, IReadOnlyList<(string Name, string Value)> AnswerHeaders, string? AnswerBody)
{
    /// <summary>The turns of a transcript, or null where more happened than questions and answers, one after the other.</summary>
    public static IReadOnlyList<Turn>? Read(string transcript)
    {
        var lines = transcript.Split('\n');
        if (lines.Any(line => line.StartsWith('(') || line.Contains(" at once: ", StringComparison.Ordinal))) return null;
        List<Turn> turns = [];
        var at = 0;
        while (true)
        {
            at = Array.FindIndex(lines, at, line => line.StartsWith(Transcript.Asked, StringComparison.Ordinal));
            if (at < 0) return turns;
            var words = lines[at][Transcript.Asked.Length..].Split(' ', 2);
            var (headers, body) = Message(lines, ref at);
            at = Array.FindIndex(lines, at, line => line.StartsWith(Transcript.Answered, StringComparison.Ordinal));
            var status = int.Parse(lines[at][Transcript.Answered.Length..], System.Globalization.CultureInfo.InvariantCulture);
            var (answerHeaders, answerBody) = Message(lines, ref at);
            turns.Add(new((words[0], words[1]), headers, body, status, answerHeaders, answerBody == Transcript.NoBody ? null : answerBody));
        }
    }

    /// <summary>Headers up to a blank line, then one line of body, unless the next turn begins there.</summary>
    private static (IReadOnlyList<(string, string)> Headers, string? Body) Message(string[] lines, ref int at)
    {
        List<(string, string)> headers = [];
        for (at++; at < lines.Length && lines[at].Length > 0; at++)
        {
            var colon = lines[at].IndexOf(": ", StringComparison.Ordinal);
            headers.Add((lines[at][..colon], lines[at][(colon + 2)..]));
        }
        at++;
        if (at >= lines.Length || lines[at].StartsWith(Transcript.Asked, StringComparison.Ordinal) || lines[at].StartsWith(Transcript.Answered, StringComparison.Ordinal)) return (headers, null);
        return (headers, lines[at++]);
    }
}
