namespace ImovoSim.Tests;

public sealed class MadeUpShopsTests
{
    [Fact]
    public async Task The_shops_are_what_their_generator_makes()
    {
        var cancel = TestContext.Current.CancellationToken;
        var made = MadeUpShops.Json();
        if (Written.Asked)
            await File.WriteAllTextAsync(Written.Path("simulator/Pages/shops.json"), made, cancel);
        else
            Assert.Equal(made, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "shops.json"), cancel));
    }
}
