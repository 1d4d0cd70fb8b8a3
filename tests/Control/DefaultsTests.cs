namespace ImovoSim.Tests;

public sealed class DefaultsTests
{
    [Fact]
    public async Task A_new_sandbox_begins_with_what_the_admin_wants()
    {
        await using var simulator = new Simulator();
        var before = simulator.Client("_before");
        await before.Get("/_sim");
        Assert.Equal("""{"campaigns":["*"],"clock":{"mode":"real"},"faults":[]}""", (await simulator.Admin.Get("/_sim/admin/defaults")).Body);
        var put = await simulator.Admin.Put("/_sim/admin/defaults", """
            {"weeklyLimit":50.00,"campaigns":["*","!CAMP01"],"clock":{"mode":"frozen","at":"2027-03-01T09:00:00"},"faults":[{"kind":"status","status":502,"nth":2}]}
            """);
        Assert.Equal((200, put.Body), (put.Status, (await simulator.Admin.Get("/_sim/admin/defaults")).Body));

        var client = simulator.Client();
        var shown = await client.Get("/_sim");
        Assert.Equal(("50.00", "*,!CAMP01", "2027-03-01T09:00:00+00:00"), (shown.Text("weeklyLimit"), shown.Text("campaigns"), shown.Text("now")));
        Assert.Equal("2027-03-01T09:00:00+00:00", (await client.Get("/_sim/vouchers?limit=1")).Text("vouchers.0.issuedAt"));
        Assert.True((await client.Issue(value: "50.00")).Succeeded);
        Assert.Equal(502, (await client.Issue(value: "1.00")).Status);
        Assert.False((await client.Issue(value: "1.00")).Succeeded);
        Assert.False((await before.Get("/_sim")).Has("weeklyLimit"));
        Assert.False((await simulator.WithKey("demo-key").Get("/_sim")).Has("weeklyLimit"));
    }

    [Fact]
    public async Task A_reset_gives_a_sandbox_them_again_and_no_other_client()
    {
        await using var simulator = new Simulator();
        var client = simulator.Client();
        await client.Put("/_sim/limit", """{"weeklyLimit":1.00}""");
        await simulator.Admin.Put("/_sim/admin/defaults", """{"weeklyLimit":50.00,"clock":{"mode":"offset","by":"P1M"}}""");
        Assert.Equal("50.00", (await client.Post("/_sim/reset")).Text("weeklyLimit"));
        Assert.Equal("2026-09-02T23:00:00+01:00", (await client.Get("/_sim/clock")).Text("now"));
        Assert.Equal("100.00", (await simulator.WithKey("limitco-key").Post("/_sim/reset")).Text("weeklyLimit"));
        Assert.Equal("""{"campaigns":["*"],"clock":{"mode":"real"},"faults":[]}""", (await simulator.Admin.Delete("/_sim/admin/defaults")).Body);
        Assert.False((await client.Post("/_sim/reset")).Has("weeklyLimit"));
        Assert.Equal("real", (await client.Get("/_sim/clock")).Text("mode"));
    }

    [Theory]
    [InlineData("frozen", "2026-08-03", "2026-08-03T00:00:00+01:00")]
    [InlineData("frozen", "2026-12-03T09:00:00", "2026-12-03T09:00:00+00:00")]
    [InlineData("offset", "2026-08-03T09:00:00.1234567Z", "2026-08-03T10:00:00.1234567+01:00")]
    public async Task Their_clock_is_told_with_Londons_offset(string mode, string at, string told)
    {
        await using var simulator = new Simulator();
        var put = await simulator.Admin.Put("/_sim/admin/defaults", $$$"""{"clock":{"mode":"{{{mode}}}","at":"{{{at}}}"}}""");
        Assert.Equal((mode, told), (put.Text("clock.mode"), put.Text("clock.at")));
        Assert.Equal(told, (await simulator.Admin.Get("/_sim/admin/defaults")).Text("clock.at"));
    }

    [Theory]
    [InlineData("""{"weeklyLimit":-1}""")]
    [InlineData("""{"campaigns":["A,B"]}""")]
    [InlineData("""{"clock":{"mode":"frozen","at":"soon"}}""")]
    [InlineData("""{"clock":{"mode":"frozen","at":"1999-01-01"}}""")]
    [InlineData("""{"clock":{"mode":"offset","at":"2200-01-01"}}""")]
    [InlineData("""{"clock":{"mode":"offset","by":"P190Y"}}""")]
    [InlineData("""{"clock":{"mode":"offset","by":"P999Y"}}""")]
    [InlineData("""{"clock":{}}""")]
    [InlineData("""{"faults":[{"kind":"boom"}]}""")]
    [InlineData("""{"faults":[null]}""")]
    [InlineData("""{"limit":1}""")]
    public async Task Defaults_that_make_no_sense_are_refused(string json)
    {
        await using var simulator = new Simulator();
        Assert.StartsWith("400 ", (await simulator.Admin.Put("/_sim/admin/defaults", json)).Problem, StringComparison.Ordinal);
        Assert.Equal("""{"campaigns":["*"],"clock":{"mode":"real"},"faults":[]}""", (await simulator.Admin.Get("/_sim/admin/defaults")).Body);
    }

    [Fact]
    public async Task Only_the_admin_sees_or_sets_them()
    {
        Assert.Equal(401, (await Simulator.Shared.Client().Get("/_sim/admin/defaults")).Status);
        Assert.Equal(401, (await Simulator.Shared.Client().Put("/_sim/admin/defaults", "{}")).Status);
    }

    [Fact]
    public async Task They_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("imovo-defaults-");
        await using (var simulator = new Simulator(("Store", "sqlite"), ("DataFolder", folder.FullName)))
            await simulator.Admin.Put("/_sim/admin/defaults", """{"weeklyLimit":50.00}""");
        await using (var simulator = new Simulator(("Store", "sqlite"), ("DataFolder", folder.FullName)))
            Assert.Equal("50.00", (await simulator.Client().Get("/_sim")).Text("weeklyLimit"));
        folder.Delete(true);
    }
}
