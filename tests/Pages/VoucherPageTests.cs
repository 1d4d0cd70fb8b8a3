using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ImovoSim.Tests;

public sealed class VoucherPageTests(Running simulator, Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("THINK", "10.00")]
    [InlineData("ENERGY49", "10.00")]
    [InlineData("FREEBAR", "")]
    [InlineData("GMGSUB7DAY", "")]
    public async Task The_link_of_the_answer_leads_to_a_barcode_that_scans_as_the_code(string campaign, string value)
    {
        Looks.ZbarRequired();
        var page = await browser.Open();
        var given = await simulator.Customer().Issue(campaign, value, reference: $"{TestContext.Current.Test!.UniqueID[..20]}@example.com");
        var response = await page.Go(simulator, given.Path);
        Assert.Equal(200, response.Status);
        Assert.Equal($"CODE-128:{given.Code}", await Looks.Decode(await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true })));
        Assert.Equal(given.Code, (await page.Locator(".number .digits").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_says_what_the_voucher_is_worth_for_what_and_until_when()
    {
        var client = simulator.Customer();
        await client.Control(HttpMethod.Put, "/_sim/clock", """{"mode":"frozen","at":"2026-08-02T23:00:00"}""");
        var given = await client.Issue();
        var page = await browser.Open();
        await page.Go(simulator, given.Path);
        var text = await page.InnerTextAsync("main");
        Assert.Contains("£20.00", text, StringComparison.Ordinal);
        Assert.Contains("in cash, paid out at any PayPoint", text, StringComparison.Ordinal);
        Assert.Contains("Valid until 1 September 2026", text, StringComparison.Ordinal);
        Assert.Contains($"CASHOUT > I-MOVO > {given.Code} > ENTER", text, StringComparison.Ordinal);
        Assert.Contains("0800 310 0000", text, StringComparison.Ordinal);
        Assert.Contains("It is 2 August 2026, 23:00", text, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".id").CountAsync());
        Assert.Contains("not i-movo's", await page.InnerTextAsync("header"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_voucher_with_ID_shows_name_address_and_post_code_exactly_as_given()
    {
        var given = await simulator.Customer().IssueWithId("  John  Smith ", "19 Test Street,\nWelwyn Garden City", "al1 0bs");
        var page = await browser.Open();
        await page.Go(simulator, given.Path);
        Assert.Equal(["  John  Smith ", "19 Test Street,\nWelwyn Garden City", "al1 0bs"], await page.Locator(".id dd").AllTextContentsAsync());
        var (barcode, block) = (await page.Locator("svg.barcode").BoundingBoxAsync(), await page.Locator(".id").BoundingBoxAsync());
        Assert.True(block!.Y > barcode!.Y + barcode.Height - 1);
    }

    [Theory]
    [InlineData("redeemed", "Used")]
    [InlineData("cancelled", "Cancelled")]
    [InlineData("expired", "Expired")]
    public async Task A_voucher_that_is_over_shows_its_state_and_no_barcode(string state, string shown)
    {
        var client = simulator.Customer();
        var given = await client.IssueWithId("John Smith", "19 Test Street", "AL1 0BS");
        await (state switch
        {
            "redeemed" => client.Redeem(given.Code),
            "cancelled" => client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode={given.Code}"),
            _ => client.Control(HttpMethod.Post, "/_sim/clock/advance", """{"by":"P91D"}"""),
        });
        var page = await browser.Open();
        await page.Go(simulator, given.Path);
        Assert.Equal(shown, await page.InnerTextAsync(".state"));
        Assert.Equal(0, await page.Locator("svg").CountAsync());
        Assert.DoesNotContain("John Smith", await page.ContentAsync(), StringComparison.Ordinal);
        await page.AssertAccessible();
    }

    [Fact]
    public async Task A_part_used_voucher_of_one_use_a_day_says_when_it_can_be_used_again()
    {
        var client = simulator.Customer();
        var given = await client.Issue("GMGSUB7DAY", "", $"{client.Key[..20]}@example.com");
        await client.Redeem(given.Code);
        var page = await browser.Open();
        await page.Go(simulator, given.Path);
        Assert.Contains("It can be used 365 times, once a day. It was used today", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/9999999999TY")]
    [InlineData("/?id=GC-AAAAAAAAA")]
    [InlineData("/voucher/nobody%40example.com/GSUB")]
    [InlineData("/voucher/9999999999/go")]
    public async Task A_link_that_leads_nowhere_is_a_page_that_tells_nothing(string path)
    {
        using var response = await simulator.Http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("This link leads to no voucher.", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_letters_than_the_campaigns_own_lead_nowhere()
    {
        var given = await simulator.Customer().Issue();
        using var response = await simulator.Http.GetAsync($"/{given.Code}OF", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_code_that_several_clients_have_asks_whose_it_is()
    {
        var client = simulator.Customer();
        var name = await client.Name();
        var page = await browser.Open();
        var response = await page.Go(simulator, "/3721902693TY");
        Assert.Equal(300, response.Status);
        await page.AssertAccessible();
        await page.Locator("#client").FillAsync(name);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".voucher");
        Assert.Contains("3721902693", (await page.InnerTextAsync(".number")).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(404, (await page.Go(simulator, "/3721902693TY?client=nobody")).Status);
        Assert.Equal(300, (await page.Go(simulator, "/?id=GC-QGhDENUu4")).Status);
        Assert.Equal(200, (await page.Go(simulator, $"/?id=GC-QGhDENUu4&client={name}")).Status);
    }

    [Fact]
    public async Task Of_several_vouchers_of_one_reference_the_newest_that_is_not_over_is_shown()
    {
        var client = simulator.Customer();
        var reference = $"{client.Key[4..24]}@example.com";
        var first = await client.Issue("GMGSUB7DAY", "", reference);
        var second = await client.Issue("GMGSUB7DAY", "", reference);
        Assert.Equal(first.Path, second.Path);
        Assert.Contains(second.Code, await Page(first.Path), StringComparison.Ordinal);
        await client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode={second.Code}");
        Assert.Contains(first.Code, await Page(first.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task It_fits_a_phone_and_a_desktop_and_a_screen_reader(int width)
    {
        var given = await simulator.Customer().IssueWithId(new string('W', 256), new string('x', 256), "AL1 0BS");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await browser.Open(width, scheme: scheme);
            await page.Go(simulator, given.Path);
            await page.AssertNoSidewaysScrolling();
            await page.AssertAccessible();
        }
    }

    [Fact]
    public async Task Printed_it_still_scans_on_one_page_without_what_is_for_screens_only()
    {
        Looks.ZbarRequired();
        var given = await simulator.Customer().IssueWithId("John Smith", "19 Test Street", "AL1 0BS");
        var page = await browser.Open(794, 1123, ColorScheme.Dark);
        await page.Go(simulator, given.Path);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal($"CODE-128:{given.Code}", await Looks.Decode(await page.ScreenshotAsync()));
        Assert.False(await page.Locator("form").First.IsVisibleAsync());
        Assert.True(await page.GetByText("John Smith").IsVisibleAsync());
        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new PagePdfOptions { Format = "A4" }));
        Assert.Single(Regex.Matches(pdf, @"/Type\s*/Page\b"));
    }

    [Theory]
    [InlineData("<script>document.title='owned'</script>")]
    [InlineData("\"><img src=x onerror=\"document.title='owned'\">")]
    [InlineData("' onmouseover='x")]
    [InlineData("</dd></dl></section><h1>x</h1>")]
    [InlineData("\u202Eevil\u202C مرحبا")]
    [InlineData("🧾👩‍👩‍👧 {{7*7}} @Model &lt;b&gt;")]
    public async Task Hostile_texts_are_shown_as_they_are(string text)
    {
        var client = simulator.Customer();
        var given = await client.IssueWithId(text, text, text, reference: text);
        var page = await browser.Open();
        await page.Go(simulator, given.Path);
        Assert.Equal([text, text, text], await page.Locator(".id dd").AllTextContentsAsync());
        Assert.Equal("Voucher · ImovoSim", await page.TitleAsync());
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        await page.AssertNoSidewaysScrolling();
    }

    [Fact]
    public async Task A_hostile_reference_has_its_page_and_does_nothing_on_it()
    {
        var reference = $"a/../{TestContext.Current.Test!.UniqueID[..12]} \"<script>?#%é";
        var given = await simulator.Customer().Issue("GMGSUB7DAY", "", reference);
        Assert.Contains(given.Code, await Page(given.Path), StringComparison.Ordinal);
    }

    private async Task<string> Page(string path)
    {
        using var response = await simulator.Http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancel);
    }
}
