using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ImovoSim.Delivery;

/// <summary>Hands e-mails to an SMTP server, one after the other on one connection, which <see cref="Rest"/> ends.</summary>
internal sealed class SmtpConnection(SmtpServer server, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SmtpClient _smtp = new()
    {
        Timeout = 10_000,
        // Not this machine's, which is nobody's business and takes a look into DNS.
        LocalDomain = "imovo-sim",
        // A test environment can seldom ask its certificate's issuer, and waiting for that would hold up every e-mail.
        CheckCertificateRevocation = false,
    };

    /// <summary>
    /// Never throws but for <paramref name="cancel"/>. What fails before the e-mail itself is offered is about the
    /// server, and so may be better the next time.
    /// </summary>
    public async ValueTask<SmtpAnswer> Send(MimeMessage email, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            if (await Connect(either.Token) is { } refused)
                return refused;
            var beyondAscii = email.To.Mailboxes.Any(to => !Ascii.IsValid(to.LocalPart));
            if (beyondAscii && !_smtp.Capabilities.HasFlag(SmtpCapabilities.UTF8))
                return new SmtpAnswer("The SMTP server takes no addresses with other letters than ASCII's before the @.", Final: true);
            await _smtp.SendAsync(beyondAscii ? Email.LinesBeyondAscii : Email.Lines, email, either.Token);
            return new SmtpAnswer(null);
        }
        catch (SmtpCommandException e) when (_smtp.IsConnected)
        {
            return new SmtpAnswer($"The SMTP server said {(int)e.StatusCode}: {Line(e.Message)}", (int)e.StatusCode >= 500);
        }
        catch (Exception e) when (Lost(e) is { } why && !cancel.IsCancellationRequested)
        {
            Drop();
            return new SmtpAnswer(why);
        }
    }

    /// <summary>Says goodbye; the next e-mail makes a new connection.</summary>
    public async ValueTask Rest(CancellationToken cancel)
    {
        try
        {
            await _smtp.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception e) when (Lost(e) is not null)
        {
            Drop();
        }
    }

    public void Dispose() => _smtp.Dispose();

    private async ValueTask<SmtpAnswer?> Connect(CancellationToken cancel)
    {
        if (_smtp.IsConnected)
            return null;
        try
        {
            await _smtp.ConnectAsync(server.Host, server.Port, server.Tls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, cancel);
            if (server.SignIn is { } signIn)
                await _smtp.AuthenticateAsync(_smtp.AuthenticationMechanisms.Contains("PLAIN") ? new SaslMechanismPlain(signIn) : new SaslMechanismLogin(signIn), cancel);
            return null;
        }
        catch (Exception e) when (e is CommandException or AuthenticationException or NotSupportedException)
        {
            Drop();
            // Its words can have the user in them.
            return new SmtpAnswer(e is SmtpCommandException refused
                ? $"The SMTP server said {(int)refused.StatusCode} before it was given anything." : "The SMTP server does not accept the sign-in of Delivery:Smtp.");
        }
    }

    private static string? Lost(Exception e) => e switch
    {
        SocketException or IOException { InnerException: SocketException } => $"The SMTP server does not answer: {(e as SocketException ?? (SocketException)e.InnerException!).SocketErrorCode}.",
        SslHandshakeException => "The SMTP server's certificate is not trusted here, or it speaks no TLS at this port.",
        TimeoutException or OperationCanceledException => "The SMTP server did not answer in time.",
        IOException or ProtocolException or CommandException or ServiceNotConnectedException => "The SMTP server broke off the connection.",
        _ => null,
    };

    private void Drop() => _smtp.Disconnect(quit: false);

    private static string Line(string text)
    {
        var line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length > 200 ? line[..200] : line;
    }
}
