using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ImovoSim.Tests;

/// What an SMTP server does with an e-mail that it was sent whole.
public enum AfterData
{
    Take,
    /// Breaks off without an answer, and keeps nothing.
    Cut,
}

/// An SMTP server of the tests' own: it keeps what it has taken, and fails as it is told.
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> _taken = new();
    private readonly ConcurrentDictionary<TcpClient, Task> _open = new();
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _connections;

    public SmtpSink() => Start();

    public int Port { get; private set; }

    public string Address => $"smtp://127.0.0.1:{Port}";

    /// The e-mails as they were sent, dots unstuffed.
    public IReadOnlyCollection<byte[]> Taken => _taken;

    public ConcurrentQueue<string> Commands { get; } = new();

    public int Connections => Volatile.Read(ref _connections);

    /// What it says to a command, or to "" at the beginning, instead of doing it; null where it does it.
    public Func<string, string?> Instead { get; set; } = _ => null;

    public AfterData AfterData { get; set; }

    /// How long it thinks about each e-mail.
    public TimeSpan Slowness { get; set; }

    /// "\0USER\0PASSWORD", where it wants a sign-in.
    public string? SignIn { get; init; }

    /// With it, every connection begins with TLS.
    public X509Certificate2? Certificate { get; init; }

    /// As one who pulls the plug: nobody is answered any more, nobody is let in.
    public async Task Stop()
    {
        _listener.Stop();
        foreach (var (client, serving) in _open)
        {
            client.Close();
            await serving;
        }
    }

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Accept(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Certificate?.Dispose();
    }

    private async Task Accept(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                var begun = new TaskCompletionSource();
                _open[client] = Serve(client, begun.Task);
                begun.SetResult();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task Serve(TcpClient client, Task begun)
    {
        await begun;
        try
        {
            await using Stream stream = Certificate is null ? client.GetStream() : new SslStream(client.GetStream());
            if (stream is SslStream tls)
                await tls.AuthenticateAsServerAsync(Certificate!);
            // Latin 1 keeps every byte as it is.
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await Talk(reader, writer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side is gone.
        }
        finally
        {
            client.Close();
            _open.TryRemove(client, out _);
        }
    }

    private async Task Talk(StreamReader reader, StreamWriter writer)
    {
        var greeting = Instead("") ?? "220 sink";
        await writer.WriteLineAsync(greeting);
        while (greeting.StartsWith('2') && await reader.ReadLineAsync() is { } line)
        {
            Commands.Enqueue(line);
            if (Instead(line) is { } instead)
            {
                await writer.WriteLineAsync(instead);
            }
            else if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                if (!await Take(reader))
                    return;
                await writer.WriteLineAsync("250 taken");
            }
            else
            {
                await writer.WriteLineAsync(Answer(line));
                if (line == "QUIT")
                    return;
            }
        }
    }

    private string Answer(string line) => line.Split(' ')[0] switch
    {
        "EHLO" => SignIn is null ? "250-sink\r\n250 8BITMIME" : "250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN",
        "AUTH" => line.EndsWith(Convert.ToBase64String(Encoding.UTF8.GetBytes(SignIn ?? "?")), StringComparison.Ordinal) ? "235 welcome" : "535 not you",
        "QUIT" => "221 bye",
        "MAIL" or "RCPT" or "RSET" or "NOOP" => "250 well",
        _ => "502 what?",
    };

    private async Task<bool> Take(StreamReader reader)
    {
        var email = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line != ".")
            {
                email.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
                continue;
            }

            await Task.Delay(Slowness, TimeProvider.System);
            if (AfterData == AfterData.Cut)
                return false;
            _taken.Enqueue(Encoding.Latin1.GetBytes(email.ToString()));
            return true;
        }

        return false;
    }
}
