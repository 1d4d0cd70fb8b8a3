using System.Globalization;
using System.Net;
using ImovoSim.Pages;

namespace ImovoSim.Tests;

public sealed class StoresTests(Running simulator, Browser browser)
{
    [Fact]
    public async Task A_post_code_lists_shops_with_distance_and_hours_nearest_first()
    {
        var given = await simulator.Customer().Issue();
        var page = await browser.Open();
        await page.Go(simulator, given.Path);
        await page.FillAsync("#postcode", "al7 1tw");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".shops");
        Assert.Equal("Shops near AL7 1TW", await page.InnerTextAsync("h1"));
        var miles = (await page.Locator(".miles").AllInnerTextsAsync()).Select(text => decimal.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(10, miles.Count);
        Assert.Equal(miles.Order(), miles);
        Assert.Equal(10, await page.Locator(".hours").CountAsync());
        Assert.Contains("These shops are made up.", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("?postcode=AL7", 200)]
    [InlineData("?postcode=al71tw", 200)]
    [InlineData("?postcode=QQ1+1AA", 400)]
    [InlineData("?postcode=%3Cscript%3Ealert(1)%3C/script%3E", 400)]
    [InlineData("?postcode=AL7&postcode=AL8", 400)]
    public async Task Every_answer_is_accessible_and_fits_a_phone_and_a_desktop(string query, int status)
    {
        foreach (var width in new[] { 360, 1280 })
        {
            var page = await browser.Open(width);
            Assert.Equal(status, (await page.Go(simulator, $"/stores{query}")).Status);
            await page.AssertAccessible();
            await page.AssertNoSidewaysScrolling();
        }
    }

    [Theory]
    [InlineData("AL7 1TW", "AL7 1TW")]
    [InlineData(" al71tw ", "AL7 1TW")]
    [InlineData("EC1A1BB", "EC1A 1BB")]
    [InlineData("m11ae", "M1 1AE")]
    [InlineData("SW1A", "SW1A")]
    [InlineData("AL7 1T", null)]
    [InlineData("１", null)]
    public void Post_codes_are_read_as_people_write_them(string text, string? read) => Assert.Equal(read, PostCode.Parse(text)?.Text);

    [Fact]
    public void The_same_post_code_is_always_in_the_same_place() =>
        Assert.Equal(ShopMap.BuiltIn.Near(PostCode.Parse("AL7 1TW")!, 3), ShopMap.BuiltIn.Near(PostCode.Parse("al71tw")!, 3));

    [Fact]
    public async Task It_needs_no_key()
    {
        using var response = await simulator.Http.GetAsync("/stores", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
