using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImovoSim.Storage;

/// <summary>
/// <c>imovo-sim health</c>: asks the simulator on this machine whether it is ready, for containers that have no shell and
/// no curl. By a socket, since an HTTP client would make the program a fifth larger for one line.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>0 where it is ready, 1 where it is not or does not answer.</returns>
    public static async Task<int> Run(IConfiguration configuration)
    {
        var endpoint = Endpoint(configuration);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint, patience.Token);
            await using var stream = new NetworkStream(socket);
            // By the older version nothing is sent in chunks.
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /readyz HTTP/1.0\r\nHost: {endpoint}\r\nConnection: close\r\n\r\n"), patience.Token);
            using var reader = new StreamReader(stream);
            var answer = await reader.ReadToEndAsync(patience.Token);
            if (answer.Split("\r\n\r\n", 2) is not [_, var text])
            {
                await Console.Error.WriteLineAsync($"No simulator answers at {endpoint}: what does closed the connection without an answer. Give it the Urls that the simulator has.");
                return 1;
            }

            await Console.Out.WriteLineAsync(text.Trim());
            return answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) ? 0 : 1;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Nothing answers at {endpoint}: {(e is OperationCanceledException ? $"not within {Patience.TotalSeconds:0} seconds" : e.Message)}. Give it the Urls that the simulator has.");
            return 1;
        }
    }

    // Where the simulator listens on all addresses, this machine's own is one of them.
    private static IPEndPoint Endpoint(IConfiguration configuration)
    {
        var url = configuration["urls"]?.Split(';')[0] ?? (configuration["http_ports"] is { Length: > 0 } ports ? $"http://*:{ports.Split(';')[0]}" : Settings.DefaultUrl);
        Settings.CheckUrls(url);
        var address = BindingAddress.Parse(url);
        return new IPEndPoint(IPAddress.TryParse(address.Host.Trim('[', ']'), out var given) && !IPAddress.Any.Equals(given) && !IPAddress.IPv6Any.Equals(given) ? given : IPAddress.Loopback, address.Port);
    }
}
