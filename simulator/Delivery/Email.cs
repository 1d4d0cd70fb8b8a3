using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ImovoSim.Clock;
using ImovoSim.Pages;
using ImovoSim.Vouchers;
using MimeKit;
using RazorSlices;

namespace ImovoSim.Delivery;

/// <summary>A message as an e-mail: its text as it is, and the same as HTML with the voucher's barcode as a picture.</summary>
internal static class Email
{
    private const string DefaultSender = "ImovoSim vouchers <vouchers@imovo-sim.example>";
    private const string Picture = "barcode@imovo-sim.example";

    /// <summary>As they go over the wire, whatever machine this is.</summary>
    public static readonly FormatOptions Lines = Wire(beyondAscii: false);

    /// <summary>For a server that takes addresses in other letters.</summary>
    public static readonly FormatOptions LinesBeyondAscii = Wire(beyondAscii: true);

    /// <exception cref="SettingException">It is no address that e-mails can come from.</exception>
    public static string Sender(string? setting) => setting is null ? DefaultSender
        : MailboxAddress.TryParse(setting, out var sender) && sender.Address.Contains('@') && !setting.AsSpan().ContainsAnyInRange('\0', '\x1F') ? setting
        : throw new SettingException("Delivery:From is no address: set it to one such as vouchers@example.com, or NAME <ADDRESS>.");

    /// <summary>The address as it is; null where e-mail knows no such address, whatever stands on either side of its @.</summary>
    public static MailboxAddress? Mailbox(string contact) =>
        MailboxAddress.TryParse(contact, out var mailbox) && mailbox.Address == contact && contact.Contains('@') && mailbox.Name is null or "" ? mailbox : null;

    /// <summary>The same bytes each time, so that an e-mail that came twice is known by them.</summary>
    /// <param name="client">The client's name.</param>
    public static async ValueTask<MimeMessage> Of(Message message, string client, string from, Rulebook rules)
    {
        var sender = MailboxAddress.Parse(from);
        var email = new MimeMessage
        {
            Subject = Line(message.Subject),
            Date = London.Local(message.Created),
            MessageId = $"{Name(message, client)}@{sender.Domain}",
            Body = Together("alternative", Text("plain", message.Text), Together("related", Text("html", await Html(message, rules)), Barcode(message.Voucher.Code))),
        };
        email.From.Add(sender);
        email.To.Add(Mailbox(message.To) ?? (InternetAddress)new GroupAddress("undisclosed-recipients"));
        // Nobody's holiday is to answer it.
        email.Headers.Add("Auto-Submitted", "auto-generated");
        return email;
    }

    private static ValueTask<string> Html(Message message, Rulebook rules)
    {
        var voucher = message.Voucher;
        // The campaigns can have lost the voucher's since.
        var campaign = rules.Campaigns.Find(voucher.Campaign);
        var words = campaign is null ? null : VoucherWords.For(campaign, voucher);
        var link = campaign is null ? null : WebLink.For(campaign, voucher, rules.PublicUrl);
        return EmailSlice.Create(new EmailModel(
            Line(message.Subject), words?.Worth ?? $"£{Money.Text(voucher.Pence)}", words?.What ?? "", message.Text, $"cid:{Picture}", VoucherPage.Grouped(voucher.Code), VoucherPage.Until(voucher.ExpiresAt),
            voucher.Id is { } id ? new IdModel(id.CustomerName, id.Address, id.PostCode) : null,
            link is null || link.Contains("://", StringComparison.Ordinal) ? link : $"http://{link}")).RenderAsync();
    }

    private static TextPart Text(string kind, string text)
    {
        var part = new TextPart(kind);
        part.SetText(Encoding.UTF8, text);
        // Ends of lines are the letter's own only in base64: anything else is free to write them its way.
        part.ContentTransferEncoding = kind == "plain" && text.AsSpan().ContainsAny('\r', '\n') ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
        return part;
    }

    private static MimePart Barcode(string code) => new("image", "png")
    {
        Content = new MimeContent(new MemoryStream(BarcodePng.Of(code))),
        ContentId = Picture,
        ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = $"{code}.png" },
        ContentTransferEncoding = ContentEncoding.Base64,
    };

    // Neither of the two ways to write a part makes "=_" of anything, so the boundary cannot be in one.
    private static Multipart Together(string how, params ReadOnlySpan<MimeEntity> parts)
    {
        var together = how == "related" ? new MultipartRelated() : new Multipart(how);
        together.Boundary = $"=_{how}";
        foreach (var part in parts)
            together.Add(part);
        return together;
    }

    // A client's name can be anything, and a client that begins anew counts its messages from the beginning.
    private static string Name(Message message, string client) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\n{message.Id}\n{message.Created.UtcTicks}")).AsSpan(0, 15));

    private static FormatOptions Wire(bool beyondAscii)
    {
        var lines = FormatOptions.Default.Clone();
        (lines.NewLineFormat, lines.International) = (NewLineFormat.Dos, beyondAscii);
        return lines;
    }

    private static string Line(string? text) => string.Concat((text ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter));
}

/// <param name="Worth">What the voucher is worth, and <paramref name="For"/> what that is for.</param>
/// <param name="Picture">Where the barcode's picture is.</param>
public sealed record EmailModel(
    string Subject, string Worth, string For, string Text, string Picture, string Grouped, string Until, IdModel? Id, string? Link);
