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
        Assert.NotEmpty(png);
        if (Written.Asked)
        {
            Directory.CreateDirectory(Written.Path("docs"));
            await File.WriteAllBytesAsync(Written.Path("docs/voucher.png"), png, TestContext.Current.CancellationToken);
        }
    }
}
