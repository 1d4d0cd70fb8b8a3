using System.Net.Sockets;
using ImovoSim.Wire;
using Microsoft.AspNetCore.Connections.Features;

namespace ImovoSim.Faults;

/// <summary>No answer, and a connection that is torn down, not closed.</summary>
internal static class ConnectionReset
{
    public static Task Write(HttpResponse response, Answer answer, Strike strike, TimeProvider time)
    {
        if (response.HttpContext.Features.Get<IConnectionSocketFeature>() is { } connection)
            connection.Socket.LingerState = new LingerOption(true, 0);
        response.HttpContext.Abort();
        return Task.CompletedTask;
    }
}
