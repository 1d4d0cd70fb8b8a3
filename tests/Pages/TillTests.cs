using System.Net;
using Microsoft.Playwright;

namespace ImovoSim.Tests;

public sealed class TillTests(Running simulator, Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_voucher_is_redeemed_and_voided_by_keyboard_alone()
    {
        var client = simulator.Customer();
        var given = await client.IssueWithId("John Smith", "19 Test Street", "AL1 0BS");
        var page = await Opened(client);

        await Scan(page, given.Code);
        Assert.Contains("Pay £20.00", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(["John Smith", "19 Test Street", "AL1 0BS"], await page.Locator(".id dd").AllTextContentsAsync());
        await page.AssertAccessible();
        Assert.Equal($"{given.Path}&client={await client.Name()}", await page.GetByText("What the customer sees").GetAttributeAsync("href"));

        await Enter(page, "ID is right: redeem", ".receipt");
        var receipt = await page.InnerTextAsync(".receipt");
        Assert.Contains("Redemption successful - transaction is worth £20.00", receipt, StringComparison.Ordinal);
        Assert.Contains("Corner Shop", receipt, StringComparison.Ordinal);
        Assert.Contains(given.Code, receipt, StringComparison.Ordinal);
        await page.AssertAccessible();
        await page.ReloadAsync();
        Assert.Equal(receipt, await page.InnerTextAsync(".receipt"));

        await Enter(page, "Next voucher", ".scan");
        await Scan(page, given.Code);
        Assert.Equal("Redemption rejected - the voucher has been already used", await page.InnerTextAsync(".problem"));
        await page.AssertAccessible();
        await page.WaitForSelectorAsync("button:focus");
        await page.Keyboard.PressAsync("Tab");
        await Enter(page, "Void the last redemption", ".receipt");
        Assert.Contains("Redemption voided", await page.InnerTextAsync(".receipt"), StringComparison.Ordinal);
        Assert.Contains("Take back £20.00", await page.InnerTextAsync(".receipt"), StringComparison.Ordinal);
        Assert.Contains("\"state\":\"live\"", await client.Control(HttpMethod.Get, $"/_sim/vouchers/{given.Code}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancelled", "Redemption rejected - the voucher has been cancelled")]
    [InlineData("expired", "Redemption rejected - the voucher has expired")]
    [InlineData("nothing", "This client has no voucher 9999999999.")]
    public async Task The_till_refuses_with_the_terminals_words(string what, string words)
    {
        var client = simulator.Customer();
        var code = what == "nothing" ? "9999999999" : (await client.Issue()).Code;
        if (what == "cancelled")
            await client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode={code}");
        if (what == "expired")
            await client.Control(HttpMethod.Post, $"/_sim/vouchers/{code}/expire");
        var page = await Opened(client);
        await Scan(page, code);
        Assert.Equal(words, await page.InnerTextAsync(".problem"));
        await page.AssertAccessible();
    }

    [Fact]
    public async Task Blanks_and_dashes_are_no_part_of_a_code_and_letters_are()
    {
        var page = await Opened(simulator.Customer());
        await Scan(page, "3721902693TY");
        Assert.Equal("This client has no voucher 3721902693TY.", await page.InnerTextAsync(".problem"));
        await Type(page, "#code", " 37 2190-2693");
        await page.WaitForSelectorAsync(".do");
        Assert.Contains("Pay £20.00", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_since_the_scan_is_told_by_the_terminal()
    {
        var client = simulator.Customer();
        var given = await client.Issue();
        var page = await Opened(client);
        await Scan(page, given.Code);
        await client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode={given.Code}");
        await Enter(page, "Redeem", ".problem");
        Assert.Equal("Redemption rejected - the voucher has been cancelled", await page.InnerTextAsync(".problem"));
    }

    [Fact]
    public async Task Another_terminal_cannot_void_what_this_one_redeemed()
    {
        var client = simulator.Customer();
        var given = await client.Issue();
        await client.Redeem(given.Code);
        var page = await Opened(client);
        await Scan(page, given.Code);
        await page.GetByText("Void the last redemption").ClickAsync();
        Assert.Equal("Void rejected - the voucher was redeemed at another terminal", await page.InnerTextAsync(".problem"));
    }

    [Fact]
    public async Task The_key_is_in_no_page_and_in_no_cookie_and_goes_with_the_browser()
    {
        var client = simulator.Customer();
        var page = await Opened(client);
        Assert.DoesNotContain(client.Key, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
        var cookie = Assert.Single(await page.Context.CookiesAsync());
        Assert.DoesNotContain(client.Key, cookie.Value, StringComparison.Ordinal);
        Assert.Equal((true, SameSiteAttribute.Strict, -1f, "/till"), (cookie.HttpOnly, cookie.SameSite, cookie.Expires, cookie.Path));
        await page.GetByText("Close the till").ClickAsync();
        await page.WaitForSelectorAsync("#key");
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task An_unknown_key_is_told_so()
    {
        var page = await browser.Open();
        await page.Go(simulator, "/till");
        await page.AssertAccessible();
        await Type(page, "#key", "nobodys-key");
        await page.WaitForSelectorAsync(".problem");
        Assert.Contains("no client with this key", await page.InnerTextAsync(".problem"), StringComparison.Ordinal);
        await page.AssertAccessible();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_of_another_site_is_refused(string header, string value)
    {
        var client = simulator.Customer();
        var given = await client.Issue();
        var (cookie, token) = await Session(client);
        Assert.Equal(HttpStatusCode.Forbidden, await Post("/till/redeem", cookie, [("token", token), ("code", given.Code)], (header, value)));
        Assert.Equal(HttpStatusCode.Forbidden, await Post("/till/key", null, [("key", client.Key)], (header, value)));
        Assert.Equal(HttpStatusCode.SeeOther, await Post("/till/redeem", cookie, [("token", token), ("code", given.Code)], ("Sec-Fetch-Site", "same-origin")));
    }

    [Theory]
    [InlineData("/till/redeem")]
    [InlineData("/till/void")]
    [InlineData("/till/leave")]
    public async Task A_form_without_its_sessions_token_is_refused(string path)
    {
        var client = simulator.Customer();
        var given = await client.Issue();
        var (cookie, _) = await Session(client);
        var (_, others) = await Session(simulator.Customer("other"));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(path, cookie, [("code", given.Code)]));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(path, cookie, [("code", given.Code), ("token", others)]));
        Assert.Contains("\"state\":\"live\"", await client.Control(HttpMethod.Get, $"/_sim/vouchers/{given.Code}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("")]
    public async Task A_cookie_that_is_not_the_tills_own_asks_for_the_key(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/till") { Headers = { { "Cookie", $"imovo-till={cookie}" } } };
        using var response = await simulator.Http.SendAsync(request, Cancel);
        Assert.Contains("X-API-KEY", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_with_a_hostile_name_is_shown_as_that()
    {
        const string Hostile = "<script>alert(1)</script>\u202E🧾\"'";
        var page = await browser.Open();
        await page.Go(simulator, "/till");
        await page.FillAsync("#key", simulator.Customer().Key);
        await page.FillAsync("#outlet", Hostile);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".scan");
        Assert.Equal(Hostile, await page.Locator(".bar bdi").First.TextContentAsync());
        await page.AssertNoSidewaysScrolling();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task It_fits_a_phone_and_a_desktop(int width)
    {
        var client = simulator.Customer();
        var given = await client.IssueWithId(new string('W', 256), "مرحبا", "AL1 0BS");
        var page = await Opened(client, width);
        await page.AssertNoSidewaysScrolling();
        await page.AssertAccessible();
        await Scan(page, given.Code);
        await page.AssertNoSidewaysScrolling();
        await Enter(page, "ID is right: redeem", ".receipt");
        await page.AssertNoSidewaysScrolling();
    }

    private async Task<IPage> Opened(Customer client, int width = 360)
    {
        var page = await browser.Open(width);
        await page.Go(simulator, "/till");
        await Type(page, "#key", client.Key);
        await page.WaitForSelectorAsync(".scan");
        return page;
    }

    // As a scanner does that is a keyboard to the computer.
    private static async Task Scan(IPage page, string code)
    {
        await Type(page, "#code", code);
        await page.WaitForSelectorAsync(".do, .problem");
    }

    private static async Task Type(IPage page, string into, string text)
    {
        await page.WaitForSelectorAsync($"{into}:focus");
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    // What the page has put the focus on is what Enter does.
    private static async Task Enter(IPage page, string on, string leadsTo)
    {
        await page.WaitForSelectorAsync($"button:focus:text-is('{on}')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(leadsTo);
    }

    private async Task<(string Cookie, string Token)> Session(Customer client)
    {
        using var form = new FormUrlEncodedContent([new("key", client.Key)]);
        using var opened = await simulator.Http.PostAsync("/till/key", form, Cancel);
        var cookie = opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/till") { Headers = { { "Cookie", cookie } } };
        using var page = await simulator.Http.SendAsync(request, Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        return (cookie, html.Split("name=\"token\" value=\"")[1].Split('"')[0]);
    }

    private async Task<HttpStatusCode> Post(string path, string? cookie, (string Name, string Value)[] members, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(members.Select(member => KeyValuePair.Create(member.Name, member.Value))) };
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (header is { } one)
            request.Headers.Add(one.Name, one.Value);
        using var response = await simulator.Http.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
