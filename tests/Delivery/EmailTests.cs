using System.Diagnostics;
using System.Net;
using System.Text;
using MimeKit;

namespace ImovoSim.Tests;

/// What stands in the e-mails that customers would get, as a mail program reads them.
public sealed class EmailTests(Running simulator)
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\r\nBcc: x@example.com\u202E";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_the_message_of_the_answer_to_the_byte_and_the_same_as_HTML_with_link_value_and_last_day()
    {
        using var client = simulator.Customer();
        await client.Send(HttpMethod.Put, "/_sim/clock", """{"mode":"frozen","at":"2026-08-03T09:30:00"}""");
        var (code, message) = await client.Issue("john.smith@example.com");
        var email = await client.Email("john.smith@example.com");
        Assert.Equal(
            ("\"ImovoSim vouchers\" <vouchers@imovo-sim.example>", "john.smith@example.com", "Your £20.00 voucher", "2026-08-03T09:30:00+01:00"),
            (email.From.ToString(), email.To.ToString(), email.Subject, email.Date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null)));
        Assert.EndsWith("@imovo-sim.example", email.MessageId, StringComparison.Ordinal);
        Assert.Equal(message, email.TextBody);
        Assert.Contains($"href=\"http://imovo.org/{code}TY\"", email.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("£20.00</strong>in cash", WebUtility.HtmlDecode(email.HtmlBody), StringComparison.Ordinal);
        Assert.Contains("Valid until <strong>2 September 2026</strong>", email.HtmlBody, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(message).Replace("£", "&#xA3;", StringComparison.Ordinal).Replace("&#163;", "&#xA3;", StringComparison.Ordinal), email.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_parts_are_a_text_or_else_HTML_with_a_picture_of_the_barcode_that_scans()
    {
        Need.Have("chromium", File.Exists("/usr/bin/zbarimg"), "zbarimg (Debian's zbar-tools) is not installed");
        using var client = simulator.Customer();
        foreach (var (campaign, recipient) in new[] { ("THINK", "ten@example.com"), ("ENERGY49", "twelve@example.com") })
        {
            var (code, _) = await client.Issue(recipient, campaign);
            var email = await client.Email(recipient);
            var ways = Assert.IsType<MultipartAlternative>(email.Body);
            Assert.True(Assert.IsType<TextPart>(ways[0]).IsPlain);
            var related = Assert.IsType<MultipartRelated>(ways[1]);
            Assert.True(Assert.IsType<TextPart>(related.Root).IsHtml);
            var picture = Assert.IsType<MimePart>(related[1]);
            Assert.Equal(("image/png", "inline"), (picture.ContentType.MimeType, picture.ContentDisposition!.Disposition));
            Assert.Contains($"src=\"cid:{picture.ContentId}\"", email.HtmlBody, StringComparison.Ordinal);
            using var png = new MemoryStream();
            await picture.Content!.DecodeToAsync(png, Cancel);
            Assert.Equal($"CODE-128:{code}", await Scanned(png.ToArray()));
        }
    }

    [Fact]
    public async Task The_shop_finds_in_it_whom_to_check_and_nothing_that_a_caller_gives_is_more_than_text()
    {
        using var client = simulator.Customer();
        await client.IssueWithId("hostile@example.com", Hostile, Hostile, "AL1 0BS");
        var html = (await client.Email("hostile@example.com")).HtmlBody!;
        Assert.Contains("To be checked in the shop", html, StringComparison.Ordinal);
        Assert.Equal(2, Count(WebUtility.HtmlDecode(html), Hostile.Replace("\r\n", "\n", StringComparison.Ordinal)) + Count(WebUtility.HtmlDecode(html), Hostile));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, Count(html, "<img"));
        Assert.Contains("AL1 0BS", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("john@example.com\r\nBcc:somebody@example.com")]
    [InlineData("john@example.com,jane")]
    [InlineData("<john@example.com>")]
    [InlineData("\"john@example.com")]
    [InlineData("(john)jane@example.com")]
    public async Task What_only_looks_like_an_address_adds_no_header_and_no_recipient(string recipient)
    {
        using var client = simulator.Customer();
        await client.IssueWithId(recipient, "John Smith", "19 Test Street", "AL1 0BS");
        var list = await client.Get("/_sim/messages");
        var message = list.GetProperty("messages")[0];
        if (message.GetProperty("channel").GetString() != "email")
            return;
        var email = Customer.Parsed((await client.Eml(message.GetProperty("id").GetString()!)).Bytes);
        Assert.Equal(["From", "Date", "Subject", "Message-Id", "To", "Auto-Submitted", "MIME-Version"], email.Headers.Select(header => header.Field), StringComparer.OrdinalIgnoreCase);
        Assert.Empty(email.To.Mailboxes);
    }

    [Fact]
    public async Task It_is_the_same_to_the_byte_each_time_and_each_has_a_name_of_its_own()
    {
        using var client = simulator.Customer();
        using var another = simulator.Customer("another");
        foreach (var each in new[] { client, client, another })
            await each.Issue("john.smith@example.com");
        var (first, again, second, others) = (await client.Eml("1"), await client.Eml("1"), await client.Eml("2"), await another.Eml("1"));
        Assert.Equal(first.Bytes, again.Bytes);
        Assert.Equal(3, new[] { first, second, others }.Select(each => Customer.Parsed(each.Bytes).MessageId).Distinct().Count());
    }

    [Fact]
    public async Task It_comes_as_a_file_with_a_name_that_is_safe()
    {
        using var client = simulator.Customer();
        var (code, _) = await client.Issue("john.smith@example.com");
        var (bytes, headers) = await client.Eml("1");
        Assert.Equal(("message/rfc822", $"attachment; filename=\"{code}-1.eml\""), (headers.ContentType!.ToString(), headers.ContentDisposition!.ToString()));
        var lines = Encoding.ASCII.GetString(bytes).Split("\r\n");
        Assert.DoesNotContain(lines, line => line.Contains('\n') || line.Length > 998);
        Assert.All(bytes, one => Assert.InRange(one, (byte)1, (byte)127));
    }

    [Fact]
    public async Task An_SMS_is_no_file_and_neither_is_what_is_not_there()
    {
        using var client = simulator.Customer();
        await client.Issue("07700900123");
        foreach (var id in new[] { "1", "2", "x" })
        {
            using var answer = await client.Send(HttpMethod.Get, $"/_sim/messages/{id}/eml");
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task<string> Scanned(byte[] png)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, png, Cancel);
        using var zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--nodbus", "--quiet", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await zbar.StandardOutput.ReadToEndAsync(Cancel);
        await zbar.WaitForExitAsync(Cancel);
        File.Delete(file);
        return said.Trim();
    }
}
