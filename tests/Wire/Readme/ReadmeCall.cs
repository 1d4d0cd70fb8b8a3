using System.Text;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// One curl call in a README's console block, and the output that the README prints below it.
internal sealed partial record ReadmeCall(string Command, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, string? Data, bool WithHead, string Output)
{
    /// Every call of every block that begins with ```console; other commands than curl are passed over.
    public static IReadOnlyList<ReadmeCall> All(string readme)
    {
        var calls = new List<ReadmeCall>();
        foreach (Match block in Block().Matches(readme.ReplaceLineEndings("\n")))
        {
            var lines = new Queue<string>(block.Groups["text"].Value.Split('\n'));
            while (lines.TryDequeue(out var line))
            {
                if (!line.StartsWith("$ ", StringComparison.Ordinal))
                    continue;
                var command = new StringBuilder(line[2..]);
                while (command[^1] == '\\')
                    command.Remove(command.Length - 1, 1).Append(lines.Dequeue().TrimStart());
                var output = new List<string>();
                while (lines.TryPeek(out var next) && !next.StartsWith("$ ", StringComparison.Ordinal))
                    output.Add(lines.Dequeue());
                if (command.ToString().StartsWith("curl ", StringComparison.Ordinal))
                    calls.Add(Parse(command.ToString(), string.Join('\n', output).Trim('\n')));
            }
        }

        return calls;
    }

    /// What the README prints and what the simulator answers, both with the form of their dates only.
    public async Task<(string Expected, string Actual)> Hold(HttpClient http)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(http.BaseAddress!.OriginalString.TrimEnd('/') + Target));
        if (Data is not null)
            request.Content = Caller.Body(Data, "application/x-www-form-urlencoded");
        foreach (var (name, value) in Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                request.Content = Caller.Body(Data ?? "", value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var reply = await Reply.Read(answer);
        if (!WithHead)
            return Compared(Dateless(Output), Dateless(reply.Body.TrimEnd('\n')));
        var (head, body) = Output.Split("\n\n", 2) is [var before, var after] ? (before, after) : (Output, "");
        var shown = head.Split('\n').Skip(1).Select(line => line.Split(": ", 2)).ToList();
        var same = shown.Select(header => $"{header[0]}: {(header[0].Equals("Date", StringComparison.OrdinalIgnoreCase) ? header[1] : reply.Headers.GetValueOrDefault(header[0], "(none)"))}");
        return (Dateless(Output), Dateless(string.Join('\n', [$"HTTP/1.1 {reply.Status} {answer.ReasonPhrase}", .. same]) + (body.Length + reply.Body.Length > 0 ? "\n\n" : "") + reply.Body.TrimEnd('\n')));
    }

    private static ReadmeCall Parse(string command, string output)
    {
        var words = new Queue<string>(Words(command).Skip(1));
        var (method, target, data, head) = ((string?)null, (string?)null, (string?)null, false);
        var headers = new List<(string, string)>();
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "-X" or "--request":
                    method = words.Dequeue();
                    break;
                case "-H" or "--header":
                    headers.Add(words.Dequeue().Split(": ", 2) is [var name, var value] ? (name, value) : throw new FormatException($"A header without a colon: {command}"));
                    break;
                case "-d" or "--data" or "--data-raw":
                    data = data is null ? words.Dequeue() : $"{data}&{words.Dequeue()}";
                    break;
                case "-i" or "-si" or "-is" or "-sSi":
                    head = true;
                    break;
                case "-s" or "-sS":
                    break;
                default:
                    target = Uri.IsWellFormedUriString(word, UriKind.Absolute) && target is null && !word.StartsWith('-') ? Address().Replace(word, "", 1)
                        : throw new FormatException($"Nothing is known of {word} in: {command}");
                    break;
            }
        }

        return new ReadmeCall(
            command, method ?? (data is null ? "GET" : "POST"), target ?? throw new FormatException($"No address in: {command}"), headers, data, head, output);
    }

    private static IEnumerable<string> Words(string command)
    {
        foreach (Match word in Word().Matches(command))
        {
            yield return string.Concat(Part().Matches(word.Value).Select(part => part.Value[0] switch
            {
                '\'' => part.Value[1..^1],
                '"' => part.Value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal),
                _ => part.Value,
            }));
        }
    }

    // An ellipsis stands for whatever is there.
    private static (string Expected, string Actual) Compared(string shown, string actual) =>
        shown.Contains('…') && Regex.IsMatch(actual, $"^{string.Join(".*", shown.Split('…').Select(Regex.Escape))}$", RegexOptions.Singleline)
            ? (shown, shown)
            : (shown, actual);

    private static string Dateless(string text) => ShortDay().Replace(IsoDay().Replace(text, "yyyy-MM-dd"), match => match.Groups["yy"].Success ? "dd-MMM-yy" : "dd-MMM");

    [GeneratedRegex("^```console\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^https?://[^/]+")]
    private static partial Regex Address();

    [GeneratedRegex("""('[^']*'|"(\\.|[^"\\])*"|[^\s'"])+""")]
    private static partial Regex Word();

    [GeneratedRegex("""'[^']*'|"(\\.|[^"\\])*"|[^\s'"]+""")]
    private static partial Regex Part();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex IsoDay();

    [GeneratedRegex(@"\b[0-9]{2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?<yy>-[0-9]{2})?\b")]
    private static partial Regex ShortDay();
}
