using System.Diagnostics;
using System.Text.Json;

namespace ImovoSim.Fidelity;

/// <summary>The answer in force to every fact.</summary>
internal sealed class Profile
{
    private readonly string[] _answers;

    private Profile(string[] answers) => _answers = answers;

    public static Profile Default { get; } = new([.. Facts.All.OrderBy(fact => fact.Index).Select(fact => fact.Answers[0])]);

    public string this[Fact fact] => _answers[fact.Index];

    public bool Says(Fact fact, string answer)
    {
        Debug.Assert(fact.Answers.Contains(answer), $"{fact.Id} has no answer {answer}");
        return string.Equals(_answers[fact.Index], answer, StringComparison.Ordinal);
    }

    /// <summary>Reads <c>{"fact-id": "answer", …}</c>.</summary>
    /// <exception cref="SettingException">The text is no such object, or names a fact or an answer that does not exist.</exception>
    public static Profile Parse(string json, string source)
    {
        var answers = (string[])Default._answers.Clone();
        foreach (var (id, answer) in Members(json, source))
        {
            var fact = Facts.All.FirstOrDefault(fact => fact.Id == id) ?? throw new SettingException(
                $"{source} names a fact that does not exist: {id}. There are: {string.Join(", ", Facts.All.Select(fact => fact.Id))}.");
            answers[fact.Index] = fact.Answers.Contains(answer) ? answer : throw new SettingException(
                $"{source} gives {id} an answer that does not exist: {answer}. There are: {string.Join(", ", fact.Answers)}.");
        }

        return new Profile(answers);
    }

    private static IEnumerable<(string Id, string Answer)> Members(string json, string source)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new SettingException($"{source} is not JSON: {e.Message}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new SettingException($"{source} must be one JSON object: {{\"fact-id\": \"answer\"}}.");
            foreach (var member in document.RootElement.EnumerateObject())
                yield return (member.Name, member.Value.ToString());
        }
    }
}
