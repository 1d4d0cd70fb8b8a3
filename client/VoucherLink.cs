using System.Text.RegularExpressions;

namespace ImovoSim.Client;

internal static partial class VoucherLink
{
    /// The first thing in the vendor's text that has a host and a path: http://imovo.org/… and imovo.org/?id=… alike.
    public static Uri? Find(string? message)
    {
        if (message is null || Address().Match(message) is not { Success: true } found)
            return null;
        var text = found.Value.TrimEnd('.', ',', ';', ':', '!', ')', '"', '\'');
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;
        return Uri.TryCreate(text, UriKind.Absolute, out var link) ? link : null;
    }

    [GeneratedRegex(@"(?<![\w@.\-/])(https?://)?([a-z0-9][a-z0-9\-]*\.)+[a-z]{2,}(:\d+)?/\S*|https?://\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
