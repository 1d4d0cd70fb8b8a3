using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ImovoSim.Tests;

public sealed class FaultsTests
{
    private const string Struck = "X-Sim-Fault-Struck";

    private readonly Steered _client = Simulator.Shared.Client();

    [Theory]
    [InlineData("""{"kind":"status","status":502,"body":"Bad gateway","contentType":"text/html"}""", 502, "text/html", "Bad gateway")]
    [InlineData("""{"kind":"status"}""", 500, null, "")]
    [InlineData("""{"kind":"unavailable"}""", 503, "text/html", "<!DOCTYPE html><html><head><title>503 Service Unavailable</title></head><body><h1>Service Unavailable</h1><p>The service is unavailable.</p></body></html>")]
    [InlineData("""{"kind":"empty-body"}""", 200, "application/json; charset=utf-8", "")]
    [InlineData("""{"kind":"wrong-content-type"}""", 200, "text/html; charset=utf-8", """{"errorMessages":["Unexpected error"],"successfulRequest":false}""")]
    [InlineData("""{"kind":"malformed-json"}""", 200, "application/json; charset=utf-8", """{"errorMessages":["Unexpected error"],"successfulRequest":false""")]
    public async Task A_fault_before_the_change_answers_its_own_way_and_nothing_has_happened(string fault, int status, string? contentType, string body)
    {
        await Add(fault);
        var reply = await _client.Issue();
        Assert.Equal((status, contentType, body), (reply.Status, reply.ContentType, reply.Body));
        Assert.Matches("^[a-z-]+ before, fault 1$", reply.Headers[Struck]);
        await AssertExists(0);
    }

    [Theory]
    [InlineData("""{"kind":"status","status":500,"when":"after"}""")]
    [InlineData("""{"kind":"unavailable","when":"after"}""")]
    [InlineData("""{"kind":"empty-body","when":"after"}""")]
    [InlineData("""{"kind":"malformed-json","when":"after"}""")]
    [InlineData("""{"kind":"wrong-content-type","when":"after"}""")]
    [InlineData("""{"kind":"too-many-requests","when":"after"}""")]
    public async Task A_fault_after_the_change_loses_the_answer_of_a_voucher_that_exists(string fault)
    {
        await Add(fault);
        var reply = await _client.Issue();
        Assert.Matches("^[a-z-]+ after, fault 1$", reply.Headers[Struck]);
        await AssertExists(1);
    }

    [Theory]
    [InlineData("connection-reset", "before", 0)]
    [InlineData("connection-reset", "after", 1)]
    [InlineData("truncated", "before", 0)]
    [InlineData("truncated", "after", 1)]
    public async Task A_connection_that_breaks_gives_no_whole_answer(string kind, string when, int exist)
    {
        await Add($$"""{"kind":"{{kind}}","when":"{{when}}","strikes":1}""");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.Issue());
        await AssertExists(exist);
        Assert.True((await _client.Issue(reference: "later")).Succeeded);
    }

    [Fact]
    public void Where_no_fault_is_left_no_voucher_is_loaded_for_one()
    {
        var client = new Clients.Client(1, "one", default, true, 7, Clients.CampaignGrant.All, null, default, 9, [], Simulator.Start);
        var issue = new Vouchers.Issue(
            new Vouchers.IssueRequest(false, "THINK", "r", default), new Vouchers.Rulebook(Fidelity.Profile.Default, Campaigns.CampaignFile.BuiltIn()), Simulator.Start);
        Assert.Equal(0, issue.NeedsVoucher(new Faults.FaultPlan(3, []).On(client)));
        Assert.Equal(0, issue.NeedsVoucher(new Faults.FaultPlan(3, [new Faults.Fault(1, "status", Faults.Fault.Before)]).On(client)));
        Assert.Equal(9, issue.NeedsVoucher(new Faults.FaultPlan(3, [new Faults.Fault(1, Faults.FaultKinds.SameVoucher, Faults.Fault.After)]).On(client)));
    }

    [Fact]
    public async Task A_reset_tears_the_connection_down_and_a_truncated_body_is_half_of_what_was_promised()
    {
        await Add("""{"kind":"connection-reset","nth":1}""");
        await Add("""{"kind":"truncated","when":"after"}""");
        Assert.Equal(SocketError.ConnectionReset, (await Raw()).Error);
        var (text, _) = await Raw();
        var length = int.Parse(text.Split("Content-Length: ")[1].Split('\r')[0], null);
        Assert.Equal(length / 2, Encoding.UTF8.GetByteCount(text.Split("\r\n\r\n")[1]));
    }

    [Fact]
    public async Task Too_many_requests_says_when_to_try_again()
    {
        await Add("""{"kind":"too-many-requests","retryAfter":30}""");
        var reply = await _client.Issue();
        Assert.Equal((429, "30"), (reply.Status, reply.Headers["Retry-After"]));
    }

    [Fact]
    public async Task No_answer_comes_until_the_caller_gives_up()
    {
        await Add("""{"kind":"no-answer","when":"after"}""");
        using var patience = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = Simulator.Shared.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/VoucherRequest/Request?campaignCode=THINK&customerReference=r&value=1");
        request.Headers.Add("X-API-KEY", Simulator.Key());
        var call = http.SendAsync(request, patience.Token);
        while ((await _client.Post("/_sim/verify", """{"exactly":1,"of":"live vouchers","reference":"r"}""")).Status != 200)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(call.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Latency_and_a_slow_drip_take_the_simulators_time_and_bring_the_whole_answer()
    {
        await using var simulator = new Simulator();
        var client = simulator.Client();
        foreach (var fault in new[] { """{"kind":"latency","milliseconds":60000,"strikes":1}""", """{"kind":"slow-drip","milliseconds":60000,"strikes":1}""" })
        {
            await client.Post("/_sim/faults", fault);
            var call = client.Issue();
            while (await client.Get("/_sim/faults") is var faults && faults.Member("faults").EnumerateArray().Any(one => one.GetProperty("struck").GetInt32() == 0))
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.False(call.IsCompleted);
            for (var waited = 0; !call.IsCompleted && waited < 2_000; waited++)
            {
                simulator.Clock.Advance(TimeSpan.FromSeconds(6));
                await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
            }

            Assert.True((await call).Succeeded);
        }
    }

    [Fact]
    public async Task The_same_voucher_is_answered_twice()
    {
        await Add("""{"kind":"same-voucher"}""");
        var first = await _client.Issue();
        Assert.False(first.Headers.ContainsKey(Struck));
        var second = await _client.Issue();
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("same-voucher after, fault 1", second.Headers[Struck]);
        Assert.NotEqual(first.Body, (await _client.Issue("OFF50P")).Body);
        await AssertExists(2);
    }

    [Fact]
    public async Task A_fault_strikes_what_it_is_for_and_nothing_else()
    {
        await Add("""{"kind":"status","operation":"request","campaign":"think","reference":"R1"}""");
        Assert.Equal(500, (await _client.Issue(reference: "R1")).Status);
        Assert.Equal(200, (await _client.Issue(reference: "R2")).Status);
        Assert.Equal(200, (await _client.Issue("OFF50P", reference: "R1")).Status);
        Assert.Equal(200, (await _client.Cancel("2193785990")).Status);
        Assert.Equal(200, (await Simulator.Shared.Client("_other").Issue(reference: "R1")).Status);
        Assert.Equal(("1", "1"), ((await _client.Get("/_sim/faults/1")).Text("calls"), (await _client.Get("/_sim/faults/1")).Text("struck")));
    }

    [Fact]
    public async Task A_cancel_is_struck_by_its_vouchers_campaign_and_is_not_made()
    {
        var code = await _client.Issued();
        await Add("""{"kind":"status","operation":"CancelVoucher","campaign":"THINK","strikes":1}""");
        Assert.Equal(500, (await _client.Cancel(code)).Status);
        Assert.True((await _client.Cancel(code)).Succeeded);
    }

    [Fact]
    public async Task The_nth_call_or_every_nth_so_many_times_or_until_a_time()
    {
        Assert.Equal("..x...", await Pattern("""{"kind":"status","nth":3}"""));
        Assert.Equal(".x.x.x", await Pattern("""{"kind":"status","every":2}"""));
        Assert.Equal("xx....", await Pattern("""{"kind":"status","strikes":2}"""));
        Assert.Equal(".x.x..", await Pattern("""{"kind":"status","every":2,"strikes":2}"""));
        Assert.Equal("xxxxxx", await Pattern("""{"kind":"status","until":"2026-08-02T23:00:00"}"""));
        await _client.Post("/_sim/clock/advance", """{"by":"PT1S"}""");
        Assert.Equal("......", await Pattern("""{"kind":"status","until":"2026-08-02T23:00:00"}"""));
    }

    [Fact]
    public async Task What_is_left_to_chance_is_the_same_chance_after_a_reset()
    {
        var first = await Pattern("""{"kind":"status","probability":0.5}""", 40);
        await _client.Post("/_sim/reset");
        Assert.Equal(first, await Pattern("""{"kind":"status","probability":0.5}""", 40));
        Assert.InRange(first.Count(call => call == 'x'), 10, 30);
        await _client.Post("/_sim/reset");
        Assert.Equal(new string('.', 40), await Pattern("""{"kind":"status","probability":0}""", 40));
    }

    [Fact]
    public async Task Parallel_calls_are_struck_as_often_as_asked_for()
    {
        await Add("""{"kind":"status","strikes":7}""");
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _client.Issue()));
        Assert.Equal(7, replies.Count(reply => reply.Status == 500));
        await AssertExists(33);
    }

    [Fact]
    public async Task A_call_that_is_refused_before_it_comes_to_a_decision_is_struck_too()
    {
        await Add("""{"kind":"status","status":504,"operation":"RequestVoucherWithId"}""");
        var reply = await _client.Post("/VoucherRequest/RequestVoucherWithId", "{");
        Assert.Equal((504, "status before, fault 1"), (reply.Status, reply.Headers[Struck]));
    }

    [Fact]
    public async Task A_call_asks_for_a_fault_of_its_own_by_header()
    {
        var reply = await _client.Issue(change: call => call.Headers.Add("X-Sim-Fault", "status; status=418; when=after"));
        Assert.Equal((418, "status after, asked for by this call"), (reply.Status, reply.Headers[Struck]));
        await AssertExists(1);
        Assert.True((await _client.Issue()).Succeeded);
    }

    [Theory]
    [InlineData("nonsense", "400 X-Sim-Fault: \"kind\" must be one of latency, status,")]
    [InlineData("status; stat=1", "400 X-Sim-Fault: stat=1 is not understood")]
    [InlineData("status; status=1", "400 X-Sim-Fault: \"status\" is out of bounds")]
    [InlineData("latency; when=before", "400 X-Sim-Fault: \"when\" can only be after")]
    public async Task A_header_that_is_not_understood_is_refused_and_nothing_happens(string header, string problem)
    {
        var reply = await _client.Issue(change: call => call.Headers.Add("X-Sim-Fault", header));
        Assert.StartsWith(problem, reply.Problem, StringComparison.Ordinal);
        await AssertExists(0);
    }

    [Fact]
    public async Task Faults_are_listed_and_taken_back_and_control_routes_are_never_struck()
    {
        await Add("""{"kind":"status"}""");
        var second = await Add("""{"kind":"latency","milliseconds":1,"to":5,"nth":9}""");
        Assert.Equal((201, "2", "after", "5"), (second.Status, second.Text("id"), second.Text("when"), second.Text("to")));
        Assert.Equal(2, (await _client.Get("/_sim/faults")).Member("faults").GetArrayLength());
        var stranger = Simulator.Shared.Client("_other");
        Assert.Equal("404 This client has no fault of this id.", (await stranger.Get("/_sim/faults/1")).Problem);
        Assert.Equal("404 This client has no fault of this id.", (await stranger.Delete("/_sim/faults/1")).Problem);
        Assert.Equal(204, (await _client.Delete("/_sim/faults/1")).Status);
        Assert.Equal(404, (await _client.Delete("/_sim/faults/1")).Status);
        Assert.True((await _client.Issue()).Succeeded);
        Assert.Equal(204, (await _client.Delete("/_sim/faults")).Status);
        Assert.Equal("""{"faults":[]}""", (await _client.Get("/_sim/faults")).Body);
    }

    [Theory]
    [InlineData("{}", "\"kind\" must be one of")]
    [InlineData("""{"kind":"explosion"}""", "\"kind\" must be one of")]
    [InlineData("""{"kind":"unavailable","status":500}""", "\"status\" is nothing that unavailable has")]
    [InlineData("""{"kind":"status","status":99}""", "\"status\" is out of bounds")]
    [InlineData("""{"kind":"status","contentType":"a\nb"}""", "\"contentType\" is out of bounds")]
    [InlineData("""{"kind":"status","status":204,"body":"x"}""", "A 204 has no body.")]
    [InlineData("""{"kind":"latency","to":5}""", "\"to\" is out of bounds")]
    [InlineData("""{"kind":"latency","milliseconds":600001}""", "\"milliseconds\" is out of bounds")]
    [InlineData("""{"kind":"latency","milliseconds":10,"to":5}""", "\"to\" is out of bounds")]
    [InlineData("""{"kind":"status","when":"during"}""", "\"when\" must be before or after.")]
    [InlineData("""{"kind":"status","operation":"Redeem"}""", "\"operation\" must be one of")]
    [InlineData("""{"kind":"status","nth":0}""", "\"nth\", \"every\" and \"strikes\" count from 1")]
    [InlineData("""{"kind":"status","probability":1.1}""", "\"nth\", \"every\" and \"strikes\" count from 1")]
    [InlineData("""{"kind":"status","until":"soon"}""", "\"until\" is an instant")]
    [InlineData("""{"kind":"status","campain":"THINK"}""", "\"campain\" is no member that is known here: there are \"kind\", \"when\", \"operation\", \"campaign\"")]
    [InlineData("""{"kind":"status","status":"500"}""", "status must be a whole number, without quotes.")]
    [InlineData("""{"kind":"status","probability":true}""", "probability must be a number, without quotes.")]
    [InlineData("""{"kind":503}""", "kind must be a text, in quotes.")]
    [InlineData("[]", "The body must be a JSON object.")]
    [InlineData("{", "The body is not the JSON that this route takes: ")]
    public async Task A_fault_that_makes_no_sense_is_refused(string json, string problem)
    {
        Assert.StartsWith($"400 {problem}", (await Add(json)).Problem, StringComparison.Ordinal);
        Assert.True((await _client.Issue()).Succeeded);
    }

    [Fact]
    public async Task There_are_a_hundred_faults_at_most_and_those_that_are_over_make_room()
    {
        await Add("""{"kind":"status","strikes":1}""");
        for (var i = 1; i < 100; i++)
            await Add("""{"kind":"status","reference":"nobody's"}""");
        Assert.StartsWith("409 A client has at most 100 faults", (await Add("""{"kind":"status"}""")).Problem, StringComparison.Ordinal);
        await _client.Issue();
        Assert.Equal(201, (await Add("""{"kind":"status"}""")).Status);
    }

    private Task<Reply> Add(string json) => _client.Post("/_sim/faults", json);

    private async Task AssertExists(int count) =>
        Assert.Equal(count, JsonDocument.Parse((await _client.Get("/_sim/vouchers")).Bytes).RootElement.GetProperty("count").GetInt32() - 3);

    private async Task<string> Pattern(string fault, int calls = 6)
    {
        await _client.Delete("/_sim/faults");
        await Add(fault);
        var pattern = new StringBuilder();
        for (var i = 0; i < calls; i++)
            pattern.Append((await _client.Issue()).Status == 500 ? 'x' : '.');
        return pattern.ToString();
    }

    private static async Task<(string Text, SocketError? Error)> Raw()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var address = Simulator.Shared.Http.BaseAddress!;
        await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /VoucherRequest/Request?campaignCode=THINK&customerReference=r&value=1 HTTP/1.1\r\nHost: a\r\nX-API-KEY: {Simulator.Key()}\r\nContent-Length: 0\r\n\r\n"), TestContext.Current.CancellationToken);
        var (all, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
                all.Append(Encoding.UTF8.GetString(buffer, 0, read));
            return (all.ToString(), null);
        }
        catch (SocketException e)
        {
            return (all.ToString(), e.SocketErrorCode);
        }
    }
}
