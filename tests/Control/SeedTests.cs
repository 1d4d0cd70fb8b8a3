using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

public sealed partial class SeedTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    [Fact]
    public async Task Listed_vouchers_are_there_with_their_past()
    {
        var seeded = await _client.Post("/_sim/seed", """
            {"vouchers":[
              {"campaign":"THINK","value":20.00,"customerReference":"07700900001"},
              {"campaign":"think","value":15.00,"customerReference":"r2","state":"redeemed","issuedAt":"2026-07-20T09:00:00","endedAt":"2026-07-21T10:00:00","outlet":"Corner Shop","terminal":"2"},
              {"campaign":"CAMP01","value":5.00,"customerReference":"r3","state":"cancelled","deliveryRecipient":"a@example.com","customerName":"Ann Other","address":"1 High Street","postCode":"AL1 0BS"},
              {"campaign":"THINK","value":10.00,"customerReference":"r4","state":"expired"},
              {"campaign":"THINK","value":10.00,"customerReference":"r5","expiresAt":"2026-08-03T12:00:00"}]}
            """);
        Assert.Equal((201, "5", "3", "2"), (seeded.Status, seeded.Text("count"), seeded.Text("after"), seeded.Text("states.live")));
        var listed = await _client.Get("/_sim/vouchers?after=3");
        Assert.Equal(["live", "redeemed", "cancelled", "expired", "live"], listed.Member("vouchers").EnumerateArray().Select(voucher => voucher.GetProperty("state").GetString()!));
        var redeemed = await _client.Get($"/_sim/vouchers/{listed.Text("vouchers.1.voucherCode")}");
        Assert.Equal(
            ("2026-07-20T09:00:00+01:00", "2026-08-19T23:59:59.9999999+01:00", "2026-07-21T10:00:00+01:00", "Redemption successful - transaction is worth £15.00", "Corner Shop"),
            (redeemed.Text("history.0.at"), redeemed.Text("voucher.expiresAt"), redeemed.Text("history.1.at"), redeemed.Text("history.1.text"), redeemed.Text("history.1.outlet")));
        var cancelled = await _client.Get($"/_sim/vouchers/{listed.Text("vouchers.2.voucherCode")}");
        Assert.Equal(("Ann Other", "a@example.com", "cancelled"), (cancelled.Text("customerName"), cancelled.Text("deliveryRecipient"), cancelled.Text("history.1.what")));
        Assert.Equal("2026-08-03T12:00:00+01:00", listed.Text("vouchers.4.expiresAt"));
    }

    [Fact]
    public async Task Seeded_vouchers_are_redeemed_and_cancelled_as_issued_ones()
    {
        var seeded = await _client.Post("/_sim/seed", """{"vouchers":[{"campaign":"THINK","value":20.00,"customerReference":"r1"},{"campaign":"THINK","value":20.00,"customerReference":"r2","state":"redeemed"}]}""");
        var (live, redeemed) = (seeded.Text("vouchers.0.voucherCode"), seeded.Text("vouchers.1.voucherCode"));
        Assert.Equal("Voucher is already cancelled or redeemed", (await _client.Cancel(redeemed)).Error);
        Assert.Equal("true", (await _client.Post($"/_sim/vouchers/{redeemed}/void")).Text("accepted"));
        Assert.Equal("true", (await _client.Post($"/_sim/vouchers/{live}/redeem")).Text("accepted"));
        Assert.True((await _client.Cancel(redeemed)).Succeeded);
    }

    [Fact]
    public async Task Codes_follow_the_clients_seed_and_count_as_always()
    {
        var issued = new[] { await _client.Issued(), await _client.Issued(), await _client.Issued() };
        await _client.Post("/_sim/reset");
        var seeded = await _client.Post("/_sim/seed", """{"vouchers":[{"campaign":"THINK","value":20.00,"customerReference":"r1"},{"campaign":"THINK","value":20.00,"customerReference":"r2"}]}""");
        string[] after = [seeded.Text("vouchers.0.voucherCode"), seeded.Text("vouchers.1.voucherCode"), await _client.Issued()];
        Assert.Equal(issued, after);
    }

    [Fact]
    public async Task A_limit_is_as_free_as_before_unless_the_vouchers_are_to_count()
    {
        await _client.Put("/_sim/limit", """{"weeklyLimit":50.00}""");
        const string Vouchers = """ "vouchers":[{"campaign":"THINK","value":30.00,"customerReference":"r"},{"campaign":"THINK","value":30.00,"customerReference":"r","issuedAt":"2026-07-20","expiresAt":"2026-12-01"}]""";
        await _client.Post("/_sim/seed", $"{{{Vouchers}}}");
        Assert.Equal("0.00", (await _client.Get("/_sim/limit")).Text("used"));
        await _client.Post("/_sim/seed", $"{{{Vouchers},\"countsForLimit\":true}}");
        Assert.Equal("30.00", (await _client.Get("/_sim/limit")).Text("used"));
        Assert.True((await _client.Issue(value: "20.00")).Succeeded);
        Assert.False((await _client.Issue(value: "1.00")).Succeeded);
    }

    [Theory]
    [InlineData("""{}""", "400 Say which vouchers")]
    [InlineData("""{"vouchers":[],"generate":{"count":1}}""", "400 Say which vouchers")]
    [InlineData("""{"vouchers":[]}""", "400 One call seeds 1 to 100000 vouchers.")]
    [InlineData("""{"generate":{"count":100001}}""", "400 One call seeds 1 to 100000 vouchers.")]
    [InlineData("""{"generate":{}}""", "400 One call seeds 1 to 100000 vouchers.")]
    [InlineData("""{"generate":{"count":1,"days":-1}}""", "400 \"days\" must be from 0 to 3650.")]
    [InlineData("""{"generate":{"count":1,"states":{"lost":1}}}""", "400 \"states\" are shares of live, redeemed, cancelled and expired")]
    [InlineData("""{"generate":{"count":1,"states":{"live":0}}}""", "400 \"states\" are shares of live, redeemed, cancelled and expired")]
    [InlineData("""{"generate":{"count":1,"campaigns":["NOPE"]}}""", "400 \"campaigns\" are codes of campaigns that exist")]
    [InlineData("""{"generate":{"count":1,"campaigns":[null]}}""", "400 \"campaigns\" are codes of campaigns that exist")]
    [InlineData("""{"generate":{"count":1,"people":3}}""", "400 \"people\" is no member that is known here: there are \"count\"")]
    [InlineData("""{"vouchers":{}}""", "400 vouchers must be a list.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerRef":"r"}]}""", "400 \"customerRef\" is no member that is known here: there are \"campaign\"")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","value":"5.00"}]}""", "400 vouchers[1].value must be a number, without quotes.")]
    [InlineData("""{"vouchers":[null]}""", "400 vouchers[0] is null.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"NOPE"}]}""", "400 vouchers[1]: \"campaign\" must be one that this client may use; NOPE is not.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK"}]}""", "400 vouchers[1]: \"customerReference\" is missing.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r"}]}""", "400 vouchers[1]: \"value\" must be one that THINK allows, from 1.00 to 100.00.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":1.001}]}""", "400 vouchers[1]: \"value\" must be")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"state":"used"}]}""", "400 vouchers[1]: \"state\" must be live, redeemed, cancelled or expired.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"state":"1"}]}""", "400 vouchers[1]: \"state\" must be live, redeemed, cancelled or expired.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"state":""}]}""", "400 vouchers[1]: \"state\" must be live, redeemed, cancelled or expired.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"issuedAt":"soon"}]}""", "400 vouchers[1]: \"issuedAt\" must be an instant")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"issuedAt":"2026-08-03"}]}""", "400 vouchers[1]: it was issued at 2026-08-03T00:00:00+01:00, which must lie before the client's time")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"issuedAt":"2026-01-01"}]}""", "400 vouchers[1]: it expired at 2026-01-31T23:59:59+00:00: say \"state\":\"expired\"")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"state":"expired","issuedAt":"2026-08-01"}]}""", "400 vouchers[1]: it expires only at 2026-08-31T23:59:59+01:00")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"endedAt":"2026-08-01"}]}""", "400 vouchers[1]: \"endedAt\" is for what is redeemed or cancelled")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"r","value":5,"state":"redeemed","endedAt":"2026-08-01"}]}""", "400 vouchers[1]: \"endedAt\" must lie between its issue")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"a\u0000","value":5}]}""", "400 vouchers[1]: its texts have at most 256 characters")]
    [InlineData("""{"vouchers":[OK,{"campaign":"THINK","customerReference":"\ud800","value":5}]}""", "400 vouchers[1].customerReference is no valid Unicode.")]
    [InlineData("""{"vouchers":[OK,{"campaign":"CAMP01","customerReference":"r","value":5,"customerName":"Ann"}]}""", "400 vouchers[1]: \"customerName\", \"address\" and \"postCode\" stand together")]
    public async Task A_seed_that_makes_no_sense_is_refused_whole_with_the_entry_that_is_wrong(string json, string problem)
    {
        var reply = await _client.Post("/_sim/seed", json.Replace("OK", """{"campaign":"THINK","value":5.00,"customerReference":"r"}""", StringComparison.Ordinal));
        Assert.StartsWith(problem, reply.Problem, StringComparison.Ordinal);
        Assert.Equal("3", (await _client.Get("/_sim")).Text("vouchers"));
    }

    [Fact]
    public async Task A_campaign_that_the_client_may_not_use_is_not_seeded()
    {
        await using var simulator = new Simulator();
        var other = simulator.WithKey("limitco-key");
        Assert.StartsWith("400 vouchers[0]: \"campaign\" must be one that this client may use", (await other.Post("/_sim/seed", """{"vouchers":[{"campaign":"THINK","value":5,"customerReference":"r"}]}""")).Problem, StringComparison.Ordinal);
        Assert.Equal("400 generate: THINK is a campaign that this client may not use.", (await other.Post("/_sim/seed", """{"generate":{"count":1,"campaigns":["THINK"]}}""")).Problem);
        Assert.Equal("400 generate: this client may use no campaign that is open today.", (await simulator.WithKey("other-key").Post("/_sim/seed", """{"generate":{"count":1}}""")).Problem);
        Assert.Equal(201, (await other.Post("/_sim/seed", """{"generate":{"count":5}}""")).Status);
    }

    [Fact]
    public async Task The_same_client_and_request_give_the_same_vouchers()
    {
        const string Request = """{"generate":{"count":300,"seed":7}}""";
        async Task<string> All() => (await _client.Get("/_sim/export")).Body;
        await _client.Post("/_sim/seed", Request);
        var first = await All();
        await _client.Post("/_sim/reset");
        await _client.Post("/_sim/seed", """{"generate":{"count":300,"seed":8}}""");
        Assert.NotEqual(first, await All());
        await _client.Post("/_sim/reset");
        await _client.Post("/_sim/seed", Request);
        Assert.Equal(first, await All());
    }

    [Fact]
    public async Task Generated_vouchers_are_of_people_that_nobody_is()
    {
        await _client.Post("/_sim/seed", """{"generate":{"count":2000,"campaigns":["THINK","CAMP01","CASHID"],"states":{"live":8,"redeemed":2,"cancelled":1,"expired":1}}}""");
        var vouchers = (await _client.Get("/_sim/export")).Member("vouchers").EnumerateArray().Skip(3).ToList();
        Assert.Equal(2000, vouchers.Count);
        var contacts = vouchers.Select(voucher => voucher.TryGetProperty("deliveryRecipient", out var to) ? to.GetString()! : voucher.GetProperty("customerReference").GetString()!).ToList();
        Assert.All(contacts, contact => Assert.Matches(Nobody(), contact));
        Assert.Contains(contacts, contact => contact.Contains('@'));
        var named = vouchers.Where(voucher => voucher.TryGetProperty("customerName", out _)).ToList();
        Assert.InRange(named.Count, 1100, 1500);
        Assert.All(named, voucher => Assert.Matches(PostCode(), voucher.GetProperty("postCode").GetString()));
        Assert.True(named.Select(voucher => voucher.GetProperty("customerName").GetString()).Distinct().Count() > 1000);
        var counts = await Task.WhenAll(new[] { "live", "redeemed", "cancelled", "expired" }.Select(async state => int.Parse((await _client.Get($"/_sim/vouchers?state={state}&limit=1")).Text("count"), CultureInfo.InvariantCulture)));
        Assert.Equal(2003, counts.Sum());
        Assert.InRange(counts[0], 1200, 1450);
        Assert.All(counts[1..], count => Assert.InRange(count, 100, 420));
    }

    [Fact]
    public async Task Every_campaign_can_be_generated_from()
    {
        var campaigns = string.Join(",", Campaigns.CampaignFile.BuiltIn().All.Select(campaign => $"\"{campaign.Code}\""));
        var reply = await _client.Post("/_sim/seed", "{\"generate\":{\"count\":2000,\"days\":400,\"campaigns\":[" + campaigns + "]}}");
        Assert.Equal((201, "2000"), (reply.Status, reply.Text("count")));
    }

    [Fact]
    public async Task A_hundred_thousand_are_seeded_in_one_call()
    {
        Assert.Equal("100000", (await _client.Post("/_sim/seed", """{"generate":{"count":100000,"days":3}}""")).Text("count"));
        Assert.Equal("100003", (await _client.Get("/_sim")).Text("vouchers"));
    }

    [GeneratedRegex(@"^(07700900[0-8][0-9]{2}|[a-z]+\.[a-z]+[0-9]{1,2}@example\.com)\z")]
    private static partial Regex Nobody();

    [GeneratedRegex(@"^[A-Z]{1,2}[1-9] [0-9][ABD-HJLNP-UW-Z]{2}\z")]
    private static partial Regex PostCode();
}
