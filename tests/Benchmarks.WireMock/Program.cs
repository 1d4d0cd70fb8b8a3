// wiremock PORT constant|templated: WireMock.Net at its fastest, without a log, or as it is met first, with its log and a template.
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;

const string Answer = """{"voucherCode":"3721902693","balance":20.00,"expiryDate":"2026-12-23T23:59:59.9999999","message":"£20.00 CashOut voucher valid at any PayPoint to 23-Dec: http://imovo.org/3721902693TY OR shop: use CASHOUT > I-MOVO > 3721902693 > ENTER Help? 0800 310 0000","successfulRequest":true}""";
var templated = args[1] == "templated";
var settings = new WireMockServerSettings { Urls = [$"http://127.0.0.1:{args[0]}"] };
if (!templated)
    settings.MaxRequestLogCount = 0;
using var server = WireMockServer.Start(settings);
var answer = Response.Create().WithHeader("Content-Type", "application/json; charset=utf-8");
server.Given(Request.Create().WithPath("/VoucherRequest/Request").UsingPost()).RespondWith(templated
    ? answer.WithBody(Answer.Replace("20.00,", "{{request.query.value}},", StringComparison.Ordinal)).WithTransformer()
    : answer.WithBody(Answer));
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
