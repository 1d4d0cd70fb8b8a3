namespace ImovoSim.Tests;

/// Where parameters may stand, how paths and names may be written, and what HTTP itself refuses.
public sealed class EndpointsTests
{
    private const string Asked = "campaignCode=THINK&customerReference=07123456789&value=20.00";
    private readonly Caller _caller = Simulator.Shared.Caller();

    [Fact]
    public async Task Request_answers_GET_like_POST()
    {
        var got = await _caller.Send(HttpMethod.Get, $"{Caller.RequestPath}?{Asked}");
        var posted = await Simulator.Shared.Caller("posted").Request(Asked);
        Assert.Equal("voucherCode,balance,expiryDate,message,successfulRequest", got.Members);
        Assert.Equal((posted.Members, posted.Balance, posted.ExpiryDate), (got.Members, got.Balance, got.ExpiryDate));
    }

    [Fact]
    public async Task Request_takes_a_form() =>
        Assert.Equal("issued 20.00", (await _caller.Form(Caller.RequestPath, Asked)).Said);

    [Fact]
    public async Task Request_takes_a_form_of_parts()
    {
        using var parts = new MultipartFormDataContent
        {
            { new StringContent("THINK"), "campaignCode" }, { new StringContent("07123456789"), "customerReference" }, { new StringContent("3"), "value" },
        };
        Assert.Equal("issued 3.00", (await _caller.Send(HttpMethod.Post, Caller.RequestPath, parts)).Said);
    }

    [Fact]
    public async Task The_form_beats_the_query_member_by_member()
    {
        var reply = await _caller.Form($"{Caller.RequestPath}?campaignCode=BAD&value=7&customerReference=query", "campaignCode=THINK&value=8");
        Assert.Equal("issued 8.00", reply.Said);
        Assert.Contains("does not exist", (await _caller.Form($"{Caller.RequestPath}?{Asked}", "campaignCode=BAD")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_takes_a_form_which_beats_the_query()
    {
        Assert.Equal("done", (await _caller.Form($"{Caller.CancelPath}?voucherCode=3721902693", "voucherCode=2193785990")).Said);
        Assert.Equal("done", (await _caller.Cancel("3721902693")).Said);
        Assert.Equal("Voucher is already cancelled or redeemed", (await _caller.Cancel("2193785990")).Said);
    }

    [Fact]
    public async Task A_link_tail_leads_to_another_clients_voucher_where_both_are_taken()
    {
        await using var simulator = new Simulator("""{"foreign-voucher":"success","cancel-code-form":"trimmed-or-link-tail"}""");
        var code = (await simulator.UnjudgedCaller().Issue()).Code;
        Assert.Equal("done", (await new Caller(simulator.Unjudged, "other-key").Cancel($"%20{code}TY")).Said);
        Assert.Equal("Voucher is already cancelled or redeemed", (await simulator.UnjudgedCaller().Cancel(code)).Said);
    }

    [Theory]
    [InlineData("/voucherrequest/request")]
    [InlineData("/VOUCHERREQUEST/REQUEST")]
    [InlineData("/VoucherRequest/Request/")]
    [InlineData("//VoucherRequest/Request")]
    [InlineData("/VoucherRequest//Request//")]
    [InlineData("////voucherRequest///request")]
    public async Task The_path_of_Request_may_be_written_otherwise(string path) =>
        Assert.Equal("issued 20.00", (await _caller.Send(HttpMethod.Post, $"{path}?{Asked}")).Said);

    [Theory]
    [InlineData("/voucherrequest/REQUESTVOUCHERWITHID")]
    [InlineData("//VoucherRequest//RequestVoucherWithId/")]
    public async Task The_path_of_RequestVoucherWithId_may_be_written_otherwise(string path) =>
        Assert.Equal("issued 1.00", (await _caller.Send(HttpMethod.Post, path, Caller.Json(Caller.Sample))).Said);

    [Theory]
    [InlineData("/voucher/cancelvoucher")]
    [InlineData("//Voucher//CANCELVOUCHER/")]
    public async Task The_path_of_CancelVoucher_may_be_written_otherwise(string path) =>
        Assert.Equal("done", (await _caller.Send(HttpMethod.Post, $"{path}?voucherCode=2193785990")).Said);

    [Theory]
    [InlineData("CAMPAIGNCODE=THINK&CUSTOMERREFERENCE=07123456789&VALUE=20")]
    [InlineData("campaigncode=THINK&customerreference=07123456789&value=20")]
    [InlineData("CampaignCode=THINK&CustomerReference=07123456789&Value=20")]
    public async Task Names_of_parameters_may_have_any_case(string query)
    {
        Assert.Equal("issued 20.00", (await _caller.Request(query)).Said);
        Assert.Equal("issued 20.00", (await _caller.Form(Caller.RequestPath, query)).Said);
    }

    [Theory]
    [InlineData("PostCode")]
    [InlineData("Postcode")]
    [InlineData("postcode")]
    [InlineData("POSTCODE")]
    public async Task The_post_code_has_two_names_and_any_case(string name) =>
        Assert.Equal("issued 1.00", (await _caller.WithId(Caller.Sample.Replace("Postcode", name, StringComparison.Ordinal))).Said);

    [Fact]
    public async Task Members_of_JSON_may_have_any_case()
    {
        const string lower = """{"campaigncode":"CAMP01","vouchervalue":1.00,"customerreference":"1","customername":"J","address":"19","postcode":"A"}""";
        Assert.Equal("issued 1.00", (await _caller.WithId(lower)).Said);
        Assert.Equal("issued 2.00", (await _caller.WithId(
            """{"campaignCode":"CAMP01","voucherValue":2,"customerReference":"1","customerName":"J","address":"19","postCode":"A"}""")).Said);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("text/json")]
    [InlineData("application/problem+json")]
    public async Task RequestVoucherWithId_reads_what_calls_itself_JSON(string contentType) =>
        Assert.Equal("issued 1.00", (await _caller.Send(HttpMethod.Post, Caller.WithIdPath, Caller.Body(Caller.Sample, contentType))).Said);

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    public async Task RequestVoucherWithId_does_not_read_another_content_type(string? contentType)
    {
        var reply = await _caller.Send(HttpMethod.Post, Caller.WithIdPath, Caller.Body(Caller.Sample, contentType));
        Assert.Equal((415, ""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task JSON_is_not_read_by_Request_and_CancelVoucher()
    {
        Assert.Contains("does not exist", (await _caller.Send(HttpMethod.Post, Caller.RequestPath, Caller.Json("""{"campaignCode":"THINK","customerReference":"1","value":1}"""))).Said, StringComparison.Ordinal);
        Assert.Equal("Voucher not found", (await _caller.Send(HttpMethod.Post, Caller.CancelPath, Caller.Json("""{"voucherCode":"2193785990"}"""))).Said);
    }

    [Theory]
    [InlineData(Caller.RequestPath, "GET, POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW")]
    [InlineData(Caller.WithIdPath, "POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")]
    [InlineData(Caller.CancelPath, "POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")]
    public async Task Another_method_is_405_with_Allow(string path, string allow, params string[] methods)
    {
        foreach (var method in methods)
        {
            var reply = await _caller.Send(new HttpMethod(method), $"{path}?{Asked}&voucherCode=2193785990");
            Assert.Equal((405, "", allow), (reply.Status, reply.Body, reply.Headers["Allow"]));
        }

        Assert.Equal("done", (await _caller.Cancel("2193785990")).Said);
    }

    [Theory]
    [InlineData("/VoucherRequest")]
    [InlineData("/VoucherRequest/Requests")]
    [InlineData("/VoucherRequest/Request/1")]
    [InlineData("/Voucher/Cancel")]
    [InlineData("/favicon.ico")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/VoucherRequest%2FRequest")]
    public async Task An_unknown_path_is_404_without_a_body(string path)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var reply = await _caller.Send(method, path);
            Assert.Equal((404, ""), (reply.Status, reply.Body));
        }
    }

    [Fact]
    public async Task A_refusal_speaks_the_vocabulary_of_its_endpoint()
    {
        string[] sentences =
        [
            (await _caller.Issue("NOPE")).Said, (await _caller.Issue(value: "0")).Said, (await _caller.Issue(reference: "")).Said,
            (await _caller.Cancel("1")).Said,
        ];
        Assert.All(sentences, sentence => Assert.Contains(' ', sentence));
        Assert.All(sentences[..3], sentence => Assert.StartsWith("Unable to create voucher: ", sentence, StringComparison.Ordinal));
        string[] codes =
        [
            (await _caller.WithId(Caller.Sample.Replace("CAMP01", "NOPE", StringComparison.Ordinal))).Said,
            (await _caller.WithId(Caller.Sample.Replace("1.00", "0", StringComparison.Ordinal))).Said,
        ];
        Assert.Equal(["InvalidCampaign", "InvalidValue"], codes);
        Assert.Equal(
            ["campaign code is required", "customer reference is required", "address is required", "post code is required", "customer name is required"],
            (await _caller.WithId("{}")).Errors);
    }

    [Fact]
    public async Task Answers_name_no_server_and_no_framework()
    {
        var reply = await _caller.Issue();
        Assert.Equal(["Content-Length", "Content-Type", "Date"], reply.Headers.Keys.Order());
    }
}
