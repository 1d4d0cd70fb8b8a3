using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImovoSim.Delivery;
using MimeKit;

namespace ImovoSim.Tests;

/// What a mail server can do to an e-mail that is handed to it.
public sealed class SmtpConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_emails_go_over_one_connection_which_then_ends_as_it_should()
    {
        await using var sink = new SmtpSink();
        using var sender = Sender(sink.Address);
        foreach (var text in new[] { "first", "second", "third" })
            Assert.Equal(new SmtpAnswer(null), await sender.Send(Email(text), Cancel));
        await sender.Rest(Cancel);
        Assert.Equal(["first", "second", "third"], sink.Taken.Select(Parsed).Select(email => email.TextBody!.Trim()));
        Assert.Equal((1, "EHLO imovo-sim", "QUIT"), (sink.Connections, sink.Commands.First(), sink.Commands.Last()));
        Assert.Contains("RCPT TO:<john@example.com>", sink.Commands);
        Assert.Equal(new SmtpAnswer(null), await sender.Send(Email("another day"), Cancel));
        Assert.Equal(2, sink.Connections);
    }

    [Fact]
    public async Task Lines_that_begin_with_a_dot_arrive_with_it()
    {
        await using var sink = new SmtpSink();
        using var sender = Sender(sink.Address);
        await sender.Send(Email(".\r\n..\r\n.end"), Cancel);
        Assert.Equal(".\r\n..\r\n.end", Parsed(Assert.Single(sink.Taken)).TextBody!.TrimEnd().ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public async Task Nobody_there_is_no_end_and_the_next_attempt_arrives()
    {
        await using var sink = new SmtpSink();
        using var sender = Sender(sink.Address);
        await sink.Stop();
        Assert.Equal(new SmtpAnswer("The SMTP server does not answer: ConnectionRefused."), await sender.Send(Email("x"), Cancel));
        sink.Start();
        Assert.Equal(new SmtpAnswer(null), await sender.Send(Email("x"), Cancel));
        // Lost between two e-mails, on a connection that was good.
        await sink.Stop();
        Assert.False((await sender.Send(Email("y"), Cancel)).Final);
        sink.Start();
        Assert.Equal(new SmtpAnswer(null), await sender.Send(Email("y"), Cancel));
        Assert.Equal(["x", "y"], sink.Taken.Select(Parsed).Select(email => email.TextBody!.Trim()));
    }

    [Theory]
    [InlineData("MAIL", "451 later", false)]
    [InlineData("RCPT", "450 mailbox busy", false)]
    [InlineData("RCPT", "550 no such\r", true)]
    [InlineData("DATA", "452 full", false)]
    [InlineData("DATA", "554 no", true)]
    public async Task A_refusal_is_final_where_the_server_says_so_and_spoils_no_other_email(string command, string says, bool final)
    {
        await using var sink = new SmtpSink { Instead = line => line.StartsWith(command, StringComparison.Ordinal) ? says.Trim() : null };
        using var sender = Sender(sink.Address);
        Assert.Equal(new SmtpAnswer($"The SMTP server said {says.Trim()[..3]}: {says.Trim()[4..]}", final), await sender.Send(Email("refused"), Cancel));
        sink.Instead = _ => null;
        Assert.Equal(new SmtpAnswer(null), await sender.Send(Email("good"), Cancel));
        Assert.Equal((1, "good"), (sink.Connections, Parsed(Assert.Single(sink.Taken)).TextBody!.Trim()));
    }

    [Fact]
    public async Task What_a_server_says_before_it_was_given_anything_is_not_about_the_email()
    {
        await using var sink = new SmtpSink { Instead = line => line.Length == 0 ? "554 closed for john" : null };
        using var sender = Sender(sink.Address);
        Assert.Equal(new SmtpAnswer("The SMTP server said 554 before it was given anything."), await sender.Send(Email("x"), Cancel));
    }

    [Fact]
    public async Task A_connection_that_breaks_off_after_the_email_leaves_it_to_be_sent_again()
    {
        await using var sink = new SmtpSink { AfterData = AfterData.Cut };
        using var sender = Sender(sink.Address);
        Assert.Equal(new SmtpAnswer("The SMTP server broke off the connection."), await sender.Send(Email("x"), Cancel));
        sink.AfterData = AfterData.Take;
        Assert.Equal(new SmtpAnswer(null), await sender.Send(Email("x"), Cancel));
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task A_slow_server_is_waited_for()
    {
        await using var sink = new SmtpSink { Slowness = TimeSpan.FromSeconds(1) };
        using var sender = Sender(sink.Address);
        Assert.Equal(new SmtpAnswer(null), await sender.Send(Email("x"), Cancel));
    }

    [Fact]
    public async Task It_signs_in_where_the_setting_says_so_and_tells_nobody_with_what()
    {
        await using var sink = new SmtpSink { SignIn = "\0us:er\0p@ss word" };
        using var good = Sender($"smtp://us%3Aer:p%40ss%20word@127.0.0.1:{sink.Port}");
        Assert.Equal(new SmtpAnswer(null), await good.Send(Email("x"), Cancel));
        using var wrong = Sender($"smtp://somebody:s3cret@127.0.0.1:{sink.Port}");
        Assert.Equal(new SmtpAnswer("The SMTP server does not accept the sign-in of Delivery:Smtp."), await wrong.Send(Email("x"), Cancel));
        await using var open = new SmtpSink();
        using var unasked = Sender($"smtp://somebody:s3cret@127.0.0.1:{open.Port}");
        Assert.Equal(new SmtpAnswer("The SMTP server does not accept the sign-in of Delivery:Smtp."), await unasked.Send(Email("x"), Cancel));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_given_nothing()
    {
        using var key = RSA.Create(2048);
        using var itsOwn = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var sink = new SmtpSink { Certificate = X509CertificateLoader.LoadPkcs12(itsOwn.Export(X509ContentType.Pfx), null) };
        using var sender = Sender($"smtps://user:s3cret@127.0.0.1:{sink.Port}");
        Assert.Equal(new SmtpAnswer("The SMTP server's certificate is not trusted here, or it speaks no TLS at this port."), await sender.Send(Email("x"), Cancel));
        Assert.Empty(sink.Commands);
    }

    [Fact]
    public async Task An_address_beyond_ASCII_is_for_servers_that_take_one()
    {
        await using var sink = new SmtpSink();
        using var sender = Sender(sink.Address);
        Assert.True((await sender.Send(Email("x", "jöhn@example.com"), Cancel)).Final);
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
        // The domain alone can be written otherwise.
        Assert.Equal(new SmtpAnswer(null), await sender.Send(Email("x", "john@exämple.com"), Cancel));
        Assert.Contains("RCPT TO:<john@xn--exmple-cua.com>", sink.Commands);
    }

    private static SmtpConnection Sender(string address) => new(SmtpServer.Of(address)!, TimeProvider.System);

    private static MimeMessage Email(string text, string to = "john@example.com")
    {
        var email = new MimeMessage { Subject = "x", Body = new TextPart("plain") { Text = text } };
        email.From.Add(MailboxAddress.Parse("vouchers@example.com"));
        email.To.Add(new MailboxAddress("", to));
        return email;
    }

    private static MimeMessage Parsed(byte[] email) => MimeMessage.Load(new MemoryStream(email), Cancel);
}
