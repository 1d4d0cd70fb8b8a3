using Microsoft.Playwright;

namespace ImovoSim.Tests;

/// The README's pictures, made by its own command.
public sealed class ScreenshotsTests(Running simulator, Browser browser)
{
    [Fact]
    public async Task The_READMEs_picture_of_a_voucher_can_be_made()
    {
        var client = simulator.Customer();
        await client.Control(HttpMethod.Put, "/_sim/clock", """{"mode":"frozen","at":"2026-08-03T09:00:00"}""");
        var given = await client.IssueWithId("John Smith", "19 Test Street, Welwyn Garden City", "AL1 0BS");
        var page = await browser.Open(390, 760);
        await page.Go(simulator, given.Path);
        var png = await page.ScreenshotAsync();
        await Keep(png, "docs/voucher.png");
    }

    [Fact]
    public async Task The_READMEs_picture_of_the_dashboard_can_be_made()
    {
        var client = simulator.Customer();
        await client.Control(HttpMethod.Put, "/_sim/clock", """{"mode":"frozen","at":"2026-08-03T09:00:00"}""");
        await client.Control(HttpMethod.Put, "/_sim/limit", """{"weeklyLimit":100.00}""");
        await client.IssueWithId("John Smith", "19 Test Street, Welwyn Garden City", "AL1 0BS");
        await client.Control(HttpMethod.Post, "/_sim/faults", """{"kind":"connection-reset","when":"after","reference":"lost","strikes":1}""");
        var given = await client.Issue(value: "30.00");
        await client.Redeem(given.Code);
        await client.Control(HttpMethod.Post, "/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=60.00");
        await client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode={given.Code}");
        var page = await browser.OpenDashboard(simulator.Address, client.Key, height: 1150);
        await page.Voucher(given.Code).WaitForAsync();
        await page.Locator("#faults > li").First.WaitForAsync();
        // A picture of any run but this one's: the key, and the address, which no two runs share.
        await page.EvaluateAsync("""
            ([key, mine]) => {
              document.getElementById('key').value = mine;
              for (const code of document.querySelectorAll('pre code'))
                code.textContent = code.textContent.replaceAll(key, mine).replaceAll(location.host, '127.0.0.1:5080');
            }
            """, new[] { client.Key, "sim_demo" });
        await page.EvaluateAsync("document.activeElement.blur()");
        await Keep(await page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled, Scale = ScreenshotScale.Css }), "docs/dashboard.png");
    }

    private static async Task Keep(byte[] png, string file)
    {
        Assert.NotEmpty(png);
        if (!Written.Asked)
            return;
        Directory.CreateDirectory(Written.Path("docs"));
        await File.WriteAllBytesAsync(Written.Path(file), png, TestContext.Current.CancellationToken);
    }
}
