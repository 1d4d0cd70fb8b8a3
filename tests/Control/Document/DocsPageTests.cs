namespace ImovoSim.Tests;

/// /docs in a browser that may ask the simulator and nobody else.
public sealed class DocsPageTests
{
    [Theory]
    [InlineData("/docs", "i-movo voucher API", "Request a voucher with ID check")]
    [InlineData("/docs/?api=imovosim-control-api", "ImovoSim control API", "Vouchers")]
    public async Task The_page_shows_a_document_and_loads_nothing_from_outside(string path, string title, string content)
    {
        using var browser = new Chromium();
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        var (elements, picture, foreign) = await browser.Show(new Uri(simulator.Address, path).ToString());
        TestContext.Current.AddAttachment("page.png", picture, "image/png");
        Assert.Empty(foreign);
        Assert.Matches($"<h1[^>]*>[^<]*{title}", elements);
        Assert.Contains(content, elements, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be loaded", elements, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_loads_something_from_outside_is_found_out()
    {
        using var browser = new Chromium();
        var (_, _, foreign) = await browser.Show(
            "data:text/html,<link rel=preconnect href='https://fonts.example.com'><img src='http://pictures.example.com/x.png'><script>fetch('https://counts.example.com/y')</script>");
        Assert.Equal(["http://pictures.example.com/x.png", "https://counts.example.com/y", "https://fonts.example.com/"], foreign.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_page_and_the_documents_need_no_key_even_where_a_key_comes_before_a_path()
    {
        var profile = Path.Combine(Directory.CreateTempSubdirectory("imovo-docs-").FullName, "profile.json");
        await File.WriteAllTextAsync(profile, """{"key-before-route":"yes"}""", TestContext.Current.CancellationToken);
        await using var simulator = new Simulator(("Fidelity:Profile", profile));
        Assert.Equal(401, (await simulator.WithKey(null).Get("/nothing")).Status);
        foreach (var path in new[] { "/docs/", "/docs/scalar.js", "/_sim/openapi.json", "/openapi.yaml" })
            Assert.Equal((path, 200), (path, (await simulator.WithKey(null).Get(path)).Status));
        Directory.Delete(Path.GetDirectoryName(profile)!, true);
    }
}
