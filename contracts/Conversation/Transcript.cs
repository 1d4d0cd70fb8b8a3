using System.Globalization;
using System.Text;

namespace ImovoSim.Contracts;

/// <summary>A conversation in writing. One form for people, snapshots and the stub export.</summary>
internal sealed class Transcript
{
    internal const string Asked = ">>> ";
    internal const string Answered = "<<< ";
    internal const string NoBody = "{no body}";

    private readonly StringBuilder _text = new();

    public Transcript(Case conversation) =>
        _text.Append("# ").Append(conversation.Sentence).Append('\n');

    public void Ask(Call call, string prefix = "")
    {
        _text.Append('\n').Append(Asked).Append(prefix).Append(call.Method).Append(' ').Append(call.Path).Append('\n');
        if (call.Client.Length > 0) Header(call.KeyHeader, "{" + call.Client + "}");
        foreach (var (name, value) in call.Headers) Header(name, value);
        if (call.ContentType is { } type) Header("Content-Type", type);
        if (call.Body is { } body) _text.Append('\n').Append(Wire.Visible(body)).Append('\n');
    }

    public void Answer(Answer answer, string prefix = "") => _text.Append('\n').Append(Answered).Append(prefix).Append(Written(answer));

    /// <summary>Something that happened between two calls.</summary>
    public void Note(string what) => _text.Append("\n(").Append(what).Append(")\n");

    public static string Written(Answer answer)
    {
        var text = new StringBuilder();
        text.Append(answer.Status.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var (name, value) in answer.Headers) text.Append(name).Append(": ").Append(value).Append('\n');
        return text.Append('\n').Append(answer.Body.Length == 0 ? NoBody : answer.Body).Append('\n').ToString();
    }

    private void Header(string name, string value) => _text.Append(name).Append(": ").Append(value).Append('\n');

    public override string ToString() => _text.ToString().TrimEnd('\n');
}
