using System.Net;

namespace ImovoSim.Delivery;

/// <summary>Where e-mails are handed on. No record, whose text would have the password in it.</summary>
internal sealed class SmtpServer
{
    private SmtpServer(string host, int port, bool tls, NetworkCredential? signIn) => (Host, Port, Tls, SignIn) = (host, port, tls, signIn);

    public string Host { get; }

    public int Port { get; }

    /// <summary>Whether the connection begins with TLS; where it does not, it goes over to it as soon as the server offers that.</summary>
    public bool Tls { get; }

    public NetworkCredential? SignIn { get; }

    /// <exception cref="SettingException">It is no such address; it is not repeated, for it can have a password in it.</exception>
    public static SmtpServer? Of(string? setting)
    {
        if (setting is null)
            return null;
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var address) || address.Scheme is not ("smtp" or "smtps")
            || address is not { Host.Length: > 0, AbsolutePath: "/" or "", Query: "", Fragment: "" } || address.Port == 0)
            throw Wrong("is no address of an SMTP server");
        var signIn = address.UserInfo.Split(':', 2);
        if (signIn is [{ Length: > 0 }] or ["", _] or [_, ""])
            throw Wrong("has a user without a password, or a password without a user");
        var tls = address.Scheme == "smtps";
        return new SmtpServer(
            address.IdnHost.Trim('[', ']'), address.Port > 0 ? address.Port : tls ? 465 : 25, tls,
            signIn is [var user, var password] ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) : null);
    }

    private static SettingException Wrong(string what) => new(
        $"Delivery:Smtp {what}: set it to smtp://HOST:PORT, or smtps://HOST:PORT for TLS from the start, with USER:PASSWORD@ before the host where the server wants a sign-in; "
        + "what is neither letter nor digit in these is written as in a URL, such as %40 for @.");
}
