namespace ImovoSim.Tests;

/// What readers of the journal do not find in it.
public sealed class JournalSecrecyTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    [Theory]
    [InlineData("/VoucherRequest/Request?{0}=1")]
    [InlineData("/VoucherRequest/Request?xxxxxxxxxxxxxxx{0}=1")]
    [InlineData("/VoucherRequest/Request?{0}")]
    [InlineData("/VoucherRequest/Request?campaignCode={0}&customerReference=1&value=1")]
    [InlineData("/VoucherRequest/Request?campaignCode=THINK&customerReference={0}&value=1")]
    [InlineData("/VoucherRequest/Request?campaignCode=THINKK&customerReference={0}&value=1")]
    [InlineData("/VoucherRequest/Request?campaignCode=GMGSUB7DAY&customerReference={0}")]
    [InlineData("/VoucherRequest/Requests?customerReference={0}")]
    [InlineData("/Voucher/CancelVoucher?voucherCode={0}")]
    public async Task A_key_is_not_in_the_journal_wherever_a_caller_puts_it_and_however_it_is_spelt(string target)
    {
        foreach (var spelt in new[] { Simulator.Key(), Simulator.Key().Replace("_", "%5F", StringComparison.Ordinal), string.Concat(Simulator.Key().Select(letter => $"%{(int)letter:x2}")) })
            await _client.Post(target.Replace("{0}", spelt, StringComparison.Ordinal));
        await AssertNoKey();
        Assert.Equal("0", (await _client.Get($"/_sim/journal?reference={Simulator.Key()}")).Text("count"));
    }

    [Theory]
    [InlineData("""{"{0}":1}""")]
    [InlineData("""{"CampaignCode":"{0}","CustomerReference":"{0}","CustomerName":"N","Address":"A","PostCode":"P"}""")]
    [InlineData("""{"CampaignCode":"ADM-ID","CustomerReference":"{0}","VoucherValue":1,"CustomerName":"{0}","Address":"A","PostCode":"P"}""")]
    [InlineData("""{"{0}":x}""")]
    public async Task Nor_where_it_stands_in_JSON(string json)
    {
        foreach (var spelt in new[] { Simulator.Key(), Simulator.Key().Replace("_", "\\u005f", StringComparison.Ordinal) })
            await _client.Post("/VoucherRequest/RequestVoucherWithId", json.Replace("{0}", spelt, StringComparison.Ordinal));
        await AssertNoKey();
    }

    [Theory]
    [InlineData("_")]
    [InlineData("%5f")]
    public async Task Nor_its_beginning_where_a_body_is_too_long_to_be_kept_whole(string underscore)
    {
        await _client.Send(HttpMethod.Post, "/VoucherRequest/Request", $"{new string('x', 16 * 1024 - 30)}{Simulator.Key().Replace("_", underscore, StringComparison.Ordinal)}", call =>
            call.Content!.Headers.ContentType = new("application/x-www-form-urlencoded"));
        await AssertNoKey();
    }

    [Theory]
    [InlineData("/VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=1&John%20Smith%2019%20Test%20Street")]
    [InlineData("/VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=1&Smith")]
    [InlineData("/VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=1&John+Smith=1")]
    [InlineData("/VoucherRequest/Request?campaignCode=NOPE&customerReference=John%20Smith&value=1")]
    [InlineData("/VoucherRequest/Requests?John+Smith=1")]
    public async Task What_the_simulator_does_not_know_is_masked_in_a_query(string target)
    {
        await _client.Post(target);
        await AssertMasked("Smith");
    }

    [Theory]
    [InlineData("""{"CampaignCode":"ADM-ID","John Smith":1}""")]
    [InlineData("""{"John Smith":x}""")]
    [InlineData("""{"John \"Bo\" Smith":x}""")]
    public async Task And_in_JSON(string json)
    {
        await _client.Post("/VoucherRequest/RequestVoucherWithId", json);
        await AssertMasked("Smith");
    }

    [Fact]
    public async Task And_in_the_answer_of_a_service_that_refuses_it()
    {
        var profile = Path.GetTempFileName();
        await File.WriteAllTextAsync(profile, """{"unknown-parameters":"400-problem"}""", TestContext.Current.CancellationToken);
        await using var simulator = new Simulator(("Fidelity:Profile", profile));
        await simulator.Client().Post("/VoucherRequest/Request?campaignCode=THINK&Smith");
        Assert.DoesNotContain("Smith", (await simulator.Client().Get("/_sim/journal")).Body, StringComparison.Ordinal);
        File.Delete(profile);
    }

    private async Task AssertNoKey()
    {
        foreach (var path in new[] { "/_sim/journal", "/_sim/journal?show=personal", "/_sim/journal/har?show=personal" })
        {
            var body = (await _client.Get(path)).Body;
            Assert.Contains("/Voucher", body, StringComparison.Ordinal);
            // Some of the letters after "sim_", which are as secret as the whole.
            Assert.DoesNotContain(Simulator.Key()[4..12], body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(string.Concat(Simulator.Key()[4..12].Select(letter => $"%{(int)letter:x2}")), body, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task AssertMasked(string secret)
    {
        Assert.Contains(secret, (await _client.Get("/_sim/journal?show=personal")).Body, StringComparison.Ordinal);
        foreach (var path in new[] { "/_sim/journal", "/_sim/journal/har" })
            Assert.DoesNotContain(secret, (await _client.Get(path)).Body, StringComparison.Ordinal);
    }
}
