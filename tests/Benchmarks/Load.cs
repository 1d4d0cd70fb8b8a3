using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImovoSim.Tests;

/// <summary>What a run of load measured: answers a second, and the times of single answers.</summary>
internal sealed record Measured(double Rate, TimeSpan Median, TimeSpan P99, long Answers);

/// <summary>
/// Sends one request over and over on a number of connections, each waiting for its answer before it sends again, and
/// does so little besides that it needs less of its processor than the server of its own.
/// </summary>
internal static class Load
{
    public static async Task<Measured> Run(Uri address, string pathAndQuery, string key, int connections, TimeSpan length, long mostAnswers = long.MaxValue)
    {
        var request = Encoding.ASCII.GetBytes($"POST {pathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nX-API-KEY: {key}\r\nContent-Length: 0\r\n\r\n");
        var clock = Stopwatch.StartNew();
        long left = mostAnswers;
        var times = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var own = new List<long>(1 << 16);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
            var buffer = new byte[4096];
            while (clock.Elapsed < length && Interlocked.Decrement(ref left) >= 0)
            {
                var sent = Stopwatch.GetTimestamp();
                await socket.SendAsync(request);
                await ReadAnswer(socket, buffer);
                own.Add(Stopwatch.GetTimestamp() - sent);
            }

            return own;
        })));
        var elapsed = clock.Elapsed;
        var all = times.SelectMany(own => own).Order().ToArray();
        return new Measured(all.Length / elapsed.TotalSeconds, At(all, 0.50), At(all, 0.99), all.Length);
    }

    private static TimeSpan At(long[] sorted, double share) =>
        sorted.Length == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, sorted[(int)(sorted.Length * share)]);

    private static async ValueTask ReadAnswer(Socket socket, byte[] buffer)
    {
        var (end, expected) = (0, int.MaxValue);
        while (end < expected)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(end));
            if (read == 0)
                throw new InvalidOperationException("the server closed the connection");
            end += read;
            if (expected == int.MaxValue)
                expected = Length(buffer.AsSpan(0, end));
        }
    }

    private static int Length(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return int.MaxValue;
        if (!answer.StartsWith("HTTP/1.1 200"u8) || answer.IndexOf("\"successfulRequest\":false"u8) >= 0)
            throw new InvalidOperationException($"the server answered {Encoding.UTF8.GetString(answer)}");
        var at = answer.IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
        var digits = answer[at..];
        return head + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')]);
    }
}
