using Microsoft.Playwright;

namespace ImovoSim.Tests;

public sealed class DashboardAccessibilityTests(Running simulator, Browser browser)
{
    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_fits_and_has_no_serious_accessibility_violation(int width, ColorScheme scheme)
    {
        var client = simulator.Customer();
        await client.Control(HttpMethod.Put, "/_sim/limit", """{"weeklyLimit":100.00}""");
        var given = await client.Issue(reference: new string('W', 200));
        await client.Control(HttpMethod.Post, $"/_sim/vouchers/{given.Code}/expire");
        await client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode={given.Code}");
        await client.Control(HttpMethod.Post, "/VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=100.01");
        await client.Control(HttpMethod.Post, "/_sim/faults", """{"kind":"latency","milliseconds":1,"reference":"somebody"}""");
        var page = await browser.OpenDashboard(simulator.Address, client.Key, width, scheme: scheme);
        await page.Locator("#faults > li").First.WaitForAsync();
        await page.ClickAsync("text=Show names and contact details");
        await page.Locator("#calls bdi").Shows("WWWW");
        foreach (var summary in await page.Locator("summary").AllAsync())
            await summary.ClickAsync();
        await page.ClickAsync($"[aria-label='History of {given.Code}']");
        await page.Voucher(given.Code).Locator("ol").WaitForAsync();
        await page.Locator("#fact-list > li").First.WaitForAsync();
        await page.AssertAccessible();
        await page.AssertNoSidewaysScrolling();
    }

    [Fact]
    public async Task Everything_is_reached_and_done_by_keyboard_alone()
    {
        var page = await browser.Open(1280);
        await page.Go(simulator, "/");
        await page.Listening();
        await page.TabTo("#key");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(simulator.Customer().Key);
        await page.Keyboard.PressAsync("Enter");
        await page.Listening();
        await page.TabTo("#call-first");
        await page.Keyboard.PressAsync("Enter");
        await page.Call("Request").WaitForAsync();
        await page.TabTo("#calls summary");
        await page.Keyboard.PressAsync("Enter");
        await page.Call("Request").Shows("The page of voucher");
        await page.TabTo("[aria-label^='Redeem']");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#voucher-said").Shows("Redemption successful");
        await page.TabTo("[aria-label^='Cancel']");
        await page.Keyboard.PressAsync("Space");
        await page.Call("CancelVoucher").Shows("is redeemed already");
        await page.TabTo("[data-advance=P7D]");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#clock-said").Shows("Begun");
        await page.TabTo("#fault-form button");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#fault-said").Or(page.Locator("#faults > li")).First.WaitForAsync();
    }
}
