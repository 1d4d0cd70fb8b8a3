namespace ImovoSim.Tests;

/// What callers get wrong: each mistake has its answer, and none of them leaves a trace.
public sealed class BadInputTests
{
    private const string NotFound = "Voucher not found";
    private const string NoCampaign = "Unable to create voucher: the campaign code submitted does not exist";
    private const string NoReference = "Unable to create voucher: the customer reference is required";
    private const string BadValue = "Unable to create voucher: the value entered is invalid";
    private const string Required = "campaign code is required + customer reference is required + address is required + post code is required + customer name is required";

    [Theory]
    [InlineData("", NoCampaign)]
    [InlineData("campaignCode=&customerReference=1&value=1", NoCampaign)]
    [InlineData("campaignCode=%20&customerReference=1&value=1", NoCampaign)]
    [InlineData("campaignCode&customerReference=1&value=1", NoCampaign)]
    [InlineData("customerReference=1&value=1", NoCampaign)]
    [InlineData("campaignCode=THINK&value=1", NoReference)]
    [InlineData("campaignCode=THINK&customerReference=&value=1", NoReference)]
    [InlineData("campaignCode=THINK&customerReference=%20%09+&value=1", NoReference)]
    [InlineData("campaignCode=THINK&customerReference=1", BadValue)]
    [InlineData("campaignCode=THINK&customerReference=1&value=", BadValue)]
    [InlineData("campaignCode=THINK&customerReference=1&value=%20", BadValue)]
    [InlineData("campaignCode=NOPE&campaignCode=THINK&customerReference=1&value=1", NoCampaign)]
    [InlineData("campaignCode=THINK&customerReference=&customerReference=1&value=1", NoReference)]
    [InlineData("campaignCode=THINK&customerReference=1&value=0&value=1", BadValue)]
    [InlineData("&&&===&=x&%=%&%zz=%zz&campaignCode=%54%&customerReference=1", NoCampaign)]
    public Task Request_refuses_missing_blank_and_repeated_parameters(string asked, string said) =>
        Nothing_happens(async caller =>
        {
            Assert.Equal(said, (await caller.Request(asked)).Said);
            Assert.Equal(said, (await caller.Send(HttpMethod.Get, $"{Caller.RequestPath}?{asked}")).Said);
            Assert.Equal(said, (await caller.Form(Caller.RequestPath, asked)).Said);
        });

    [Theory]
    [InlineData("{}", Required)]
    [InlineData("""{"CampaignCode":null,"CustomerReference":null,"Address":null,"PostCode":null,"CustomerName":null}""", Required)]
    [InlineData("""{"CampaignCode":"","CustomerReference":" ","Address":"\t","PostCode":"\n","CustomerName":"\u00a0"}""", Required)]
    [InlineData("""{"CampaignCode":"CAMP01","CustomerReference":"1","VoucherValue":1,"Address":"A","PostCode":"P"}""", "customer name is required")]
    [InlineData("""{"CampaignCode":"CAMP01","CustomerReference":"1","VoucherValue":1,"Address":"A","CustomerName":"N"}""", "post code is required")]
    [InlineData("""{"CampaignCode":"CAMP01","CustomerReference":"1","VoucherValue":1,"CustomerName":"N","PostCode":"P"}""", "address is required")]
    [InlineData("""{"CampaignCode":"CAMP01","VoucherValue":1,"Address":"A","CustomerName":"N","PostCode":"P"}""", "customer reference is required")]
    [InlineData("""{"CustomerReference":"1","VoucherValue":1,"Address":"A","CustomerName":"N","PostCode":"P"}""", "campaign code is required")]
    [InlineData("""{"CampaignCode":"CAMP01","CustomerReference":"1","Address":"A","CustomerName":"N","PostCode":"P"}""", "InvalidValue")]
    [InlineData("""{"CampaignCode":"CAMP01","CustomerReference":"1","VoucherValue":null,"Address":"A","CustomerName":"N","PostCode":"P"}""", "InvalidValue")]
    [InlineData("""{"CampaignCode":"CAMP01","CustomerReference":"1","VoucherValue":"","Address":"A","CustomerName":"N","PostCode":"P"}""", "InvalidValue")]
    [InlineData("""{"CampaignCode":"CAMP01","CampaignCode":"NOPE","CustomerReference":"1","VoucherValue":1,"Address":"A","CustomerName":"N","PostCode":"P"}""", "InvalidCampaign")]
    public Task RequestVoucherWithId_refuses_missing_blank_and_repeated_members(string json, string said) =>
        Nothing_happens(async caller => Assert.Equal(said, (await caller.WithId(json)).Said));

    [Theory]
    [InlineData("")]
    [InlineData("voucherCode")]
    [InlineData("voucherCode=")]
    [InlineData("voucherCode=%20")]
    [InlineData("code=2193785990")]
    [InlineData("voucherCode=&voucherCode=2193785990")]
    [InlineData("voucherCode=0&voucherCode=2193785990")]
    [InlineData("voucherCode=219378599")]
    [InlineData("voucherCode=02193785990")]
    [InlineData("voucherCode=2193785990TY")]
    [InlineData("voucherCode=21937 85990")]
    [InlineData("voucherCode=%2D2193785990")]
    [InlineData("voucherCode=%2B2193785990")]
    [InlineData("voucherCode=2193785990.0")]
    [InlineData("voucherCode=%EF%BC%92193785990")]
    [InlineData("voucherCode=GC-QGhDENUu4")]
    [InlineData("voucherCode=99999999999999999999")]
    [InlineData("voucherCode=999999999999999999")]
    [InlineData("voucherCode='%20OR%201=1--")]
    public Task CancelVoucher_does_not_find_what_is_no_code_of_a_voucher(string asked) =>
        Nothing_happens(async caller =>
        {
            Assert.Equal(NotFound, (await caller.Send(HttpMethod.Post, $"{Caller.CancelPath}?{asked}")).Said);
            Assert.Equal(NotFound, (await caller.Form(Caller.CancelPath, asked)).Said);
        });

    [Theory]
    [InlineData("abc")]
    [InlineData("£20")]
    [InlineData("$20")]
    [InlineData("20,00")]
    [InlineData("1,00")]
    [InlineData("1e1")]
    [InlineData("1.005")]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("(1)")]
    [InlineData("0.99")]
    [InlineData("100.01")]
    [InlineData("99999999999999999999")]
    [InlineData("99999999999999999999999999999999999999999999")]
    [InlineData("1.00000000000000000000000000001")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("0x10")]
    [InlineData("1.2.3")]
    [InlineData(".")]
    [InlineData("--1")]
    [InlineData("٢٠")]
    [InlineData("true")]
    [InlineData("null")]
    public Task A_value_that_is_no_amount_of_the_campaign_is_invalid(string value) =>
        Nothing_happens(async caller =>
        {
            var asked = $"campaignCode=THINK&customerReference=1&value={Uri.EscapeDataString(value)}";
            Assert.Equal(BadValue, (await caller.Request(asked)).Said);
            Assert.Equal(BadValue, (await caller.Send(HttpMethod.Get, $"{Caller.RequestPath}?{asked}")).Said);
            Assert.Equal(BadValue, (await caller.Form(Caller.RequestPath, asked)).Said);
            Assert.Equal("InvalidValue", (await caller.WithId(Think($"\"{value}\""))).Said);
        });

    [Theory]
    [InlineData("0", "InvalidValue")]
    [InlineData("-1", "InvalidValue")]
    [InlineData("-0", "InvalidValue")]
    [InlineData("100.01", "InvalidValue")]
    [InlineData("1.005", "InvalidValue")]
    [InlineData("99999999999999999999", "InvalidValue")]
    [InlineData("1e400", "InvalidValue")]
    [InlineData("1e-400", "InvalidValue")]
    [InlineData("1.00000000000000000000000000001", "InvalidValue")]
    [InlineData("NaN", "400")]
    [InlineData("abc", "400")]
    [InlineData("£20", "400")]
    [InlineData("20,00", "400")]
    [InlineData("01", "400")]
    [InlineData("+1", "400")]
    [InlineData("true", "400")]
    [InlineData("[1]", "400")]
    [InlineData("{}", "400")]
    public Task A_number_in_JSON_that_is_no_amount_of_the_campaign_is_refused(string value, string said) =>
        Nothing_happens(async caller => Assert.Equal(said, (await caller.WithId(Think(value))).Said));

    [Theory]
    [InlineData("1", "1.00")]
    [InlineData("1.0", "1.00")]
    [InlineData("001", "1.00")]
    [InlineData("%2B1.50", "1.50")]
    [InlineData("1.", "1.00")]
    [InlineData("%201%20", "1.00")]
    [InlineData("1.000", "1.00")]
    [InlineData("100", "100.00")]
    [InlineData("100.00", "100.00")]
    [InlineData("99.99", "99.99")]
    public async Task A_value_may_be_written_in_several_ways(string value, string balance) =>
        Assert.Equal(balance, (await Simulator.Shared.Caller().Issue(value: value)).Balance);

    [Fact]
    public async Task Unknown_parameters_are_ignored_with_a_warning_in_a_header()
    {
        var caller = Simulator.Shared.Caller();
        var reply = await caller.Request("campaignCode=THINK&customerReference=1&value=1&StartDate=tomorrow&VoucherValue=2");
        Assert.Equal("issued 1.00", reply.Said);
        Assert.Equal("ignored, because this operation does not know it: StartDate, VoucherValue", reply.Headers["X-Sim-Warning"]);
        reply = await caller.WithId(Caller.Sample.Replace("{", "{\"Value\":3,\"nested\":{\"a\":[1]},", StringComparison.Ordinal));
        Assert.Equal("issued 1.00", reply.Said);
        Assert.Equal("ignored, because this operation does not know it: Value, nested", reply.Headers["X-Sim-Warning"]);
        Assert.Equal(NotFound, (await caller.Cancel("1&also=2193785990")).Said);
        Assert.DoesNotContain("X-Sim-Warning", (await caller.Issue()).Headers.Keys);
    }

    [Theory]
    [InlineData(Caller.RequestPath)]
    [InlineData(Caller.CancelPath)]
    public async Task A_JSON_body_that_an_operation_does_not_read_is_named_in_a_header(string path)
    {
        var reply = await Simulator.Shared.Caller().Send(HttpMethod.Post, path, Caller.Json("""{"campaignCode":"THINK","voucherCode":"2193785990"}"""));
        Assert.Equal((200, false), (reply.Status, reply.Succeeded));
        Assert.Equal("the JSON body is ignored: this operation reads a query or a form", reply.Headers["X-Sim-Warning"]);
        await using var simulator = new Simulator("""{"request-parameters-place": "query-form-and-json", "cancel-parameters-place": "query-form-and-json"}""");
        reply = await simulator.UnjudgedCaller().Send(HttpMethod.Post, path, Caller.Json("""{"campaignCode":"THINK","customerReference":"1","value":1,"voucherCode":"2193785990","x":1}"""));
        Assert.Contains("the JSON body is read only because the profile says so", reply.Headers["X-Sim-Warning"], StringComparison.Ordinal);
        Assert.Contains("does not know it: ", reply.Headers["X-Sim-Warning"], StringComparison.Ordinal);
    }

    private static string Think(string value) =>
        Caller.Sample.Replace("CAMP01", "THINK", StringComparison.Ordinal).Replace("1.00", value, StringComparison.Ordinal);

    /// What comes next is what would have come anyway: no voucher was issued, and none cancelled.
    internal static async Task Nothing_happens(Func<Caller, Task> calls)
    {
        await using var untouched = new Simulator();
        var (caller, twin) = (Simulator.Shared.Caller(), untouched.Caller());
        await calls(caller);
        Assert.Equal((await twin.Issue()).Body, (await caller.Issue()).Body);
        foreach (var code in new[] { "3721902693", "648924429737", "2193785990" })
            Assert.Equal("done", (await caller.Cancel(code)).Said);
    }
}
