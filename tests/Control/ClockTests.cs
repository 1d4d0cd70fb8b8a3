namespace ImovoSim.Tests;

public sealed class ClockTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    [Fact]
    public async Task A_clock_is_real_until_it_is_set_and_real_again_when_that_is_taken_back()
    {
        var real = await _client.Get("/_sim/clock");
        Assert.Equal(("real", "2026-08-02T23:00:00+01:00", "0"), (real.Text("mode"), real.Text("now"), real.Text("offsetSeconds")));
        await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2027-01-01T00:00:00Z"}""");
        Assert.Equal("2027-01-01T00:00:00+00:00", (await _client.Get("/_sim/clock")).Text("now"));
        Assert.Equal("real", (await _client.Delete("/_sim/clock")).Text("mode"));
        Assert.Equal("real", (await _client.Get("/_sim/clock")).Text("mode"));
    }

    [Fact]
    public async Task A_frozen_clock_stands_an_offset_one_runs()
    {
        await using var simulator = new Simulator();
        var (frozen, running) = (simulator.Client("f"), simulator.Client("r"));
        await frozen.Put("/_sim/clock", """{"mode":"frozen","at":"2026-12-24T12:00:00"}""");
        await running.Put("/_sim/clock", """{"mode":"offset","at":"2026-12-24T12:00:00"}""");
        simulator.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("2026-12-24T12:00:00+00:00", (await frozen.Get("/_sim/clock")).Text("now"));
        Assert.Equal("2026-12-24T12:05:00+00:00", (await running.Get("/_sim/clock")).Text("now"));
    }

    [Fact]
    public async Task The_date_header_and_the_expiry_follow_the_clients_clock_whatever_is_answered()
    {
        await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2031-02-03T04:05:06Z"}""");
        var issued = await _client.Issue();
        Assert.Equal("2031-03-05T23:59:59.9999999", issued.Text("expiryDate"));
        foreach (var reply in new[] { issued, await _client.Issue("NOPE"), await _client.Post("/VoucherRequest/RequestVoucherWithId", "{"), await _client.Get("/_sim/limit") })
            Assert.Equal("Mon, 03 Feb 2031 04:05:06 GMT", reply.Headers["Date"]);
        Assert.DoesNotContain("2031", (await Simulator.Shared.Client("_other").Issue()).Headers["Date"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advancing_says_at_once_what_fell_due()
    {
        var (brief, cancelled, early) = (await _client.Issued("SHORT"), await _client.Issued("SHORT"), await _client.Issued("SHORT"));
        await _client.Cancel(cancelled);
        await _client.Post($"/_sim/vouchers/{early}/expire");
        var month = await _client.Issued();
        var week = await _client.Post("/_sim/clock/advance", """{"by":"P7D"}""");
        Assert.Equal(("2026-08-02T23:00:00+01:00", "2026-08-09T23:00:00+01:00"), (week.Text("from"), week.Text("to")));
        Assert.Equal(("1", brief, "expired"), (week.Text("expired.count"), week.Text("expired.vouchers.0.voucherCode"), week.Text("expired.vouchers.0.state")));
        Assert.Equal("""["2026-W32"]""", week.Text("weeksBegun"));
        Assert.Equal("offset", week.Text("clock.mode"));
        var more = await _client.Post("/_sim/clock/advance", """{"by":"P24D"}""");
        Assert.Contains(month, more.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(brief, more.Body, StringComparison.Ordinal);
        Assert.Equal("expired", (await _client.Get($"/_sim/vouchers/{month}")).Text("history.1.what"));
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00", "P1D", "2026-03-29T12:00:00+01:00")]
    [InlineData("2026-03-28T12:00:00", "PT24H", "2026-03-29T13:00:00+01:00")]
    [InlineData("2026-10-24T12:00:00", "P1D", "2026-10-25T12:00:00+00:00")]
    [InlineData("2026-10-24T12:00:00", "PT24H", "2026-10-25T11:00:00+00:00")]
    [InlineData("2026-01-31T12:00:00", "P1M", "2026-02-28T12:00:00+00:00")]
    [InlineData("2026-10-25T00:30:00", "PT1H", "2026-10-25T01:30:00+01:00")]
    public async Task Days_follow_londons_calendar_and_hours_are_exact(string from, string by, string to)
    {
        await _client.Put("/_sim/clock", $$"""{"mode":"frozen","at":"{{from}}"}""");
        var moved = await _client.Post("/_sim/clock/advance", $$"""{"by":"{{by}}"}""");
        Assert.Equal((to, "frozen"), (moved.Text("to"), moved.Text("clock.mode")));
    }

    [Fact]
    public async Task A_voucher_of_the_last_second_before_midnight_counts_in_the_week_that_ends()
    {
        await _client.Put("/_sim/limit", """{"weeklyLimit":50.00}""");
        await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2026-03-29T23:59:59.9999999"}""");
        Assert.True((await _client.Issue(value: "50.00")).Succeeded);
        Assert.False((await _client.Issue(value: "1.00")).Succeeded);
        Assert.Equal("2026-W14", (await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2026-03-30"}""")) is { Status: 200 } ? (await _client.Get("/_sim/limit")).Text("week") : "");
        Assert.True((await _client.Issue(value: "50.00")).Succeeded);
    }

    [Theory]
    [InlineData("PUT", "", """{"mode":"slow"}""", "400 A clock is ")]
    [InlineData("PUT", "", "{}", "400 A clock is ")]
    [InlineData("PUT", "", """{"mode":"offset"}""", "400 A clock is ")]
    [InlineData("PUT", "", """{"mode":"real","at":"2026-01-01"}""", "400 A clock is ")]
    [InlineData("PUT", "", """{"mode":"frozen","at":"yesterday"}""", "400 \"at\" is an instant")]
    [InlineData("PUT", "", """{"mode":"frozen","at":"2026-02-30"}""", "400 \"at\" is an instant")]
    [InlineData("PUT", "", """{"mode":"frozen","at":"1999-12-31T23:59:59Z"}""", "400 A client's clock can be set from the year 2000 to 2199.")]
    [InlineData("PUT", "", """{"mode":"frozen","at":"9999-12-31"}""", "400 A client's clock can be set from the year 2000 to 2199.")]
    [InlineData("PUT", "", """{"mode":"frozen","at":"0001-01-01"}""", "400 A client's clock can be set from the year 2000 to 2199.")]
    [InlineData("POST", "/advance", """{"by":"P999Y"}""", "400 A client's clock can be set from the year 2000 to 2199.")]
    [InlineData("POST", "/advance", """{"by":"P199Y"}""", "400 A client's clock can be set from the year 2000 to 2199.")]
    [InlineData("POST", "/advance", """{"by":"7 days"}""", "400 \"by\" must be an ISO 8601 duration")]
    [InlineData("POST", "/advance", "{}", "400 \"by\" must be an ISO 8601 duration")]
    [InlineData("POST", "/advance", """{"by":"-P1D"}""", "400 \"by\" must be an ISO 8601 duration")]
    public async Task A_clock_that_makes_no_sense_is_refused_and_changes_nothing(string method, string path, string json, string problem)
    {
        Assert.StartsWith(problem, (await _client.Send(new HttpMethod(method), $"/_sim/clock{path}", json)).Problem, StringComparison.Ordinal);
        Assert.Equal("real", (await _client.Get("/_sim/clock")).Text("mode"));
    }
}
