using System.Text;

namespace ImovoSim.Journal;

/// <summary>The command line that makes a call again; the key comes from the variable IMOVO_KEY.</summary>
internal static class Curl
{
    private static readonly HashSet<string> OfTheConnection = new(
        ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "User-Agent", "Expect", "Accept", "traceparent"], StringComparer.OrdinalIgnoreCase);

    public static string Of(SentBody request, string address)
    {
        // Brackets and braces are ranges to curl, and a body that begins with @ is a file's name, unless it is told otherwise.
        var text = new StringBuilder("curl -g -X ").Append(request.Method).Append(' ').Append(Quoted(address + request.Target));
        foreach (var header in request.Headers.Where(header => !OfTheConnection.Contains(header.Name)))
        {
            if (header.Name.Equals(Wire.ApiKeyHeader.Name, StringComparison.OrdinalIgnoreCase))
                text.Append(" -H \"X-API-KEY: $IMOVO_KEY\"");
            else
                text.Append(" -H ").Append(Quoted(header.Value.Length == 0 ? $"{header.Name};" : $"{header.Name}: {header.Value}"));
        }

        if (request.Body is null)
            return text.ToString();
        // It calls a body a form by itself.
        if (!request.Headers.Any(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            text.Append(" -H 'Content-Type:'");
        return text.Append(" --data-raw ").Append(Quoted(request.Body)).ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
