namespace ImovoSim.Tests;

/// The form for a key by PGP.
public sealed class OnboardingTests(Running simulator, Browser browser)
{
    [Fact]
    public async Task Who_pastes_a_public_key_gets_a_message_that_only_its_owner_reads()
    {
        await using var gpg = new Gpg();
        await gpg.NewKey("acme");
        var page = await browser.Open(390, 760);
        var said = new List<string>();
        page.Console += (_, message) => said.Add(message.Text);
        await page.Go(simulator, "/");
        await page.FillAsync("#onboarding-form [name=name]", "from-the-page");
        await page.FillAsync("#onboarding-form [name=key]", await gpg.Export("acme"));
        await page.ClickAsync("text=Ask for a key");
        await page.Locator("#onboarding-message").Shows("-----END PGP MESSAGE-----");
        Assert.Contains("\nKey: ", (await gpg.Decrypt(await page.InnerTextAsync("#onboarding-message"))).Text, StringComparison.Ordinal);
        await page.AssertNoSidewaysScrolling();
        Assert.Empty(said);

        await page.FillAsync("#onboarding-form [name=key]", await gpg.ExportPrivate("acme"));
        await page.ClickAsync("text=Ask for a key");
        await page.Locator("#onboarding-said").Shows("This is a private key. It was not kept");
        Assert.True(await page.Locator("#onboarding-message").IsHiddenAsync());
    }
}
