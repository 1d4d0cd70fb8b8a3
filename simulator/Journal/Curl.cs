using System.Text;

namespace ImovoSim.Journal;

/// <summary>The command line that makes a call again; the key comes from the variable IMOVO_KEY.</summary>
internal static class Curl
{
    private static readonly HashSet<string> OfTheConnection = new(
        ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "User-Agent", "Expect", "Accept", "traceparent"], StringComparer.OrdinalIgnoreCase);

    public static string Of(SentBody request, string address)
    {
        var text = new StringBuilder("curl -X ").Append(request.Method).Append(' ').Append(Quoted(address + request.Target));
        foreach (var header in request.Headers.Where(header => !OfTheConnection.Contains(header.Name)))
        {
            if (header.Name.Equals(Wire.ApiKeyHeader.Name, StringComparison.OrdinalIgnoreCase))
                text.Append(" -H \"X-API-KEY: $IMOVO_KEY\"");
            else
                text.Append(" -H ").Append(Quoted($"{header.Name}: {header.Value}"));
        }

        if (request.Body is not null)
            text.Append(" --data-binary ").Append(Quoted(request.Body));
        return text.ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
