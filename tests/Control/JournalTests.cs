using System.Net;
using System.Text.Json;

namespace ImovoSim.Tests;

public sealed class JournalTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task<Reply> Last(string query = "")
    {
        var list = await _client.Get($"/_sim/journal?limit=1{query}");
        Assert.Equal(200, list.Status);
        return list;
    }

    [Fact]
    public async Task An_issue_is_told_as_it_was_sent_and_answered_and_why()
    {
        await _client.Put("/_sim/limit", """{"weeklyLimit":50.00}""");
        await _client.Issued(value: "45.00");
        var answer = await _client.Issue(value: "5.00");
        var entry = await Last();
        Assert.Equal("2", entry.Text("count"));
        Assert.Equal(("Request", "issued", answer.Text("voucherCode"), "THINK"), (
            entry.Text("entries.0.operation"), entry.Text("entries.0.outcome"), entry.Text("entries.0.code"), entry.Text("entries.0.campaign")));
        Assert.Equal(("POST", answer.Body, "200"), (entry.Text("entries.0.request.method"), entry.Text("entries.0.answer.body"), entry.Text("entries.0.answer.status")));
        Assert.Contains("week 2026-W31: 45.00 used + 5.00 asked = 50.00 of 50.00 allowed.", entry.Body, StringComparison.Ordinal);
        Assert.StartsWith("2026-08-02T23:00:00", entry.Text("entries.0.at"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_by_the_weekly_limit_is_told_with_the_arithmetic_the_facts_and_the_nearest_good_call()
    {
        await _client.Put("/_sim/limit", """{"weeklyLimit":50.00}""");
        await _client.Issued(value: "45.00");
        Assert.False((await _client.Issue(value: "10.00")).Succeeded);
        var entry = await Last("&outcome=refused&show=personal");
        Assert.Equal(("weekly-limit-reached", "week 2026-W31: 45.00 used + 10.00 asked > 50.00 allowed."), (entry.Text("entries.0.why.0.rule"), entry.Text("entries.0.why.0.text")));
        Assert.Contains("weekly-limit-window", entry.Text("entries.0.why.0.facts"), StringComparison.Ordinal);
        Assert.Equal("/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=5.00", entry.Text("entries.0.nearest.target"));
        Assert.Equal("value: 5.00", entry.Text("entries.0.nearest.changes.0"));
    }

    [Theory]
    [InlineData("campaignCode=THINKK&customerReference=07700900000&value=10.00", "campaign-unknown", "campaign code: THINK")]
    [InlineData("campaignCode=THINK&customerReference=07700900000&value=ten", "value-invalid", "value: 1.00")]
    [InlineData("campaignCode=THINK&customerReference=07700900000&value=100000", "value-invalid", "value: 100.00")]
    [InlineData("customerReference=07700900000&value=10.00", "campaign-code-missing", "campaign code: ")]
    [InlineData("campaignCode=NOPE&customerReference=&value=-1", "reference-missing", "campaign code: ")]
    [InlineData("campaignCode=THINK&customerReference=07700900903&value=1.001", "magic-value", "customer reference: such as 07700900000")]
    [InlineData("campaignCode=THINKK&customerReference=&value=500", "reference-missing", "campaign code: THINK")]
    public async Task For_a_bad_request_there_is_the_nearest_good_one_and_it_is_good(string query, string rule, string change)
    {
        await _client.Post($"/VoucherRequest/Request?{query}");
        var entry = await Last("&show=personal");
        Assert.Equal(rule, entry.Text("entries.0.why.0.rule"));
        Assert.StartsWith(change, entry.Text("entries.0.nearest.changes.0"), StringComparison.Ordinal);
        var good = await _client.Post(entry.Text("entries.0.nearest.target"));
        Assert.True(good.Succeeded, $"{entry.Text("entries.0.nearest.target")} gave {good.Body}");
    }

    [Fact]
    public async Task A_path_that_no_operation_has_is_told_with_the_nearest()
    {
        Assert.Equal(404, (await _client.Post("/VoucherRequest/Requests?campaignCode=THINK")).Status);
        var entry = await Last();
        Assert.Equal(("Unknown", "refused", "404"), (entry.Text("entries.0.operation"), entry.Text("entries.0.outcome"), entry.Text("entries.0.answer.status")));
        Assert.Equal("/VoucherRequest/Request?campaignCode=THINK", entry.Text("entries.0.nearest.target"));
        Assert.Equal(405, (await _client.Get("/Voucher/CancelVoucher?voucherCode=1")).Status);
        Assert.Equal("/Voucher/CancelVoucher?voucherCode=1", (await Last()).Text("entries.0.nearest.target"));
    }

    [Fact]
    public async Task Why_a_cancel_is_refused_is_told_by_what_the_voucher_is()
    {
        var code = await _client.Issued();
        await _client.Post($"/_sim/vouchers/{code}/redeem");
        await _client.Cancel(code);
        Assert.Equal($"Voucher {code} is redeemed already: see /_sim/vouchers/{code} for when and where.", (await Last()).Text("entries.0.why.0.text"));
        await _client.Cancel("0000000000");
        Assert.Equal("This client has no voucher 0000000000.", (await Last()).Text("entries.0.why.0.text"));
        await _client.Cancel(await _client.Issued());
        Assert.Equal("cancelled", (await Last()).Text("entries.0.outcome"));
    }

    [Fact]
    public async Task An_answer_that_a_fault_lost_is_in_the_journal()
    {
        await _client.Post("/_sim/faults", """{"kind":"connection-reset","when":"after","strikes":1}""");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.Issue());
        var entry = await Last("&struck=true");
        Assert.Equal(("issued", "connection-reset", "after", "fault 1"), (
            entry.Text("entries.0.outcome"), entry.Text("entries.0.fault.kind"), entry.Text("entries.0.fault.when"), entry.Text("entries.0.fault.by")));
        Assert.False(entry.Member("entries.0").TryGetProperty("answer", out _));
        Assert.Contains(entry.Text("entries.0.code"), entry.Text("entries.0.lost.body"), StringComparison.Ordinal);
        Assert.True((await _client.Cancel(entry.Text("entries.0.code"))).Succeeded);
    }

    [Fact]
    public async Task What_a_fault_sent_instead_is_told_as_it_was_sent()
    {
        var whole = await _client.Issue(change: call => call.Headers.Add("X-Sim-Fault", "malformed-json; when=after"));
        var entry = await Last();
        Assert.Equal((whole.Body, whole.Body + "}"), (entry.Text("entries.0.answer.body"), entry.Text("entries.0.lost.body")));
        await _client.Issue(change: call => call.Headers.Add("X-Sim-Fault", "status; status=502; when=before"));
        entry = await Last();
        Assert.Equal(("nothing", "502"), (entry.Text("entries.0.outcome"), entry.Text("entries.0.answer.status")));
    }

    [Fact]
    public async Task Names_addresses_and_contacts_are_masked_unless_asked_for_and_the_key_always()
    {
        var key = Simulator.Key();
        await _client.Send(HttpMethod.Post, $"/VoucherRequest/RequestVoucherWithId?extra={key}&note=Mrs+Jones",
            $$$"""{"CampaignCode": "ADM-ID", "CustomerReference": "07700900123", "VoucherValue": 5, "CustomerName": "Ann \"Bo\" Jones", "Address": "1 High Street", "PostCode": "AB1 2CD", "Friend": {"Name": "Bob {{{key}}}"}}""",
            call => call.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.9"));
        var masked = (await Last()).Body;
        foreach (var secret in new[] { key, "Jones", "High", "AB1 2CD", "Bob", "203.0.113.9", "07700900123" })
            Assert.DoesNotContain(secret, masked, StringComparison.Ordinal);
        Assert.Contains("ADM-ID", masked, StringComparison.Ordinal);
        Assert.Contains("07***23", masked, StringComparison.Ordinal);
        var shown = await Last("&show=personal");
        Assert.Contains("1 High Street", shown.Text("entries.0.request.body"), StringComparison.Ordinal);
        Assert.Contains("203.0.113.9", shown.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(key, shown.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", "Jones, 1 High Street")]
    [InlineData("application/json", """{"CustomerName": "Jones" "1 High Street"}""")]
    [InlineData("application/json", """["Jones", {"CampaignCode": ["Jones"]}] /* Jones */""")]
    [InlineData("application/x-www-form-urlencoded", "customerName=Jones&%E2%82%AC=Jones&Jones")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"customerName\"\r\n\r\nJones\r\n--x--\r\n")]
    public async Task A_body_that_nobody_understands_shows_nothing_personal(string type, string body)
    {
        await _client.Send(HttpMethod.Post, "/VoucherRequest/RequestVoucherWithId", body, call => call.Content!.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type));
        var entry = await Last();
        Assert.DoesNotContain("=Jones", entry.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\\\"Jones", entry.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("High Street", entry.Body, StringComparison.Ordinal);
        Assert.Contains("Jones", (await Last("&show=personal")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_that_were_ignored_are_told()
    {
        await _client.Post("/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=10.00&colour=red");
        Assert.Equal("""["colour"]""", (await Last()).Text("entries.0.ignored"));
    }

    [Fact]
    public async Task Entries_are_filtered_counted_and_paged_by_the_server()
    {
        for (var i = 0; i < 5; i++)
            await _client.Issue(reference: $"customer-{i % 2}");
        await _client.Issue(campaign: "NONE");
        Assert.Equal("3", (await Last("&reference=customer-0")).Text("count"));
        Assert.Equal("1", (await Last("&campaign=NONE&outcome=refused&status=200&operation=Request")).Text("count"));
        Assert.Equal("0", (await Last("&struck=true")).Text("count"));
        var newest = await _client.Get("/_sim/journal?limit=4");
        var rest = await _client.Get($"/_sim/journal?limit=4&before={newest.Text("next")}");
        Assert.Equal((4, 2, false), (newest.Member("entries").GetArrayLength(), rest.Member("entries").GetArrayLength(), rest.Has("next")));
        var oldest = await _client.Get("/_sim/journal?order=oldest");
        Assert.Equal(
            oldest.Member("entries").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()),
            newest.Member("entries").EnumerateArray().Concat(rest.Member("entries").EnumerateArray()).Select(entry => entry.GetProperty("id").GetString()).Reverse());
        var one = await _client.Get($"/_sim/journal/{newest.Text("entries.1.id")}");
        Assert.Equal(newest.Text("entries.1"), one.Body);
    }

    [Theory]
    [InlineData("?outcome=good")]
    [InlineData("?operation=request2")]
    [InlineData("?limit=0")]
    [InlineData("?after=x")]
    [InlineData("?colour=red")]
    [InlineData("?order=up")]
    public async Task A_filter_that_does_not_exist_is_refused(string query) =>
        Assert.StartsWith("400 ", (await _client.Get($"/_sim/journal{query}")).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Only_the_last_entries_are_kept()
    {
        await using var simulator = new Simulator(("Journal:Entries", "3"));
        var client = simulator.Client();
        for (var i = 0; i < 5; i++)
            await client.Issue(reference: $"customer-{i}");
        var list = await client.Get("/_sim/journal?show=personal");
        Assert.Equal(("3", "customer-4", "customer-2"), (list.Text("count"), list.Text("entries.0.reference"), list.Text("entries.2.reference")));
        await using var off = new Simulator(("Journal:Entries", "0"));
        await off.Client().Issue();
        Assert.Equal("0", (await off.Client().Get("/_sim/journal")).Text("count"));
    }

    [Fact]
    public async Task Clearing_and_resetting_begin_a_journal_anew_and_control_routes_are_not_in_it()
    {
        await _client.Issue();
        await _client.Get("/_sim/vouchers");
        Assert.Equal("1", (await Last()).Text("count"));
        Assert.Equal(204, (await _client.Delete("/_sim/journal")).Status);
        Assert.Equal("0", (await Last()).Text("count"));
        await _client.Issue();
        await _client.Post("/_sim/reset");
        Assert.Equal("0", (await Last()).Text("count"));
    }

    [Fact]
    public async Task One_client_cannot_see_anothers_entries()
    {
        var other = Simulator.Shared.Client("other");
        await other.Issue();
        var id = (await other.Get("/_sim/journal")).Text("entries.0.id");
        Assert.Equal("0", (await Last()).Text("count"));
        Assert.StartsWith("404 ", (await _client.Get($"/_sim/journal/{id}")).Problem, StringComparison.Ordinal);
        Assert.Equal(200, (await other.Get($"/_sim/journal/{id}")).Status);
    }

    [Fact]
    public async Task The_stream_tells_each_call_as_it_comes_and_goes_on_where_a_listener_left_off()
    {
        await _client.Issue(reference: "before");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_sim/journal/stream?show=personal");
        request.Headers.Add("X-API-KEY", Simulator.Key());
        using var stream = await Simulator.Shared.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.ToString());
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancelled));
        await lines.ReadLineAsync(Cancelled);
        await _client.Issue(reference: "first");
        var first = await Event(lines);
        await _client.Issue(reference: "second");
        Assert.Equal(("first", "second"), (first.GetProperty("reference").GetString(), (await Event(lines)).GetProperty("reference").GetString()));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/_sim/journal/stream?show=personal");
        again.Headers.Add("X-API-KEY", Simulator.Key());
        again.Headers.Add("Last-Event-ID", first.GetProperty("id").GetString());
        using var rest = await Simulator.Shared.Http.SendAsync(again, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var restLines = new StreamReader(await rest.Content.ReadAsStreamAsync(Cancelled));
        Assert.Equal("second", (await Event(restLines)).GetProperty("reference").GetString());
    }

    [Fact]
    public async Task An_entry_has_the_command_that_makes_its_call_again_without_the_key()
    {
        await _client.Send(HttpMethod.Post, "/VoucherRequest/RequestVoucherWithId", """{"CustomerName":"O'Neil"}""");
        var curl = (await Last("&show=personal")).Text("entries.0.curl");
        Assert.StartsWith($"curl -g -X POST '{Simulator.Shared.Http.BaseAddress}VoucherRequest/RequestVoucherWithId'", curl, StringComparison.Ordinal);
        Assert.Contains("-H \"X-API-KEY: $IMOVO_KEY\"", curl, StringComparison.Ordinal);
        Assert.Contains("""--data-raw '{"CustomerName":"O'\''Neil"}'""", curl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_sends_what_was_sent_whatever_curl_makes_of_it()
    {
        await _client.Send(HttpMethod.Post, "/VoucherRequest/RequestVoucherWithId?a=[1]{2}", "@/etc/hostname", call =>
        {
            call.Content!.Headers.ContentType = null;
            call.Headers.TryAddWithoutValidation("X-Empty", "");
        });
        var command = (await Last("&show=personal")).Text("entries.0.curl");
        Assert.Contains("--data-raw '@/etc/hostname'", command, StringComparison.Ordinal);
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"{command} -sS --noproxy '*'"])
        {
            Environment = { ["IMOVO_KEY"] = Simulator.Key() },
            RedirectStandardOutput = true,
        })!;
        await shell.WaitForExitAsync(Cancelled);
        Assert.Equal(0, shell.ExitCode);
        var twice = await _client.Get("/_sim/journal?limit=2&show=personal");
        foreach (var what in new[] { "request.target", "request.body", "answer.status" })
            Assert.Equal(twice.Text($"entries.1.{what}"), twice.Text($"entries.0.{what}"));
        Assert.Equal(
            twice.Member("entries.1.request.headers").EnumerateArray().Select(header => header.GetRawText()).Where(header => !header.Contains("traceparent", StringComparison.Ordinal)).Order(),
            twice.Member("entries.0.request.headers").EnumerateArray().Select(header => header.GetRawText()).Where(header => !header.Contains("Accept", StringComparison.Ordinal) && !header.Contains("User-Agent", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task The_journal_is_exported_as_an_http_archive()
    {
        await _client.Issue(reference: "a b");
        var har = await _client.Get("/_sim/journal/har?show=personal");
        Assert.Equal(("1.2", "POST", "200", "a b"), (
            har.Text("log.version"), har.Text("log.entries.0.request.method"), har.Text("log.entries.0.response.status"), har.Text("log.entries.0.request.queryString.1.value")));
        Assert.Contains("attachment", har.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.DoesNotContain("a b", (await _client.Get("/_sim/journal/har")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_often_something_was_asked_is_verified()
    {
        await _client.Issue(reference: "X");
        await _client.Issue(campaign: "NONE", reference: "X");
        Assert.Equal(200, (await _client.Post("/_sim/verify", """{"exactly":2,"of":"calls","reference":"X"}""")).Status);
        Assert.Equal(200, (await _client.Post("/_sim/verify", """{"exactly":1,"of":"issued calls","operation":"Request","status":200}""")).Status);
        var wrong = await _client.Post("/_sim/verify", """{"exactly":0,"of":"refused calls"}""");
        Assert.Equal((409, "1", "campaign-unknown"), (wrong.Status, wrong.Text("difference"), wrong.Text("calls.0.why.0.rule")));
        foreach (var json in new[] { """{"exactly":1,"of":"good calls"}""", """{"exactly":1,"of":"vouchers","operation":"Request"}""", """{"exactly":1,"of":"calls","wait":"P1D"}""" })
            Assert.StartsWith("400 ", (await _client.Post("/_sim/verify", json)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_on_its_way_can_be_waited_for()
    {
        var verified = _client.Post("/_sim/verify", """{"exactly":1,"of":"issued calls","wait":"PT30S"}""");
        await _client.Issue();
        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)(await verified).Status);
    }

    private static async Task<JsonElement> Event(StreamReader lines)
    {
        while (await lines.ReadLineAsync(Cancelled) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonDocument.Parse(line[6..]).RootElement;
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
