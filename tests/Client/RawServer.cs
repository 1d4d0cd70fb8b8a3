using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImovoSim.Tests;

/// A server of bare sockets, for what no HTTP server lets one do: cut the connection at a chosen byte.
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawConnection, Task> _talk;
    private readonly Task _accepting;
    private int _connections;
    private int _requests;

    public RawServer(Func<RawConnection, Task> talk)
    {
        _talk = talk;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    public Uri Address { get; }
    public int Connections => Volatile.Read(ref _connections);

    /// Requests whose last byte arrived.
    public int Requests => Volatile.Read(ref _requests);

    /// Completes when a request has arrived whole.
    public TaskCompletionSource RequestArrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(Serve(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task Serve(Socket socket)
    {
        Interlocked.Increment(ref _connections);
        using var connection = new RawConnection(socket, Arrived, _stop.Token);
        try
        {
            await _talk(connection);
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException or EndOfStreamException)
        {
            // The other side went away, or the test is over.
        }
    }

    private void Arrived()
    {
        Interlocked.Increment(ref _requests);
        RequestArrived.TrySetResult();
    }
}

internal sealed class RawConnection(Socket socket, Action arrived, CancellationToken stop) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    /// Reads one request to its last byte.
    public async Task<string> ReadRequest()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one, stop);
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.Split(':')[1], null)).SingleOrDefault();
        var body = new byte[length];
        await _stream.ReadExactlyAsync(body, stop);
        arrived();
        return head + Encoding.UTF8.GetString(body);
    }

    public async Task ReadBytes(int count) => await _stream.ReadExactlyAsync(new byte[count], stop);

    public async Task Send(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    public Task SendJson(string json) =>
        Send($"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// Holds the connection open until the test ends.
    public Task Silence() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

    /// Closes with a reset instead of an orderly end.
    public void Reset() => socket.Close(0);

    public void Dispose() => _stream.Dispose();
}
