using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// What whoever runs the program can collect of it. In a process of its own: instruments are counted by process.
public sealed partial class TelemetryTests
{
    private static readonly string[] Secrets = ["sim_telemetry", "07700900123", "John Smith", "1 Secret Street", "AL1 0BS", "x@example.com", "Bearer"];

    [Fact]
    public async Task Prometheus_finds_what_was_issued_refused_cancelled_redeemed_and_struck()
    {
        await using var simulator = await SimulatorProcess.Start("--DataFolder", Directory.CreateTempSubdirectory("imovo-").FullName, "--Metrics", "true");
        await Talk(simulator.Address);
        var metrics = await Scrape(simulator.Address);
        Assert.Equal(1, metrics["""imovo_vouchers_issued_total{imovo_campaign="CAMP01",imovo_operation="RequestVoucherWithId"}"""]);
        Assert.Equal(2, metrics["""imovo_vouchers_issued_total{imovo_campaign="THINK",imovo_operation="Request"}"""]);
        Assert.Equal(1, metrics["""imovo_vouchers_refused_total{imovo_operation="Request",imovo_refusal_reason="campaign_unknown"}"""]);
        Assert.Equal(1, metrics["""imovo_vouchers_refused_total{imovo_operation="CancelVoucher",imovo_refusal_reason="already_cancelled_or_redeemed"}"""]);
        Assert.Equal(2, metrics["""imovo_messages_total{imovo_message_channel="sms",imovo_message_state="sent"}"""]);
        Assert.Equal(1, metrics["""imovo_messages_total{imovo_message_channel="email",imovo_message_state="sent"}"""]);
        Assert.Equal(1, metrics["""imovo_vouchers_cancelled_total{imovo_campaign="THINK"}"""]);
        Assert.Equal(1, metrics["""imovo_vouchers_redeemed_total{imovo_campaign="CAMP01"}"""]);
        Assert.Equal(1, metrics["""imovo_faults_struck_total{imovo_fault_kind="status",imovo_operation="Request"}"""]);
        Assert.Equal(3, metrics["""http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="200",http_route="/VoucherRequest/Request",network_protocol_version="1.1",url_scheme="http"}"""]
            + metrics["""http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="502",http_route="/VoucherRequest/Request",network_protocol_version="1.1",url_scheme="http"}"""]);
        Assert.InRange(metrics["imovo_store_batch_size_count"], 5, double.MaxValue);
        Assert.InRange(metrics["imovo_store_batch_size_sum"], metrics["imovo_store_batch_size_count"], double.MaxValue);
        Assert.Equal(metrics["imovo_store_batch_size_count"], metrics["imovo_store_flush_duration_seconds_count"]);
        Assert.Equal(metrics["imovo_store_flush_duration_seconds_count"], metrics["""imovo_store_flush_duration_seconds_bucket{le="+Inf"}"""]);
    }

    [Fact]
    public async Task A_fault_that_strikes_before_is_no_refusal()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory", "--Metrics", "true");
        using var http = Caller(simulator.Address);
        await http.PostAsync("/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900911&value=1", null, TestContext.Current.CancellationToken);
        var metrics = await Scrape(simulator.Address);
        Assert.Equal(1, metrics["""imovo_faults_struck_total{imovo_fault_kind="status",imovo_operation="Request"}"""]);
        Assert.DoesNotContain(metrics.Keys, name => name.StartsWith("imovo_vouchers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_gets_traces_metrics_and_logs_and_nothing_of_anybody_in_them()
    {
        await using var collector = await Collector.Start();
        await using (var simulator = await SimulatorProcess.Start(Sending(collector.Address, "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information")))
        {
            await Talk(simulator.Address);
            await simulator.Stop();
        }

        Assert.All(["POST /VoucherRequest/Request", "POST /Voucher/CancelVoucher", "POST /_sim/vouchers/{code}/redeem", "imovo.fault.kind"], part => Assert.Contains(part, collector.Text("traces"), StringComparison.Ordinal));
        Assert.All(
            ["imovo.vouchers.issued", "imovo.vouchers.refused", "imovo.vouchers.cancelled", "imovo.vouchers.redeemed", "imovo.messages", "imovo.faults.struck", "http.server.request.duration"],
            name => Assert.Contains(name, collector.Text("metrics"), StringComparison.Ordinal));
        Assert.Contains("Application started", collector.Text("logs"), StringComparison.Ordinal);
        Assert.Contains("imovo-sim", collector.Text("logs"), StringComparison.Ordinal);
        foreach (var signal in new[] { "traces", "metrics", "logs" })
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, collector.Text(signal), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch(Code(), collector.Text("traces"));
    }

    [Fact]
    public async Task A_call_belongs_to_the_trace_of_its_caller()
    {
        await using var collector = await Collector.Start();
        await using var simulator = await SimulatorProcess.Start(Sending(collector.Address));
        using var http = Caller(simulator.Address);
        http.DefaultRequestHeaders.Add("traceparent", "00-6162636465666768696a6b6c6d6e6f70-7172737475767778-01");
        await http.PostAsync("/Voucher/CancelVoucher?voucherCode=0000000000", null, TestContext.Current.CancellationToken);
        await simulator.Stop();
        // The bytes of both ids are letters, so that they can be read.
        Assert.Contains("abcdefghijklmnop", collector.Text("traces"), StringComparison.Ordinal);
        Assert.Contains("qrstuvwx", collector.Text("traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_stops_neither_answers_nor_the_stop()
    {
        await using var simulator = await SimulatorProcess.Start(Sending(new Uri("http://127.0.0.1:9")));
        await Talk(simulator.Address);
        var stopping = simulator.Stop();
        Assert.Same(stopping, await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken)));
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task Nothing_is_collected_unless_it_is_asked_for()
    {
        using var answer = await Simulator.Shared.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost:4317")]
    [InlineData("file:///tmp")]
    [InlineData("collector")]
    public async Task An_address_that_is_none_of_a_collector_stops_the_start(string address)
    {
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd("--Store", "memory", "--urls", "http://127.0.0.1:0", "--OTEL_EXPORTER_OTLP_ENDPOINT", address);
        Assert.Equal((1, "OTEL_EXPORTER_OTLP_ENDPOINT is no address of a collector: set it to one such as http://127.0.0.1:4317."), (exitCode, error.Trim()));
    }

    private static string[] Sending(Uri collector, params string[] more) =>
    [
        "--Store", "memory", "--OTEL_EXPORTER_OTLP_ENDPOINT", collector.ToString(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", .. more,
    ];

    private static HttpClient Caller(Uri address)
    {
        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-API-KEY", "sim_telemetry");
        return http;
    }

    private static async Task Talk(Uri address)
    {
        using var http = Caller(address);
        const string Ask = "/VoucherRequest/Request?customerReference=07700900123&value=20.00&campaignCode=";
        await Post(http, Ask + "THINK");
        await Post(http, Ask + "NOPE");
        await Post(http, "/VoucherRequest/RequestVoucherWithId", """
            {"CampaignCode":"CAMP01","VoucherValue":1.00,"CustomerReference":"07700900123","DeliveryRecipient":"x@example.com","CustomerName":"John Smith","Address":"1 Secret Street","Postcode":"AL1 0BS"}
            """);
        await Post(http, "/Voucher/CancelVoucher?voucherCode=2193785990");
        await Post(http, "/Voucher/CancelVoucher?voucherCode=2193785990");
        await Post(http, "/_sim/vouchers/648924429737/redeem");
        http.DefaultRequestHeaders.Add("X-Sim-Fault", "status; status=502; when=after");
        await Post(http, Ask + "THINK");
    }

    private static async Task Post(HttpClient http, string path, string? json = null)
    {
        using var body = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(path, body, TestContext.Current.CancellationToken);
    }

    private static async Task<Dictionary<string, double>> Scrape(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var answer = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => Line().Match(line))
            .ToDictionary(line => line.Groups[1].Value, line => double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^(\w+(?:\{.*\})?) (\S+)$")]
    private static partial Regex Line();

    [GeneratedRegex("2193785990|648924429737")]
    private static partial Regex Code();
}
