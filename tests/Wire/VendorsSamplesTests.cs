using System.Text;

namespace ImovoSim.Tests;

/// The calls that the vendor's page prints, and its answers byte for byte; only what it leaves to chance or to the day is ours.
public sealed class VendorsSamplesTests
{
    private readonly Caller _caller = Simulator.Shared.Caller();

    [Fact]
    public async Task The_request_of_the_page_issues_a_voucher_in_its_form()
    {
        var reply = await _caller.Request("campaignCode=THINK&customerReference=07123456789&value=20.00");
        Assert.Matches("^[2-9][0-9]{9}$", reply.Code);
        Is(reply, 200,
            $$"""{"voucherCode":"{{reply.Code}}","balance":20.00,"expiryDate":"2026-06-23T23:59:59.9999999","message":"£20.00 CashOut voucher valid at any PayPoint to 23-Jun: http://imovo.org/{{reply.Code}}TY OR shop: use CASHOUT > I-MOVO > {{reply.Code}} > ENTER Help? 0800 310 0000","successfulRequest":true}""");
    }

    [Fact]
    public async Task The_request_with_ID_of_the_page_issues_a_voucher_in_its_form()
    {
        var reply = await _caller.WithId(Caller.Sample);
        Assert.Matches("^[2-9][0-9]{11}$", reply.Code);
        var token = reply.Message[^9..];
        Assert.Matches("^[0-9A-Za-z]{9}$", token);
        Is(reply, 200,
            $$"""{"voucherCode":"{{reply.Code}}","balance":1.00,"expiryDate":"2026-08-22T23:59:59.999","message":"Here is your FREE £5 off voucher: voucher {{reply.Code}} Expires on 22-Aug-26. See here for barcode, storefinder, T&Cs: imovo.org/?id=GC-{{token}}","successfulRequest":true}""");
    }

    [Fact]
    public async Task The_voucher_of_the_page_can_be_cancelled_once()
    {
        Is(await _caller.Cancel("2193785990"), 200, """{"successfulRequest":true}""");
        for (var again = 0; again < 2; again++)
            Is(await _caller.Cancel("2193785990"), 200, """{"errorMessages":["Voucher is already cancelled or redeemed"],"successfulRequest":false}""");
    }

    [Theory]
    [InlineData("3721902693")]
    [InlineData("648924429737")]
    [InlineData("2193785990")]
    public async Task Every_code_of_the_page_exists_from_the_start(string code) =>
        Is(await _caller.Cancel(code), 200, """{"successfulRequest":true}""");

    [Theory]
    [InlineData("demo-key")]
    [InlineData("limitco-key")]
    [InlineData("other-key")]
    public async Task A_configured_client_has_the_codes_of_the_page_as_well(string key)
    {
        await using var simulator = new Simulator();
        Is(await new Caller(simulator.Http, key).Cancel("2193785990"), 200, """{"successfulRequest":true}""");
    }

    [Fact]
    public async Task An_unknown_campaign_is_refused_in_the_words_of_the_page()
    {
        Is(await _caller.Request("campaignCode=NOPE&customerReference=07123456789&value=20.00"), 200,
            """{"errorMessages":["Unable to create voucher: the campaign code submitted does not exist"],"successfulRequest":false}""");
        Is(await _caller.WithId(Caller.Sample.Replace("CAMP01", "NOPE", StringComparison.Ordinal)), 200,
            """{"errorMessages":["InvalidCampaign"],"successfulRequest":false}""");
    }

    [Fact]
    public async Task An_invalid_value_is_refused_in_the_words_of_the_page() =>
        Is(await _caller.Request("campaignCode=THINK&customerReference=07123456789&value=100.01"), 200,
            """{"errorMessages":["Unable to create voucher: the value entered is invalid"],"successfulRequest":false}""");

    [Fact]
    public async Task Missing_details_of_the_customer_are_listed_in_the_order_of_the_page() =>
        Is(await _caller.WithId("""{"CampaignCode":"CAMP01","CustomerReference":"09283-765748"}"""), 200,
            """{"errorMessages":["address is required","post code is required","customer name is required"],"successfulRequest":false}""");

    [Fact]
    public async Task The_weekly_limit_is_refused_in_the_words_of_the_page()
    {
        await using var simulator = new Simulator();
        var limited = new Caller(simulator.Http, "limitco-key");
        Assert.True((await limited.Issue("LIMITED", "100.00")).Succeeded);
        Is(await limited.WithId(Caller.Sample.Replace("CAMP01", "LIMITED", StringComparison.Ordinal)), 200,
            """{"errorMessages":["ClientWeeklyValueLimitReached"],"successfulRequest":false}""");
    }

    [Fact]
    public async Task An_unknown_code_is_refused_in_the_words_of_the_page() =>
        Is(await _caller.Cancel("0000000000"), 200, """{"errorMessages":["Voucher not found"],"successfulRequest":false}""");

    // The vendor prints neither spaces nor escapes in a body that a machine reads, so the bytes are compared, not the JSON.
    private static void Is(Reply reply, int status, string body)
    {
        Assert.Equal(body, Encoding.UTF8.GetString(reply.Bytes));
        Assert.Equal(status, reply.Status);
        Assert.Equal("application/json; charset=utf-8", reply.ContentType);
        Assert.Equal($"{reply.Bytes.Length}", reply.Headers["Content-Length"]);
    }
}
