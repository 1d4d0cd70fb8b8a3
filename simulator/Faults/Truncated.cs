using System.Net.Sockets;
using System.Text;
using ImovoSim.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace ImovoSim.Faults;

/// <summary>Half of the body that the header promises, and then the connection ends.</summary>
internal static class Truncated
{
    public static Answer Of(Answer answer, Strike strike) => answer with { Body = answer.Body[..(answer.Body.Length / 2)] };

    public static async Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time)
    {
        // Past the server, which sends what it is given in its own time, and nothing any more once it is told to break off.
        if (response.HttpContext.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            response.Headers.ContentType = answer.ContentType;
            response.Headers.ContentLength = answer.Body.Length;
            var head = new StringBuilder($"HTTP/1.1 {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}\r\n");
            foreach (var (name, value) in response.Headers)
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            byte[] half = [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Of(answer, strike).Body.Span];
            await socket.SendAsync(half, response.HttpContext.RequestAborted);
            socket.Shutdown(SocketShutdown.Both);
        }

        response.HttpContext.Abort();
    }
}
