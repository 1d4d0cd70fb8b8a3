using System.Net.Sockets;
using ImovoSim.Clients;

namespace ImovoSim.Delivery;

/// <summary>What the SMTP server made of an e-mail.</summary>
/// <param name="Refused">Null where it has taken it; otherwise the reason, in which the server's own words can stand.</param>
/// <param name="Final">Whether it would be refused again.</param>
internal sealed record SmtpAnswer(string? Refused, bool Final = false);

/// <summary>Hands e-mails to an SMTP server.</summary>
internal sealed class SmtpSender(Settings settings)
{
    public async ValueTask<SmtpAnswer> Send(Client client, Message message, CancellationToken cancel)
    {
        var server = new Uri(settings.Smtp!);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(server.Host, server.Port > 0 ? server.Port : 25, cancel);
            return new SmtpAnswer($"E-mail {message.Id} of {client.Name} cannot be sent yet.");
        }
        catch (SocketException e)
        {
            return new SmtpAnswer($"The SMTP server does not answer: {e.SocketErrorCode}.");
        }
    }
}
