using System.Net;

namespace ImovoSim.Tests;

public sealed class OpenApiDocumentTests
{
    private const string Issued =
        """{"voucherCode":"3721902693","balance":20.00,"expiryDate":"2020-06-23T23:59:59.9999999","message":"£20","successfulRequest":true}""";

    private readonly OpenApiDocument _document = OpenApiDocument.Current;

    [Fact]
    public void Every_named_example_is_an_allowed_answer()
    {
        Assert.True(_document.Examples.Count > 50, $"Only {_document.Examples.Count} examples were found.");
        Assert.All(_document.Examples, example =>
            _document.Check(example.Method, example.Path, example.Status, example.ContentType + "; charset=utf-8", example.Body));
    }

    [Theory]
    [InlineData("GET", "/VoucherRequest/Request?campaignCode=THINK")]
    [InlineData("POST", "/voucherrequest//REQUEST/")]
    [InlineData("POST", "/VoucherRequest/RequestVoucherWithId")]
    public void Paths_are_known_in_any_casing_with_slashes_and_a_query(string method, string path) =>
        _document.Check(method, path, 200, "application/json; charset=utf-8", Issued);

    [Theory]
    [InlineData("2026-07-30T23:59:59")]
    [InlineData("2026-07-30T23:59:59.9")]
    [InlineData("2026-07-30T17:25:43.3028253")]
    public void An_expiry_has_no_zone_and_up_to_seven_decimals(string expiry) => Check(200, With("expiryDate", $"\"{expiry}\""));

    [Theory]
    [InlineData("an extra member", """{"voucherCode":"1","expiryDate":"2020-06-23T23:59:59","successfulRequest":true,"pin":"1"}""")]
    [InlineData("another casing", """{"VoucherCode":"1","expiryDate":"2020-06-23T23:59:59","successfulRequest":true}""")]
    [InlineData("successfulRequest is missing", """{"voucherCode":"1","expiryDate":"2020-06-23T23:59:59"}""")]
    [InlineData("a voucher without its code", """{"expiryDate":"2020-06-23T23:59:59","successfulRequest":true}""")]
    [InlineData("a refusal with a balance", """{"balance":0.00,"errorMessages":["InvalidCampaign"],"successfulRequest":false}""")]
    [InlineData("a refusal without a reason", """{"errorMessages":[],"successfulRequest":false}""")]
    [InlineData("a success with errors", """{"voucherCode":"1","expiryDate":"2020-06-23T23:59:59","errorMessages":["x"],"successfulRequest":true}""")]
    [InlineData("a flag as a string", """{"errorMessages":["InvalidCampaign"],"successfulRequest":"false"}""")]
    [InlineData("an array", """[{"errorMessages":["InvalidCampaign"],"successfulRequest":false}]""")]
    [InlineData("a doubled member", """{"errorMessages":["a"],"errorMessages":["b"],"successfulRequest":false}""")]
    [InlineData("a comment", """{"errorMessages":["a"]/**/,"successfulRequest":false}""")]
    [InlineData("truncated", """{"errorMessages":["a"],"successf""")]
    [InlineData("no body", "")]
    public void A_body_that_the_schema_does_not_allow_is_rejected(string what, string body) =>
        Assert.True(Rejected(() => Check(200, body)), what);

    [Theory]
    [InlineData("balance", "\"20.00\"")]
    [InlineData("balance", "null")]
    [InlineData("balance", "-1.00")]
    [InlineData("voucherCode", "3721902693")]
    [InlineData("voucherCode", "null")]
    [InlineData("expiryDate", "\"2020-06-23T23:59:59Z\"")]
    [InlineData("expiryDate", "\"2020-06-23T23:59:59+01:00\"")]
    [InlineData("expiryDate", "\"2020-06-23T23:59:59.99999999\"")]
    [InlineData("expiryDate", "\"2020-06-23\"")]
    [InlineData("message", "null")]
    public void A_member_of_another_form_is_rejected(string member, string value) =>
        Assert.True(Rejected(() => Check(200, With(member, value))));

    [Theory]
    [InlineData(201, "application/json", Issued)]
    [InlineData(200, "text/html", Issued)]
    [InlineData(200, null, Issued)]
    [InlineData(400, "application/json", Issued)]
    [InlineData(400, "application/problem+json", Issued)]
    [InlineData(401, "text/plain", "Forbidden")]
    [InlineData(404, "text/plain", "Not found")]
    public void An_undeclared_status_or_content_type_is_rejected(int status, string? contentType, string body) =>
        Assert.True(Rejected(() => _document.Check("POST", "/VoucherRequest/Request", status, contentType, body)));

    [Fact]
    public void The_sentence_says_what_was_wrong()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => Check(200, With("balance", "\"20.00\"")));
        Assert.StartsWith("POST /VoucherRequest/Request answered 200, which openapi.yaml does not allow: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("balance", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_path_is_a_404_without_a_body()
    {
        _document.Check("GET", "/nothing", 404, null, "");
        Assert.True(Rejected(() => _document.Check("GET", "/nothing", 200, "text/html", "<p>")));
    }

    [Fact]
    public void GET_on_CancelVoucher_is_judged_by_the_path()
    {
        _document.Check("GET", "/Voucher/CancelVoucher", 405, null, "");
        _document.Check("GET", "/Voucher/CancelVoucher", 200, "application/json", """{"successfulRequest":true}""");
        Assert.True(Rejected(() => _document.Check("GET", "/Voucher/CancelVoucher", 200, "application/json", Issued)));
    }

    [Theory]
    [InlineData(HttpStatusCode.MethodNotAllowed, "Allow", "POST", "")]
    [InlineData(HttpStatusCode.InternalServerError, "X-Correlation-Id", "1", """{"errorMessages":["Unexpected error"],"successfulRequest":false}""")]
    public async Task A_required_header_is_required(HttpStatusCode status, string header, string value, string body)
    {
        using var answer = new HttpResponseMessage(status)
        {
            RequestMessage = new(HttpMethod.Post, "http://127.0.0.1/Voucher/CancelVoucher"),
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => _document.CheckAsync(answer, TestContext.Current.CancellationToken));
        Assert.True(answer.Headers.TryAddWithoutValidation(header, value) || answer.Content.Headers.TryAddWithoutValidation(header, value));
        await _document.CheckAsync(answer, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_error_messages_of_the_examples_are_listed_by_operation()
    {
        Assert.Equal(["Voucher not found"], _document.ErrorMessages["cancelVoucher"]["voucherNotFound"]);
        Assert.Equal(["address is required", "post code is required", "customer name is required"],
            _document.ErrorMessages["requestVoucherWithId"]["customerDetailsMissing"]);
        Assert.Equal(["Unable to create voucher: the value entered is invalid"], _document.ErrorMessages["requestVoucher"]["valueInvalid"]);
    }

    private void Check(int status, string body) =>
        _document.Check("POST", "/VoucherRequest/Request", status, "application/json; charset=utf-8", body);

    private static string With(string member, string value)
    {
        var voucher = System.Text.Json.Nodes.JsonNode.Parse(Issued)!;
        voucher[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
        return voucher.ToJsonString();
    }

    private static bool Rejected(Action check)
    {
        try
        {
            check();
            return false;
        }
        catch (InvalidOperationException wrong) when (wrong.Message.Contains("openapi.yaml does not allow", StringComparison.Ordinal))
        {
            return true;
        }
    }
}
