using System.Text.RegularExpressions;

namespace ImovoSim.Pages;

/// <summary>A UK post code, or the first half of one, in its usual form.</summary>
internal sealed partial record PostCode(string Area, string District, string Inward)
{
    public string Text => Inward.Length == 0 ? District : $"{District} {Inward}";

    public static PostCode? Parse(string text)
    {
        var match = Form().Match(text.Trim());
        return !match.Success ? null : new PostCode(
            match.Groups["area"].Value.ToUpperInvariant(), (match.Groups["area"].Value + match.Groups["number"].Value).ToUpperInvariant(), match.Groups["inward"].Value.ToUpperInvariant());
    }

    // What of a full code without a blank belongs to which half, only the last three characters tell.
    [GeneratedRegex("^(?<area>[A-Za-z]{1,2})(?<number>[0-9][0-9A-Za-z]?)(?: *(?<inward>[0-9][A-Za-z]{2}))?\\z")]
    private static partial Regex Form();
}
