using System.Globalization;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// Days, weeks and ends of vouchers by London's clock, over both of its changes.
public sealed class LondonTests
{
    [Theory]
    [InlineData("2026-01-15T12:00Z", "2026-01-15T12:00")]
    [InlineData("2026-07-15T12:00Z", "2026-07-15T13:00")]
    [InlineData("2026-03-29T00:59:59Z", "2026-03-29T00:59:59")]
    [InlineData("2026-03-29T01:00Z", "2026-03-29T02:00")]
    [InlineData("2026-10-25T00:59:59Z", "2026-10-25T01:59:59")]
    [InlineData("2026-10-25T01:00Z", "2026-10-25T01:00")]
    public void The_wall_clock_follows_summer_time(string instant, string wall) => Assert.Equal(Day(wall), London.Wall(At(instant)));

    [Theory]
    [InlineData("2026-01-15T12:00", "2026-01-15T12:00Z")]
    [InlineData("2026-07-15T12:00", "2026-07-15T11:00Z")]
    [InlineData("2026-03-29T00:59", "2026-03-29T00:59Z")]
    [InlineData("2026-03-29T01:00", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29T01:30", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29T02:00", "2026-03-29T01:00Z")]
    [InlineData("2026-10-25T00:59", "2026-10-24T23:59Z")]
    [InlineData("2026-10-25T01:00", "2026-10-25T01:00Z")]
    [InlineData("2026-10-25T01:30", "2026-10-25T01:30Z")]
    [InlineData("2026-10-25T02:00", "2026-10-25T02:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999Z")]
    public void A_skipped_time_is_the_change_and_a_repeated_one_the_later(string wall, string instant) => Assert.Equal(At(instant), London.Instant(Day(wall)));

    [Theory]
    [InlineData("2026-05-18", "2026-05-18")]
    [InlineData("2026-05-24", "2026-05-18")]
    [InlineData("2026-05-25", "2026-05-25")]
    [InlineData("2026-01-01", "2025-12-29")]
    public void A_week_begins_on_Monday(string day, string monday) => Assert.Equal(DateOnly.Parse(monday, CultureInfo.InvariantCulture), London.Monday(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("THINK", "2026-05-24T12:00Z", "2026-06-23T22:59:59.9999999Z")]
    [InlineData("THINK", "2026-05-24T22:59:59Z", "2026-06-23T22:59:59.9999999Z")]
    [InlineData("THINK", "2026-05-24T23:00Z", "2026-06-24T22:59:59.9999999Z")]
    [InlineData("THINK", "2026-02-27T12:00Z", "2026-03-29T22:59:59.9999999Z")]
    [InlineData("THINK", "2026-02-26T12:00Z", "2026-03-28T23:59:59.9999999Z")]
    [InlineData("THINK", "2026-09-25T12:00Z", "2026-10-25T23:59:59.9999999Z")]
    [InlineData("THINK", "2026-09-24T12:00Z", "2026-10-24T22:59:59.9999999Z")]
    [InlineData("CAMP01", "2026-05-24T12:00Z", "2026-08-22T22:59:59.999Z")]
    [InlineData("GMGSUB7DAY", "2024-02-29T12:00Z", "2025-02-28T23:59:59.9999999Z")]
    [InlineData("SHORT", "2026-10-25T00:59:30Z", "2026-10-25T01:00:30Z")]
    [InlineData("SHORT", "2026-03-29T00:59:30Z", "2026-03-29T01:00:30Z")]
    [InlineData("GSUBPROMO001", "2026-07-01T16:25:43.3028253Z", "2030-12-31T17:25:43.3028253Z")]
    [InlineData("FREEBAR", "2030-12-31T12:00Z", "2030-12-31T23:59:59.9999999Z")]
    public void A_voucher_ends_with_a_London_day_or_at_its_time_of_issue(string campaign, string issued, string ends) =>
        Assert.Equal(At(ends), Expiry.Of(CampaignFile.BuiltIn().Find(campaign)!, At(issued), Profile.Default));

    [Fact]
    public void A_voucher_lives_to_its_last_tick()
    {
        var ends = At("2026-06-23T22:59:59.9999999Z");
        var voucher = new Voucher(1, "1", "THINK", 1, ends.AddDays(-30), ends, "1");
        Assert.True(voucher.Live(ends));
        Assert.False(voucher.Live(ends.AddTicks(1)));
        Assert.False((voucher with { State = VoucherState.Cancelled }).Live(ends));
    }

    [Theory]
    [InlineData(99_99, 1, false)]
    [InlineData(99_99, 2, true)]
    [InlineData(0, 100_00, false)]
    [InlineData(0, 100_01, true)]
    [InlineData(100_00, 0, false)]
    public void A_weekly_limit_may_be_filled_to_the_penny(long issued, long asked, bool refused)
    {
        var today = DateOnly.Parse("2026-05-24", CultureInfo.InvariantCulture);
        Assert.Equal(refused, WeeklyLimit.Refuses(Limited(new DayTotal(today.AddDays(-6), issued)), today, asked, Profile.Default));
    }

    [Fact]
    public void Only_the_days_of_the_week_count()
    {
        var sunday = DateOnly.Parse("2026-05-24", CultureInfo.InvariantCulture);
        Assert.False(WeeklyLimit.Refuses(Limited(new DayTotal(sunday.AddDays(-7), 100_00)), sunday, 100_00, Profile.Default));
        Assert.True(WeeklyLimit.Refuses(Limited(new DayTotal(sunday, 100_00)), sunday, 1, Profile.Default));
        Assert.False(WeeklyLimit.Refuses(Limited(new DayTotal(sunday, 100_00)), sunday.AddDays(1), 100_00, Profile.Default));
        Assert.False(WeeklyLimit.Refuses(Limited(new DayTotal(sunday, 100_00)) with { WeeklyLimit = null }, sunday, 100_00, Profile.Default));
    }

    [Fact]
    public void A_client_keeps_more_days_than_any_week_needs_and_no_more()
    {
        var client = Limited();
        var first = DateOnly.Parse("2026-01-01", CultureInfo.InvariantCulture);
        for (var day = 0; day < 900; day++)
            client = client with { DayTotals = client.WithTotal(first.AddDays(day), 1) };
        Assert.Equal(400, client.DayTotals.Length);
        Assert.Equal(400, client.IssuedBetween(first, first.AddDays(900)));
        Assert.Equal(7, client.IssuedBetween(first.AddDays(893), first.AddDays(899)));
    }

    [Fact]
    public void An_older_day_than_all_that_are_kept_counts_as_any_other()
    {
        var client = Limited();
        var first = DateOnly.Parse("2026-01-01", CultureInfo.InvariantCulture);
        for (var day = 0; day < 400; day++)
            client = client with { DayTotals = client.WithTotal(first.AddDays(day), 1) };
        var older = first.AddDays(-700);
        client = client with { DayTotals = client.WithTotal(older, 60_00) };
        client = client with { DayTotals = client.WithTotal(older, 40_00) };
        Assert.Equal(400, client.DayTotals.Length);
        Assert.True(WeeklyLimit.Refuses(client, older, 1, Profile.Default));
    }

    private static Client Limited(params DayTotal[] totals) =>
        new(1, "C", default, false, 1, CampaignGrant.All, 100_00, default, 3, [.. totals], DateTimeOffset.UnixEpoch);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Day(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
