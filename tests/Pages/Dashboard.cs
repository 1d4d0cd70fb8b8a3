using Microsoft.Playwright;

namespace ImovoSim.Tests;

/// What a person does on the dashboard.
internal static class Dashboard
{
    /// The dashboard of one client, once it listens to its calls.
    public static async Task<IPage> OpenDashboard(this Browser browser, Uri address, string key, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.Open(width, height, scheme);
        await page.GotoAsync(new Uri(address, "/").ToString());
        await page.UseKey(key);
        return page;
    }

    public static async Task UseKey(this IPage page, string key)
    {
        await page.FillAsync("#key", key);
        await page.ClickAsync("text=Use this key");
        await page.Listening();
    }

    public static Task Listening(this IPage page) => page.WaitForSelectorAsync("#live:has-text('Live')");

    public static ILocator Call(this IPage page, string text) => page.Locator("#calls > li").Filter(new LocatorFilterOptions { HasText = text }).First;

    public static ILocator Message(this IPage page, string code) => page.Locator("#message-list > li").Filter(new LocatorFilterOptions { Has = page.Locator($"[aria-label*='{code}']") }).First;

    public static ILocator Voucher(this IPage page, string code) => page.Locator("#voucher-list > li").Filter(new LocatorFilterOptions { HasText = code });

    public static Task Shows(this ILocator where, string text, float within = 15_000) =>
        where.Filter(new LocatorFilterOptions { HasText = text }).First.WaitForAsync(new LocatorWaitForOptions { Timeout = within });

    /// By nothing but the Tab key, to what a selector means.
    public static async Task TabTo(this IPage page, string selector)
    {
        for (var i = 0; i < 200; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
                return;
        }

        Assert.Fail($"No Tab leads to {selector}.");
    }
}
