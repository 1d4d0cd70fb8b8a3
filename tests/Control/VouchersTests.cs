namespace ImovoSim.Tests;

public sealed class VouchersTests
{
    private const string Till = """{"outlet":"Corner Shop","terminal":"T1"}""";

    private readonly Steered _client = Simulator.Shared.Client();

    [Fact]
    public async Task A_redeemed_voucher_cannot_be_cancelled_on_the_vendors_path()
    {
        var code = await _client.Issued();
        var redeemed = await _client.Post($"/_sim/vouchers/{code}/redeem", Till);
        Assert.Equal((200, "true", "Redemption successful - transaction is worth £10.00", "10.00"),
            (redeemed.Status, redeemed.Text("accepted"), redeemed.Text("text"), redeemed.Text("amount")));
        Assert.Equal("redeemed", redeemed.Text("voucher.state"));
        var cancelled = await _client.Cancel(code);
        Assert.Equal((200, "Voucher is already cancelled or redeemed"), (cancelled.Status, cancelled.Error));
    }

    [Fact]
    public async Task What_cannot_be_redeemed_says_why()
    {
        var (used, cancelled, expired) = (await _client.Issued(), await _client.Issued(), await _client.Issued());
        await Redeem(used);
        await _client.Cancel(cancelled);
        Assert.Equal("expired", (await _client.Post($"/_sim/vouchers/{expired}/expire")).Text("state"));
        Assert.Equal("Redemption rejected - the voucher has been already used", await Redeem(used));
        Assert.Equal("Redemption rejected - the voucher has been cancelled", await Redeem(cancelled));
        Assert.Equal("Redemption rejected - the voucher has expired", await Redeem(expired));
        Assert.Equal("Redemption rejected - the voucher can only be redeemed for its whole value", await Redeem(await _client.Issued(), """{"amount":5.00}"""));
        Assert.Equal("This e-coupon has insufficient balance", await Redeem(await _client.Issued(), """{"amount":10.01}"""));
    }

    [Fact]
    public async Task The_whole_value_may_be_named() =>
        Assert.Equal("Redemption successful - transaction is worth £10.00", await Redeem(await _client.Issued(), """{"amount":10}"""));

    [Theory]
    [InlineData("reference=%00")]
    [InlineData("campaign=%00")]
    [InlineData("after=9223372036854775807")]
    public async Task A_filter_that_nothing_can_meet_finds_nothing(string query) => Assert.Empty(await Codes(query));

    [Fact]
    public async Task A_newspaper_voucher_is_good_for_one_copy_a_day()
    {
        var code = await _client.Issued("GMGSUB7DAY");
        Assert.Equal("Redemption successful - transaction is worth £2.20", await Redeem(code));
        Assert.Equal("Redemption rejected - the voucher cannot be used today", await Redeem(code));
        Assert.True((await _client.Cancel(code)).Succeeded);
    }

    [Fact]
    public async Task A_voucher_of_several_uses_shares_its_balance_out_and_no_more_and_ends_with_its_last_use()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            { "campaigns": [ { "code": "MANY", "kind": "cash", "value": { "least": 1, "most": 100 }, "validity": "P30D", "expiry": "end-of-day-7-digits",
              "codeLength": 10, "checkDigit": "none", "delivery": "client", "id": "none", "uses": 3 },
              { "code": "THINK", "kind": "cash", "value": { "least": 1, "most": 100 }, "validity": "P30D", "expiry": "end-of-day-7-digits",
              "codeLength": 10, "checkDigit": "none", "delivery": "client", "id": "none", "uses": 1 } ] }
            """, TestContext.Current.CancellationToken);
        await using var simulator = new Simulator(("CampaignsFile", file));
        var client = simulator.Client();
        var (spent, used) = (await client.Issued("MANY"), await client.Issued("MANY"));
        async Task<string> Take(string code, string amount) => (await client.Post($"/_sim/vouchers/{code}/redeem", $$"""{"amount":{{amount}}}""")).Text("text");
        Assert.Equal("Redemption successful - transaction is worth £7.50", await Take(spent, "7.50"));
        Assert.Equal("This e-coupon has insufficient balance", await Take(spent, "2.51"));
        Assert.Equal("Redemption successful - transaction is worth £2.50", await Take(spent, "2.50"));
        Assert.Equal("redeemed", (await client.Get($"/_sim/vouchers/{spent}")).Text("voucher.state"));
        for (var use = 0; use < 3; use++)
            Assert.Equal("Redemption successful - transaction is worth £1.00", await Take(used, "1.00"));
        Assert.Equal("Redemption rejected - this voucher has been used the maximum number of times this period. Please check terms and conditions", await Take(used, "1.00"));
        File.Delete(file);
    }

    [Fact]
    public async Task A_void_takes_the_last_redemption_back_at_the_same_terminal()
    {
        var code = await _client.Issued();
        Assert.Equal("Void rejected - the voucher has no redemption", await Void(code, Till));
        await Redeem(code, Till);
        Assert.Equal("Void rejected - the voucher was redeemed at another terminal", await Void(code, """{"outlet":"Corner Shop","terminal":"T2"}"""));
        Assert.Equal("Redemption voided", await Void(code, Till));
        Assert.Equal("Void rejected - the voucher has no redemption", await Void(code, Till));
        Assert.True((await _client.Cancel(code)).Succeeded);
        var history = (await _client.Get($"/_sim/vouchers/{code}")).Member("history").EnumerateArray().ToArray();
        Assert.Equal(["issued", "redeemed", "voided", "cancelled"], history.Select(happened => happened.GetProperty("what").GetString()!));
        Assert.Equal(("Corner Shop", "T1", "10.00"), (history[1].GetProperty("outlet").GetString(), history[1].GetProperty("terminal").GetString(), history[1].GetProperty("amount").GetRawText()));
    }

    [Fact]
    public async Task What_is_cancelled_cannot_be_voided()
    {
        var code = await _client.Issued("GMGSUB7DAY");
        await Redeem(code, Till);
        await _client.Cancel(code);
        Assert.Equal("Void rejected - the voucher has been cancelled", await Void(code, Till));
    }

    [Fact]
    public async Task What_was_expired_by_hand_ends_once()
    {
        var code = await _client.Issued();
        await _client.Post($"/_sim/vouchers/{code}/expire");
        var story = await _client.Get($"/_sim/vouchers/{code}");
        Assert.Equal(["issued", "expired by hand"], story.Member("history").EnumerateArray().Select(happened => happened.GetProperty("what").GetString()!));
    }

    [Fact]
    public async Task What_is_cancelled_or_redeemed_cannot_expire()
    {
        var code = await _client.Issued();
        await _client.Cancel(code);
        Assert.StartsWith("409 The voucher is already cancelled or redeemed", (await _client.Post($"/_sim/vouchers/{code}/expire")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_thirty_shops_at_once_one_pays_out()
    {
        var code = await _client.Issued();
        var texts = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Redeem(code)));
        Assert.Single(texts, text => text.StartsWith("Redemption successful", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged()
    {
        var (live, redeemed) = (await _client.Issued(reference: "r1"), await _client.Issued(reference: "r1"));
        await Redeem(redeemed);
        await _client.Issued("OFF50P", reference: "r2");
        Assert.Equal([live], await Codes("state=live&reference=r1"));
        Assert.Equal([redeemed], await Codes("state=Redeemed"));
        Assert.Equal([live, redeemed], await Codes("campaign=think&reference=r1"));
        Assert.Empty(await Codes("state=expired"));
        var first = await _client.Get("/_sim/vouchers?limit=4");
        Assert.Equal((4, "6", "4"), (first.Member("vouchers").GetArrayLength(), first.Text("count"), first.Text("next")));
        var second = await _client.Get("/_sim/vouchers?limit=4&after=4");
        Assert.Equal((2, false), (second.Member("vouchers").GetArrayLength(), second.Has("next")));
        Assert.Equal(redeemed, second.Text("vouchers.0.voucherCode"));
    }

    [Theory]
    [InlineData("stat=live", "400 stat is no parameter of this route: there are state, reference, campaign, after, limit, order, count.")]
    [InlineData("state=live&state=redeemed", "400 state is there 2 times: ask once for each.")]
    [InlineData("state=gone", "400 A voucher's state is live, redeemed, cancelled or expired.")]
    [InlineData("state=1", "400 A voucher's state is live, redeemed, cancelled or expired.")]
    [InlineData("limit=0", "400 after is the next of the page before, limit a whole number from 1 to 1000.")]
    [InlineData("limit=1001", "400 after is the next of the page before, limit a whole number from 1 to 1000.")]
    public async Task A_filter_that_does_not_exist_is_refused(string query, string problem) =>
        Assert.Equal(problem, (await _client.Get($"/_sim/vouchers?{query}")).Problem);

    [Theory]
    [InlineData("""{"amount":0}""")]
    [InlineData("""{"amount":-1}""")]
    [InlineData("""{"amount":1.001}""")]
    [InlineData("""{"amount":"1.00"}""")]
    [InlineData("""{"amont":1.00}""")]
    [InlineData("""{"outlet":1}""")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task A_redemption_that_makes_no_sense_is_refused_and_redeems_nothing(string json)
    {
        var code = await _client.Issued();
        Assert.StartsWith("400 ", (await _client.Post($"/_sim/vouchers/{code}/redeem", json)).Problem, StringComparison.Ordinal);
        Assert.Equal([code], await Codes("state=live&reference=07700900000"));
    }

    [Fact]
    public async Task Another_clients_voucher_is_not_found()
    {
        var code = await _client.Issued();
        var stranger = Simulator.Shared.Client("_other");
        const string NotFound = "404 This client has no voucher of this code.";
        Assert.Equal(NotFound, (await stranger.Get($"/_sim/vouchers/{code}")).Problem);
        Assert.Equal(NotFound, (await stranger.Post($"/_sim/vouchers/{code}/redeem", Till)).Problem);
        Assert.Equal(NotFound, (await stranger.Post($"/_sim/vouchers/{code}/void", Till)).Problem);
        Assert.Equal(NotFound, (await stranger.Post($"/_sim/vouchers/{code}/expire")).Problem);
        Assert.Equal("live", (await _client.Get($"/_sim/vouchers/{code}")).Text("voucher.state"));
    }

    private async Task<string> Redeem(string code, string json = "{}") => (await _client.Post($"/_sim/vouchers/{code}/redeem", json)).Text("text");

    private async Task<string> Void(string code, string json) => (await _client.Post($"/_sim/vouchers/{code}/void", json)).Text("text");

    private async Task<string[]> Codes(string query) =>
        [.. (await _client.Get($"/_sim/vouchers?{query}")).Member("vouchers").EnumerateArray().Select(voucher => voucher.GetProperty("voucherCode").GetString()!)];
}
