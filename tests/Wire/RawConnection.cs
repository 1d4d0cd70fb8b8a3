using System.Net.Sockets;
using System.Text;

namespace ImovoSim.Tests;

/// A bare socket, for requests that no HTTP client would send.
internal sealed class RawConnection(Socket socket) : IDisposable
{
    public async Task Send(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken)..];
        }
        catch (SocketException)
        {
            // The server has refused before it has read all: its answer still waits to be read.
        }
    }

    public Task Send(string latin1) => Send(Encoding.Latin1.GetBytes(latin1));

    /// Everything that comes until the server closes; the request must have asked for that.
    public async Task<string> ReadToEnd()
    {
        using var all = new MemoryStream();
        var buffer = new byte[16384];
        try
        {
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, TestContext.Current.CancellationToken) is > 0 and var count)
                all.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // A reset after the answer ends it as well.
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    public void EndOfRequest() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => socket.Dispose();
}
