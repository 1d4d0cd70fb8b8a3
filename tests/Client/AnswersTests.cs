using System.Net;
using ImovoSim.Client;
using Microsoft.Extensions.Time.Testing;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ImovoSim.Tests;

/// Whole answers, right and wrong.
public sealed class AnswersTests : IAsyncDisposable
{
    private const string Json = "application/json; charset=utf-8";

    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly ClientUnderTest _client;

    public AnswersTests() => _client = new(new Uri(_server.Url!));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task The_vendors_first_sample_is_an_issued_voucher()
    {
        Answer(200, Json, """
            {"voucherCode":"3721902693","balance":20.00,"expiryDate":"2020-06-23T23:59:59.9999999","message":"£20.00 CashOut voucher valid at any PayPoint to 23-Jun: http://imovo.org/3721902693TY OR shop: use CASHOUT > I-MOVO > 3721902693 > ENTER Help? 0800 310 0000","successfulRequest":true}
            """);
        var issued = Assert.IsType<VoucherIssued>(await RequestAsync());
        Assert.Equal("3721902693", issued.Code);
        Assert.Equal("20.00", issued.Balance?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(new DateTime(2020, 6, 23, 23, 59, 59, DateTimeKind.Unspecified).AddTicks(9_999_999), issued.Expiry?.LondonTime);
        Assert.Equal(new DateTimeOffset(2020, 6, 23, 22, 59, 59, TimeSpan.Zero).AddTicks(9_999_999), issued.Expiry?.Instant);
        Assert.StartsWith("£20.00 CashOut", issued.Message, StringComparison.Ordinal);
        Assert.Equal(new Uri("http://imovo.org/3721902693TY"), issued.Link);
    }

    [Fact]
    public async Task The_vendors_second_sample_is_an_issued_voucher()
    {
        Answer(200, Json, """
            {"voucherCode":"648924429737","balance":1.00,"expiryDate":"2024-08-09T23:59:59.999","message":"Here is your FREE £5 off voucher: voucher 648924429737 Expires on 09-Aug-24. See here for barcode, storefinder, T&Cs: imovo.org/?id=GC-QGhDENUu4","successfulRequest":true}
            """);
        var issued = Assert.IsType<VoucherIssued>(await _client.Imovo.RequestVoucherWithIdAsync(ClientUnderTest.WithId(), Cancel));
        Assert.Equal("648924429737", issued.Code);
        Assert.Equal(1.00m, issued.Balance);
        Assert.Equal(new Uri("http://imovo.org/?id=GC-QGhDENUu4"), issued.Link);
    }

    [Fact]
    public async Task The_parameters_travel_in_the_query_of_a_POST_without_a_body()
    {
        Answer(200, Json, """{"errorMessages":["x"],"successfulRequest":false}""");
        await _client.Imovo.RequestVoucherAsync("TH NK&", "a+b@c.example", 20m, Cancel);
        await _client.Imovo.RequestVoucherAsync("THINK", "07123456789", cancellationToken: Cancel);
        await _client.Imovo.CancelVoucherAsync("21937&85990", Cancel);
        Assert.Equal(
            ["POST /VoucherRequest/Request?campaignCode=TH%20NK%26&customerReference=a%2Bb%40c.example&value=20.00", "POST /VoucherRequest/Request?campaignCode=THINK&customerReference=07123456789", "POST /Voucher/CancelVoucher?voucherCode=21937%2685990"],
            _server.LogEntries.Select(entry => $"{entry.RequestMessage!.Method} {new Uri(entry.RequestMessage.AbsoluteUrl).PathAndQuery}"));
        Assert.All(_server.LogEntries, entry =>
        {
            Assert.True(string.IsNullOrEmpty(entry.RequestMessage!.Body));
            Assert.Equal(ClientUnderTest.Key, Assert.Single(entry.RequestMessage.Headers!["X-API-KEY"]));
            Assert.DoesNotContain("Content-Type", entry.RequestMessage.Headers.Keys);
        });
    }

    [Fact]
    public async Task A_request_with_ID_is_JSON_with_the_documented_names_and_without_absent_members()
    {
        Answer(200, Json, """{"errorMessages":["x"],"successfulRequest":false}""");
        await _client.Imovo.RequestVoucherWithIdAsync(ClientUnderTest.WithId(), Cancel);
        var request = Assert.Single(_server.LogEntries).RequestMessage!;
        Assert.Equal("application/json", Assert.Single(request.Headers!["Content-Type"]));
        Assert.Equal(
            """{"CampaignCode":"CAMP01","VoucherValue":1.00,"CustomerReference":"09283-765748","CustomerName":"John Smith","Address":"19 Test Street, Welwyn Garden City","PostCode":"AL1 0BS"}""",
            request.Body);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_refusal_is_the_same_under_every_status_that_it_may_have(int status)
    {
        Answer(status, Json, """{"errorMessages":["address is required","post code is required"],"successfulRequest":false}""");
        var refused = Assert.IsType<VoucherRefused>(await RequestAsync());
        Assert.Equal(["address is required", "post code is required"], refused.Messages);
        Assert.Equal(RefusalReason.DetailsMissing, refused.Reason);
        Assert.Equal("address is required; post code is required", refused.Reason.RawText);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_cancellation_is_refused_under_every_status_that_it_may_have(int status)
    {
        Answer(status, Json, """{"errorMessages":["Voucher not found"],"successfulRequest":false}""");
        var refused = Assert.IsType<CancelRefused>(await _client.Imovo.CancelVoucherAsync("1", Cancel));
        Assert.Equal(RefusalReason.VoucherNotFound, refused.Reason);
    }

    [Fact]
    public async Task A_cancellation_is_confirmed_by_the_flag_alone()
    {
        Answer(200, Json, """{"successfulRequest":true}""");
        Assert.IsType<VoucherCancelled>(await _client.Imovo.CancelVoucherAsync("2193785990", Cancel));
    }

    [Theory]
    [InlineData("""{"voucherCode":"0012345678","successfulRequest":true}""")]
    [InlineData("""{"voucherCode":"0012345678","balance":null,"expiryDate":null,"message":null,"errorMessages":null,"successfulRequest":true}""")]
    [InlineData("""{"voucherCode":"0012345678","errorMessages":[],"successfulRequest":true}""")]
    public async Task What_the_vendor_leaves_out_is_null_and_never_zero(string body)
    {
        Answer(200, Json, body);
        var issued = Assert.IsType<VoucherIssued>(await RequestAsync());
        Assert.Equal("0012345678", issued.Code);
        Assert.Null(issued.Balance);
        Assert.Null(issued.Expiry);
        Assert.Null(issued.Message);
        Assert.Null(issued.Link);
    }

    [Fact]
    public async Task Unknown_members_are_ignored()
    {
        Answer(200, Json, """{"id":7,"voucherCode":"3721902693","pages":[{"a":null}],"expiryDate":"2026-12-31T17:25:43.3028253","successfulRequest":true,"new":{}}""");
        Assert.Equal("3721902693", Assert.IsType<VoucherIssued>(await RequestAsync()).Code);
    }

    [Theory]
    [InlineData("truncated", """{"voucherCode":"3721902693","balance":20.""")]
    [InlineData("empty", "")]
    [InlineData("null", "null")]
    [InlineData("an array", "[]")]
    [InlineData("the vendor's unquoted date", """{"voucherCode":"3721902693","balance":20.00,"expiryDate":2020-06-23T23:59:59.9999999,"successfulRequest":true}""")]
    [InlineData("the flag is missing", """{"voucherCode":"3721902693","expiryDate":"2020-06-23T23:59:59"}""")]
    [InlineData("the flag is a string", """{"voucherCode":"3721902693","successfulRequest":"true"}""")]
    [InlineData("money as a string", """{"voucherCode":"3721902693","balance":"20.00","successfulRequest":true}""")]
    [InlineData("a number as a code", """{"voucherCode":3721902693,"successfulRequest":true}""")]
    [InlineData("no code", """{"balance":20.00,"successfulRequest":true}""")]
    [InlineData("an empty code", """{"voucherCode":"","successfulRequest":true}""")]
    [InlineData("issued and refused", """{"voucherCode":"3721902693","errorMessages":["InvalidValue"],"successfulRequest":true}""")]
    [InlineData("an expiry that is none", """{"voucherCode":"3721902693","expiryDate":"tomorrow","successfulRequest":true}""")]
    public async Task A_200_that_is_not_the_promised_JSON_is_an_exception_with_its_raw_body(string what, string body)
    {
        Answer(200, Json, body);
        var problem = await Assert.ThrowsAsync<ImovoUnexpectedAnswerException>(RequestAsync);
        Assert.Equal(HttpStatusCode.OK, problem.StatusCode);
        Assert.Equal(body, problem.RawBody);
        Assert.True(problem.OutcomeIsUnknown, what);
        Assert.Equal("7", problem.CorrelationId);
        Assert.DoesNotContain("3721902693", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>Sign in</html>", true, "the answer is text/html, not JSON")]
    [InlineData(200, "text/plain", """{"voucherCode":"3721902693","successfulRequest":true}""", true, "the answer is text/plain, not JSON")]
    [InlineData(200, null, """{"voucherCode":"3721902693","successfulRequest":true}""", true, "the answer is of no content type, not JSON")]
    [InlineData(204, null, "", true, "promises 200")]
    [InlineData(302, "text/html", "<html>", false, "a redirect")]
    [InlineData(400, "application/problem+json", """{"title":"Bad Request","status":400}""", false, "not the JSON that the vendor promises")]
    [InlineData(400, "application/json", """{"successfulRequest":true,"errorMessages":[]}""", false, "was not accepted")]
    [InlineData(404, null, "", false, "no such path")]
    [InlineData(405, null, "", false, "was not accepted")]
    [InlineData(415, null, "", false, "was not accepted")]
    [InlineData(429, "text/plain", "Too many", false, "too many requests")]
    [InlineData(500, "application/json", """{"errorMessages":["Unexpected error"],"successfulRequest":false}""", true, "failed")]
    [InlineData(502, "text/html", "<html>Bad gateway</html>", true, "failed")]
    [InlineData(503, "application/json", """{"errorMessages":["x"],"successfulRequest":false}""", true, "failed")]
    [InlineData(500, "text/html", "<html>", true, "failed")]
    public async Task Any_other_answer_is_an_exception_that_names_its_cause(int status, string? contentType, string body, bool unknown, string cause)
    {
        Answer(status, contentType, body);
        foreach (var call in (Func<Task>[])[RequestAsync, () => _client.Imovo.CancelVoucherAsync("1", Cancel), () => _client.Imovo.RequestVoucherWithIdAsync(ClientUnderTest.WithId(), Cancel)])
        {
            var problem = await Assert.ThrowsAsync<ImovoUnexpectedAnswerException>(call);
            Assert.Equal(status, (int)problem.StatusCode!);
            Assert.Equal(body, problem.RawBody);
            Assert.Equal("7", problem.CorrelationId);
            Assert.Equal(unknown, problem.OutcomeIsUnknown);
            Assert.StartsWith($"i-movo answered {status}: ", problem.Message, StringComparison.Ordinal);
            Assert.Contains(cause, problem.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, _server.LogEntries.Count);
    }

    [Theory]
    [InlineData(401, "text/plain", "Unauthorized client", "the API key is missing or unknown")]
    [InlineData(401, "application/json", """{"errorMessages":["Unauthorized client"],"successfulRequest":false}""", "the API key is missing or unknown")]
    [InlineData(401, null, "", "the API key is missing or unknown")]
    [InlineData(403, "text/html", "<html>Forbidden</html>", "the caller is not allowed")]
    public async Task A_refused_key_is_its_own_exception(int status, string? contentType, string body, string cause)
    {
        Answer(status, contentType, body);
        var denied = await Assert.ThrowsAsync<ImovoAccessDeniedException>(RequestAsync);
        Assert.Equal(status, (int)denied.StatusCode!);
        Assert.Equal(body, denied.RawBody);
        Assert.Equal("7", denied.CorrelationId);
        Assert.False(denied.OutcomeIsUnknown);
        Assert.Contains(cause, denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_header_the_correlation_id_is_that_of_the_callers_trace()
    {
        _server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(500));
        using var trace = new System.Diagnostics.Activity("test").Start();
        var problem = await Assert.ThrowsAsync<ImovoUnexpectedAnswerException>(RequestAsync);
        Assert.Equal(trace.TraceId.ToHexString(), problem.CorrelationId);
    }

    [Fact]
    public async Task A_slow_answer_is_given_up_after_the_timeout_and_its_outcome_is_unknown()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new TaskCompletionSource<IResponseMessage>();
        _server.Given(Request.Create()).RespondWith(Response.Create().WithCallback(_ =>
        {
            arrived.TrySetResult();
            return slow.Task;
        }));
        var time = new FakeTimeProvider();
        await using var hasty = new ClientUnderTest(new Uri(_server.Url!), options => options.Timeout = TimeSpan.FromSeconds(0.3), time: time);
        var call = hasty.Imovo.RequestVoucherAsync("THINK", "1", cancellationToken: Cancel);
        await arrived.Task.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(0.3));
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => call);
        slow.SetResult(new ResponseMessage());
        Assert.Contains("did not arrive within 0.3 s", lost.Message, StringComparison.Ordinal);
        Assert.Contains("Do not repeat the request", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_arguments_are_refused_before_anything_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _client.Imovo.RequestVoucherAsync(null!, "1", cancellationToken: Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _client.Imovo.RequestVoucherAsync("1", null!, cancellationToken: Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _client.Imovo.RequestVoucherWithIdAsync(ClientUnderTest.WithId(null!), Cancel));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _client.Imovo.CancelVoucherAsync(null!, Cancel));
        Assert.Empty(_server.LogEntries);
    }

    private Task<VoucherResult> RequestAsync() => _client.Imovo.RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancel);

    private void Answer(int status, string? contentType, string body)
    {
        var answer = Response.Create().WithStatusCode(status).WithHeader("X-Correlation-Id", "7").WithBody(body);
        _server.Given(Request.Create()).RespondWith(contentType is null ? answer : answer.WithHeader("Content-Type", contentType));
    }
}
