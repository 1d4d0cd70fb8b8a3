namespace ImovoSim.Tests;

public sealed class ResetTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    [Fact]
    public async Task After_a_reset_the_same_calls_give_the_same_answers()
    {
        async Task<string[]> Story()
        {
            await _client.Put("/_sim/limit", """{"weeklyLimit":30.00}""");
            await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2027-01-01"}""");
            var first = await _client.Issue(value: "20.00");
            var second = await _client.Issue("CAMP01", "10.00");
            var refused = await _client.Issue(value: "1.00");
            var cancelled = await _client.Cancel("2193785990");
            return [first.Body, second.Body, refused.Body, cancelled.Body];
        }

        var before = await Story();
        var reset = await _client.Post("/_sim/reset");
        Assert.Equal((200, "3", false), (reset.Status, reset.Text("vouchers"), reset.Has("weeklyLimit")));
        Assert.Equal("real", (await _client.Get("/_sim/clock")).Text("mode"));
        Assert.Equal("0.00", (await _client.Get("/_sim/limit")).Text("used"));
        Assert.Equal("live", (await _client.Get("/_sim/vouchers/2193785990")).Text("voucher.state"));
        Assert.Equal(before, await Story());
    }

    [Fact]
    public async Task A_limit_that_the_client_was_made_with_comes_back()
    {
        await using var simulator = new Simulator();
        var client = simulator.WithKey("limitco-key");
        await client.Put("/_sim/limit", """{"weeklyLimit":1.00}""");
        Assert.Equal("100.00", (await client.Post("/_sim/reset")).Text("weeklyLimit"));
    }

    [Fact]
    public async Task A_reset_is_of_one_client()
    {
        var other = Simulator.Shared.Client("_other");
        var code = await other.Issued();
        await _client.Post("/_sim/reset");
        Assert.Equal("live", (await other.Get($"/_sim/vouchers/{code}")).Text("voucher.state"));
    }
}
