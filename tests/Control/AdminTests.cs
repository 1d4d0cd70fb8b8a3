namespace ImovoSim.Tests;

public sealed class AdminTests
{
    private static Simulator Simulator => Simulator.Shared;

    private static string Name => $"made-{TestContext.Current.Test!.UniqueID[..20]}";

    [Fact]
    public async Task The_admin_makes_a_client_with_name_key_limit_and_campaigns()
    {
        var made = await Simulator.Admin.Post("/_sim/admin/clients", $$"""{"name":"{{Name}}","key":"a-key-of-{{Name}}","weeklyLimit":50.00,"campaigns":["THINK"]}""");
        Assert.Equal((201, "50.00", "THINK", $"a-key-of-{Name}"), (made.Status, made.Text("client.weeklyLimit"), made.Text("client.campaigns"), made.Text("key")));
        var client = Simulator.WithKey($"a-key-of-{Name}");
        Assert.True((await client.Issue(value: "50.00")).Succeeded);
        Assert.False((await client.Issue(value: "1.00")).Succeeded);
        Assert.Equal("Unable to create voucher: the campaign code submitted does not exist", (await client.Issue("CAMP01")).Error);
        Assert.DoesNotContain($"a-key-of-{Name}", (await Simulator.Admin.Get("/_sim/admin/clients")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_key_opens_and_the_one_before_does_not()
    {
        var before = (await Make()).Text("key");
        var code = await Simulator.WithKey(before).Issued();
        var after = (await Simulator.Admin.Post($"/_sim/admin/clients/{Name}/rotate-key")).Text("key");
        Assert.NotEqual(before, after);
        Assert.Equal(401, (await Simulator.WithKey(before).Issue()).Status);
        Assert.Equal(401, (await Simulator.WithKey(before).Get("/_sim")).Status);
        Assert.True((await Simulator.WithKey(after).Cancel(code)).Succeeded);
    }

    [Fact]
    public async Task A_key_that_would_make_a_sandbox_when_its_client_has_another_is_refused()
    {
        await Make();
        const string Refused = "400 \"key\" must be 6 to 128 visible ASCII characters that do not begin with sim_, as those of sandboxes do, or be left out: then one is made.";
        Assert.Equal(Refused, (await Simulator.Admin.Post("/_sim/admin/clients", $$"""{"name":"{{Name}}x","key":"sim_{{Name}}"}""")).Problem);
        Assert.Equal(Refused, (await Simulator.Admin.Post($"/_sim/admin/clients/{Name}/rotate-key", $$"""{"key":"sim_{{Name}}"}""")).Problem);
    }

    [Fact]
    public async Task A_removed_client_is_gone_with_its_key()
    {
        var key = (await Make()).Text("key");
        Assert.Equal(204, (await Simulator.Admin.Delete($"/_sim/admin/clients/{Name}")).Status);
        Assert.Equal(401, (await Simulator.WithKey(key).Issue()).Status);
        Assert.Equal("404 There is no client of this name.", (await Simulator.Admin.Delete($"/_sim/admin/clients/{Name}")).Problem);
    }

    [Fact]
    public async Task A_name_or_a_key_is_given_once()
    {
        await Make();
        Assert.Equal("409 There is a client of this name.", (await Make()).Problem);
        Assert.Equal("409 There is a client with this key.", (await Simulator.Admin.Post("/_sim/admin/clients", $$"""{"name":"{{Name}}x","key":"demo-key"}""")).Problem);
        Assert.Equal("409 There is a client with this key.", (await Simulator.Admin.Post($"/_sim/admin/clients/{Name}/rotate-key", """{"key":"demo-key"}""")).Problem);
    }

    [Fact]
    public async Task Of_parallel_makes_of_one_name_one_succeeds()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(Make, TestContext.Current.CancellationToken)));
        Assert.Equal([201, .. Enumerable.Repeat(409, 9)], made.Select(reply => reply.Status).Order());
    }

    [Fact]
    public async Task A_client_of_the_settings_stays_as_the_settings_have_it()
    {
        Assert.StartsWith("409 ", (await Simulator.Admin.Post("/_sim/admin/clients/DEMO/rotate-key")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("409 ", (await Simulator.Admin.Delete("/_sim/admin/clients/DEMO")).Problem, StringComparison.Ordinal);
        Assert.Equal(200, (await Simulator.WithKey("demo-key").Get("/_sim")).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":"a b"}""")]
    [InlineData("""{"name":"ab","key":"short"}""")]
    [InlineData("""{"name":"ab","key":"sim_ab"}""")]
    [InlineData("""{"name":"ab","weeklyLimit":-1}""")]
    [InlineData("""{"name":"ab","limit":1}""")]
    [InlineData("""{"name":"ab","campaigns":["A,B"]}""")]
    [InlineData("""{"name":"ab","campaigns":["\u0000"]}""")]
    [InlineData("""{"name":"ab","campaigns":[null]}""")]
    public async Task A_client_that_makes_no_sense_is_refused(string json) =>
        Assert.StartsWith("400 ", (await Simulator.Admin.Post("/_sim/admin/clients", json)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Without_the_token_nothing_of_it_can_be_done()
    {
        await Make();
        var client = Simulator.Client();
        Assert.Equal(401, (await client.Post("/_sim/admin/clients", """{"name":"ab"}""")).Status);
        Assert.Equal(401, (await client.Post($"/_sim/admin/clients/{Name}/rotate-key")).Status);
        Assert.Equal(401, (await client.Delete($"/_sim/admin/clients/{Name}")).Status);
    }

    private static Task<Reply> Make() => Simulator.Admin.Post("/_sim/admin/clients", $$"""{"name":"{{Name}}"}""");
}
