using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ImovoSim.Tests;

/// What customers were sent, as the dashboard shows it.
public sealed class MessagesTests(Running simulator, Browser browser)
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\u202E";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_SMS_and_an_email_of_calls_made_elsewhere_show_without_a_reload_as_their_customers_would_see_them()
    {
        var client = simulator.Customer();
        var page = await Opened(client);
        await page.EvaluateAsync("window.here = true");
        var sms = await client.Issue(reference: "07700900123");
        var bubble = page.Message(sms.Code).Locator(".bubble");
        await bubble.WaitForAsync();
        Assert.Equal(sms.Message, await bubble.InnerTextAsync());
        await page.Message(sms.Code).Shows("to +447700900123");
        await page.Message(sms.Code).Shows("1 short message, 156 characters in GSM-7");
        await page.Message(sms.Code).Locator(".badge.delivered").WaitForAsync();

        var email = await client.Issue(reference: "john.smith@example.com");
        await page.Message(email.Code).Shows("to john.smith@example.com");
        await page.Message(email.Code).Shows("Your £20.00 voucher");
        await page.Message(email.Code).Locator("summary").ClickAsync();
        Assert.Equal(email.Message, await page.Message(email.Code).Locator(".mail > p").First.InnerTextAsync());
        Looks.ZbarRequired();
        Assert.Equal($"CODE-128:{email.Code}", await Looks.Decode(await page.Message(email.Code).Locator("img").ScreenshotAsync()));
        Assert.True(await page.EvaluateAsync<bool>("window.here"));
    }

    [Fact]
    public async Task An_email_is_to_be_had_as_a_file_and_sent_again()
    {
        var client = simulator.Customer();
        var given = await client.Issue(reference: "john.smith@example.com");
        var page = await Opened(client);
        var file = await page.RunAndWaitForDownloadAsync(() => page.Message(given.Code).GetByText("Download .eml").ClickAsync());
        Assert.Equal($"{given.Code}-1.eml", file.SuggestedFilename);
        Assert.Matches("(?m)^To: john.smith@example.com\r?$", await File.ReadAllTextAsync(await file.PathAsync(), Cancel));
        await page.Message(given.Code).GetByText("Send again").ClickAsync();
        await page.Locator("#message-said").Shows($"The message of {given.Code} was sent again.");
        await page.Locator("#message-list > li:nth-child(2)").WaitForAsync();
        Assert.Equal(2, await page.Locator("#message-list > li").CountAsync());
    }

    [Fact]
    public async Task What_reached_nobody_says_why()
    {
        var client = simulator.Customer();
        var given = await client.Issue(reference: "customer 17");
        var page = await Opened(client);
        await page.Message(given.Code).Shows("neither a UK mobile number nor an e-mail address");
        await page.Message(given.Code).Locator(".badge.failed").WaitForAsync();
    }

    [Fact]
    public async Task Messages_are_filtered_by_the_server_turned_page_by_page_and_go_with_their_key()
    {
        var client = simulator.Customer();
        var first = await client.Issue(reference: "first@example.com");
        for (var i = 0; i < 30; i++)
            await client.Issue(reference: "07700900123");
        var page = await Opened(client);
        await page.Locator("#message-list > li:nth-child(25)").WaitForAsync();
        Assert.Equal(25, await page.Locator("#message-list > li").CountAsync());
        await page.ClickAsync("#older-messages");
        await page.Message(first.Code).WaitForAsync();
        Assert.Equal(6, await page.Locator("#message-list > li").CountAsync());
        await page.ClickAsync("#newest-messages");
        await page.Locator("#message-list > li:nth-child(25)").WaitForAsync();
        await page.SelectOptionAsync("#message-filter [name=channel]", "email");
        await page.Message(first.Code).WaitForAsync();
        Assert.Equal(1, await page.Locator("#message-list > li").CountAsync());
        await page.SelectOptionAsync("#message-filter [name=state]", "failed");
        await page.Locator("#no-messages").WaitForAsync();
        await page.UseKey(simulator.Customer("other").Key);
        await page.Locator("#no-messages").WaitForAsync();
        Assert.Equal((0, ""), (await page.Locator("#message-list > li").CountAsync(), await page.InputValueAsync("#message-filter [name=state]")));
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Hostile_texts_are_texts_all_fits_and_nothing_is_inaccessible(int width, ColorScheme scheme)
    {
        var client = simulator.Customer();
        await client.Issue("THINK", reference: Hostile);
        await client.Issue("THINK", reference: $"{Regex.Replace(Hostile, "[ @]", "")}@{new string('w', 200)}.example");
        var sms = await client.Issue("THINK", reference: "07700900123");
        var email = await client.IssueWithId(Hostile, Hostile, "AL1 0BS", reference: "john.smith@example.com");
        var page = await browser.OpenDashboard(simulator.Address, client.Key, width, scheme: scheme);
        var said = new List<string>();
        page.Console += (_, message) => said.Add(message.Text);
        page.PageError += (_, error) => said.Add(error);
        page.Dialog += (_, dialog) => said.Add(dialog.Message);
        await page.Message(sms.Code).WaitForAsync();
        await page.Locator("#message-list bdi").Filter(new LocatorFilterOptions { HasText = "<script>alert(1)" }).First.WaitForAsync();
        foreach (var summary in await page.Locator("#message-list summary").AllAsync())
            await summary.ClickAsync();
        await page.Message(email.Code).Locator("img").WaitForAsync();
        Assert.Equal(0, await page.Locator("main script, main b, #message-list img:not(.barcode)").CountAsync());
        Assert.Empty(said);
        await page.AssertAccessible();
        await page.AssertNoSidewaysScrolling();
        if (Written.Asked)
            await page.Locator("#messages").ScreenshotAsync(new LocatorScreenshotOptions { Path = Written.Path($"artifacts/messages-{width}-{scheme}.png") });
    }

    [Fact]
    public async Task All_of_it_is_reached_by_keyboard_alone()
    {
        var client = simulator.Customer();
        var given = await client.Issue(reference: "john.smith@example.com");
        var page = await Opened(client);
        await page.Message(given.Code).WaitForAsync();
        await page.TabTo("#message-list summary");
        await page.Keyboard.PressAsync("Enter");
        await page.Message(given.Code).Shows(given.Message);
        await page.TabTo("[aria-label='Download .eml of message 1']");
        var file = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.EndsWith(".eml", file.SuggestedFilename, StringComparison.Ordinal);
        // What was opened stays open, and what has the focus keeps it, whatever else comes.
        await client.Issue(reference: "07700900123");
        await page.Locator("#message-list > li:nth-child(2) .mail > p").First.WaitForAsync();
        Assert.Equal("Download .eml of message 1", await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
    }

    private Task<IPage> Opened(Customer client) => browser.OpenDashboard(simulator.Address, client.Key);
}
