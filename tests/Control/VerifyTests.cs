namespace ImovoSim.Tests;

public sealed class VerifyTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    [Fact]
    public async Task What_exists_is_verified_and_what_does_not_is_told_with_the_difference()
    {
        var code = await _client.Issued(reference: "X");
        await _client.Issued(reference: "Y");
        var holds = await _client.Post("/_sim/verify", """{"exactly":1,"of":"live vouchers","reference":"X"}""");
        Assert.Equal((200, """{"holds":true,"found":1,"difference":0}"""), (holds.Status, holds.Body));
        var missing = await _client.Post("/_sim/verify", """{"exactly":3,"of":"live vouchers","reference":"X","campaign":"think"}""");
        Assert.Equal((409, "1", "-2", code), (missing.Status, missing.Text("found"), missing.Text("difference"), missing.Text("vouchers.0.voucherCode")));
        await _client.Cancel(code);
        Assert.Equal("1", (await _client.Post("/_sim/verify", """{"exactly":0,"of":"cancelled vouchers","reference":"X"}""")).Text("difference"));
        Assert.Equal(200, (await _client.Post("/_sim/verify", """{"atLeast":2,"atMost":5,"of":"vouchers"}""")).Status);
        Assert.Equal("1", (await _client.Post("/_sim/verify", """{"atMost":4,"of":"vouchers"}""")).Text("difference"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"exactly":1}""")]
    [InlineData("""{"of":"vouchers"}""")]
    [InlineData("""{"exactly":1,"atMost":2,"of":"vouchers"}""")]
    [InlineData("""{"exactly":-1,"of":"vouchers"}""")]
    [InlineData("""{"exactly":1,"of":"good vouchers"}""")]
    [InlineData("""{"exactly":1,"of":"requests"}""")]
    [InlineData("""{"exactly":1.5,"of":"vouchers"}""")]
    public async Task What_cannot_be_verified_is_refused(string json) =>
        Assert.StartsWith("400 ", (await _client.Post("/_sim/verify", json)).Problem, StringComparison.Ordinal);
}
