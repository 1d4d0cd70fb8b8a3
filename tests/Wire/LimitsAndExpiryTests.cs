using System.Globalization;

namespace ImovoSim.Tests;

/// Weeks and days as a caller meets them, by a clock that the test moves.
public sealed class LimitsAndExpiryTests
{
    private const string LimitReached = "Unable to create voucher: the client weekly value limit has been reached";

    [Fact]
    public async Task The_weekly_limit_may_be_filled_to_the_penny_and_not_beyond()
    {
        await using var simulator = new Simulator();
        var limited = new Caller(simulator.Http, "limitco-key");
        Assert.Equal("issued 60.00", (await limited.Issue("LIMITED", "60.00")).Said);
        Assert.Equal(LimitReached, (await limited.Issue("LIMITED", "40.01")).Said);
        Assert.Equal("ClientWeeklyValueLimitReached", (await limited.WithId(Caller.Sample.Replace("CAMP01", "LIMITED", StringComparison.Ordinal).Replace("1.00", "40.01", StringComparison.Ordinal))).Said);
        var last = await limited.Issue("LIMITED", "40.00");
        Assert.Equal("issued 40.00", last.Said);
        Assert.Equal(LimitReached, (await limited.Issue("LIMITED", "1.00")).Said);
        Assert.Equal("done", (await limited.Cancel(last.Code)).Said);
        Assert.Equal(LimitReached, (await limited.Issue("LIMITED", "1.00")).Said);
        Assert.Equal("Unable to create voucher: the value entered is invalid", (await limited.Issue("LIMITED", "100.01")).Said);
    }

    [Theory]
    [InlineData("2026-01-12T00:00Z")]
    [InlineData("2026-05-24T23:00Z")]
    [InlineData("2026-03-29T23:00Z")]
    [InlineData("2026-10-26T00:00Z")]
    public async Task A_week_ends_on_Monday_at_midnight_in_London(string midnight)
    {
        var monday = DateTimeOffset.Parse(midnight, CultureInfo.InvariantCulture);
        await using var simulator = new Simulator(at: monday.AddDays(-6));
        var limited = new Caller(simulator.Http, "limitco-key");
        Assert.Equal("issued 100.00", (await limited.Issue("LIMITED", "100")).Said);
        simulator.Clock.SetUtcNow(monday.AddTicks(-1));
        Assert.Equal(LimitReached, (await limited.Issue("LIMITED", "1")).Said);
        simulator.Clock.SetUtcNow(monday);
        Assert.Equal("issued 100.00", (await limited.Issue("LIMITED", "100")).Said);
        Assert.Equal(LimitReached, (await limited.Issue("LIMITED", "1")).Said);
    }

    [Fact]
    public async Task Parallel_calls_cannot_overspend_the_limit()
    {
        await using var simulator = new Simulator();
        var limited = new Caller(simulator.Http, "limitco-key");
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => limited.Issue("LIMITED", "3.00")));
        Assert.Equal(33, replies.Count(reply => reply.Succeeded));
        Assert.Equal(33, replies.Where(reply => reply.Succeeded).Select(reply => reply.Code).Distinct().Count());
    }

    [Theory]
    [InlineData("2026-01-10T12:00Z", "2026-02-10T00:00Z", "2026-02-09")]
    [InlineData("2026-05-24T12:00Z", "2026-06-23T23:00Z", "2026-06-23")]
    [InlineData("2026-02-27T12:00Z", "2026-03-29T23:00Z", "2026-03-29")]
    [InlineData("2026-09-25T12:00Z", "2026-10-26T00:00Z", "2026-10-25")]
    public async Task A_voucher_expires_with_the_end_of_its_London_day(string issued, string over, string day)
    {
        await using var simulator = new Simulator("""{"cancel-expired": "own-words"}""", at: DateTimeOffset.Parse(issued, CultureInfo.InvariantCulture));
        // Not a sandbox: in thirty days it would be forgotten.
        var caller = new Caller(simulator.Http, "demo-key");
        var (first, second) = (await caller.Issue(), await caller.Issue());
        Assert.Equal(day + "T23:59:59.9999999", first.ExpiryDate);
        var end = DateTimeOffset.Parse(over, CultureInfo.InvariantCulture);
        simulator.Clock.SetUtcNow(end.AddTicks(-1));
        Assert.Equal("done", (await caller.Cancel(first.Code)).Said);
        simulator.Clock.SetUtcNow(end);
        Assert.Equal("Voucher has expired", (await caller.Cancel(second.Code)).Said);
    }

    [Fact]
    public async Task A_SHORT_voucher_lives_for_a_minute()
    {
        await using var simulator = new Simulator("""{"cancel-expired": "own-words"}""");
        var caller = simulator.Caller();
        var (first, second) = ((await caller.Issue("SHORT", "1")).Code, (await caller.Issue("SHORT", "1")).Code);
        simulator.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("done", (await caller.Cancel(first)).Said);
        simulator.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("Voucher has expired", (await caller.Cancel(second)).Said);
    }

    [Fact]
    public async Task An_expired_voucher_can_be_cancelled_once()
    {
        await using var simulator = new Simulator();
        var caller = simulator.Caller();
        var code = (await caller.Issue("SHORT", "1")).Code;
        simulator.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("done", (await caller.Cancel(code)).Said);
        Assert.Equal("Voucher is already cancelled or redeemed", (await caller.Cancel(code)).Said);
    }

    [Fact]
    public async Task ONEPER_allows_one_live_voucher_a_reference()
    {
        await using var simulator = new Simulator();
        var caller = new Caller(simulator.Http, "demo-key");
        const string refused = "Unable to create voucher: a live voucher already exists for the supplied customer reference";
        var first = await caller.Issue("ONEPER", reference: "one");
        Assert.Equal("issued 1.00", first.Said);
        Assert.Equal(refused, (await caller.Issue("oneper", reference: "one")).Said);
        Assert.Equal("CustomerVoucherLimitReached", (await caller.WithId(Caller.Sample.Replace("CAMP01", "ONEPER", StringComparison.Ordinal).Replace("09283-765748", "one", StringComparison.Ordinal))).Said);
        Assert.Equal("issued 1.00", (await caller.Issue("ONEPER", reference: "two")).Said);
        Assert.Equal("done", (await caller.Cancel(first.Code)).Said);
        Assert.Equal("issued 1.00", (await caller.Issue("ONEPER", reference: "one")).Said);
        Assert.Equal(refused, (await caller.Issue("ONEPER", reference: "one")).Said);
        simulator.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal("issued 1.00", (await caller.Issue("ONEPER", reference: "one")).Said);
    }
}
