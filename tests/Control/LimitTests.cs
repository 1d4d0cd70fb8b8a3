namespace ImovoSim.Tests;

public sealed class LimitTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    [Fact]
    public async Task The_limit_is_read_with_its_arithmetic()
    {
        await _client.Issued(value: "12.50");
        var none = await _client.Get("/_sim/limit");
        Assert.Equal((false, false, "12.50", "12.50 used, and no limit"), (none.Has("weeklyLimit"), none.Has("left"), none.Text("used"), none.Text("arithmetic")));
        var set = await _client.Put("/_sim/limit", """{"weeklyLimit":50.00}""");
        Assert.Equal("""{"weeklyLimit":50.00,"week":"2026-W31","from":"2026-07-27","to":"2026-08-02","used":12.50,"left":37.50,"arithmetic":"50.00 allowed - 12.50 used = 37.50 left"}""", set.Body);
        Assert.Equal(set.Body, (await _client.Get("/_sim/limit")).Body);
        Assert.False((await _client.Issue(value: "37.51")).Succeeded);
        Assert.True((await _client.Issue(value: "37.50")).Succeeded);
        Assert.Equal("12.50", (await _client.Put("/_sim/limit", """{"weeklyLimit":10}""")) is var low && low.Text("left") == "0.00" ? "12.50" : low.Body);
        Assert.Equal("50.00 used > 10.00 allowed", (await _client.Get("/_sim/limit")).Text("arithmetic"));
        await _client.Delete("/_sim/limit");
        Assert.True((await _client.Issue(value: "100.00")).Succeeded);
    }

    [Fact]
    public async Task Next_monday_there_is_a_new_week()
    {
        await _client.Put("/_sim/limit", """{"weeklyLimit":50.00}""");
        await _client.Issued(value: "50.00");
        Assert.Equal("Unable to create voucher: the client weekly value limit has been reached", (await _client.Issue(value: "1.00")).Error);
        await _client.Post("/_sim/clock/advance", """{"by":"PT59M59S"}""");
        Assert.False((await _client.Issue(value: "1.00")).Succeeded);
        await _client.Post("/_sim/clock/advance", """{"by":"PT1S"}""");
        Assert.True((await _client.Issue(value: "50.00")).Succeeded);
    }

    [Fact]
    public async Task Where_a_cancel_frees_a_value_it_frees_none_that_was_not_counted()
    {
        var profile = Path.GetTempFileName();
        await File.WriteAllTextAsync(profile, """{"weekly-limit-after-cancel":"yes"}""", TestContext.Current.CancellationToken);
        await using var simulator = new Simulator(("Fidelity:Profile", profile));
        File.Delete(profile);
        var (exported, client) = (simulator.Client("_exported"), simulator.Client());
        await exported.Put("/_sim/limit", """{"weeklyLimit":100.00}""");
        const string Vouchers = """ "vouchers":[{"campaign":"THINK","value":30.00,"customerReference":"r"}]""";
        var free = (await exported.Post("/_sim/seed", $"{{{Vouchers}}}")).Text("vouchers.0.voucherCode");
        var counted = (await exported.Post("/_sim/seed", $"{{{Vouchers},\"countsForLimit\":true}}")).Text("vouchers.0.voucherCode");
        var issued = await exported.Issued(value: "40.00");
        await client.Post("/_sim/import", (await exported.Get("/_sim/export")).Body);
        foreach (var (code, used) in new[] { ("2193785990", "70.00"), (free, "70.00"), (counted, "40.00"), (issued, "0.00") })
        {
            Assert.True((await client.Cancel(code)).Succeeded);
            Assert.Equal(used, (await client.Get("/_sim/limit")).Text("used"));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"weeklyLimit":-1}""")]
    [InlineData("""{"weeklyLimit":1.005}""")]
    [InlineData("""{"weeklyLimit":"50.00"}""")]
    [InlineData("""{"weeklyLimit":1e40}""")]
    public async Task A_limit_that_makes_no_sense_is_refused(string json)
    {
        Assert.StartsWith("400 ", (await _client.Put("/_sim/limit", json)).Problem, StringComparison.Ordinal);
        Assert.False((await _client.Get("/_sim/limit")).Has("weeklyLimit"));
    }

    [Fact]
    public async Task A_limit_holds_for_its_own_client_only()
    {
        await _client.Put("/_sim/limit", """{"weeklyLimit":0}""");
        Assert.False((await _client.Issue(value: "1.00")).Succeeded);
        Assert.True((await Simulator.Shared.Client("_other").Issue(value: "1.00")).Succeeded);
    }
}
