using ImovoSim.Client;

namespace ImovoSim.Tests;

public sealed class ExpiryTests
{
    [Theory]
    [InlineData("2026-01-31T23:59:59", "2026-01-31T23:59:59.0000000+00:00")]
    [InlineData("2020-06-23T23:59:59.9999999", "2020-06-23T23:59:59.9999999+01:00")]
    [InlineData("2024-08-09T23:59:59.999", "2024-08-09T23:59:59.9990000+01:00")]
    [InlineData("2026-12-31T17:25:43.3028253", "2026-12-31T17:25:43.3028253+00:00")]
    [InlineData("2026-03-29T00:59:59.9999999", "2026-03-29T00:59:59.9999999+00:00")] // the last moment before summer
    [InlineData("2026-03-29T01:00:00", "2026-03-29T02:00:00.0000000+01:00")] // skipped: the moment of the change
    [InlineData("2026-03-29T01:59:59.9999999", "2026-03-29T02:00:00.0000000+01:00")]
    [InlineData("2026-03-29T02:00:00", "2026-03-29T02:00:00.0000000+01:00")]
    [InlineData("2026-10-25T00:59:59.9999999", "2026-10-25T00:59:59.9999999+01:00")]
    [InlineData("2026-10-25T01:00:00", "2026-10-25T01:00:00.0000000+00:00")] // repeated: the later one
    [InlineData("2026-10-25T01:59:59.9999999", "2026-10-25T01:59:59.9999999+00:00")]
    [InlineData("0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("2026-10-25T02:00:00", "2026-10-25T02:00:00.0000000+00:00")]
    public void London_time_becomes_the_instant_that_it_means(string wire, string instant)
    {
        Assert.True(VoucherExpiry.TryParse(wire, out var expiry));
        Assert.Equal(instant, expiry.Instant.ToString("O"));
        Assert.Equal(DateTimeKind.Unspecified, expiry.LondonTime.Kind);
        Assert.Equal(wire, expiry.LondonTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-06-30T22:59:59Z", "2026-06-30T23:59:59.0000000+01:00")]
    [InlineData("2026-06-30T22:59:59.1234567+00:00", "2026-06-30T23:59:59.1234567+01:00")]
    [InlineData("2026-01-30T22:59:59+01:00", "2026-01-30T21:59:59.0000000+00:00")]
    public void An_offset_is_taken_at_its_word(string wire, string instant)
    {
        Assert.True(VoucherExpiry.TryParse(wire, out var expiry));
        Assert.Equal(instant, expiry.Instant.ToString("O"));
        Assert.Equal(instant[..27], expiry.LondonTime.ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-06-30")]
    [InlineData("30/06/2026 23:59:59")]
    [InlineData("2026-02-29T23:59:59")]
    [InlineData("2026-06-30T24:00:00")]
    [InlineData("2026-06-30T23:59:59.99999999")]
    public void What_is_no_expiry_is_not_guessed(string wire) => Assert.False(VoucherExpiry.TryParse(wire, out _));

    [Fact]
    public void The_rule_for_machines_without_time_zones_agrees_with_those_that_have_them()
    {
        var rule = LondonTime.ByRule();
        for (var hour = new DateTime(1996, 1, 1, 0, 30, 0, DateTimeKind.Utc); hour.Year < 2037; hour = hour.AddHours(1))
            if (rule.GetUtcOffset(hour) != LondonTime.Zone.GetUtcOffset(hour))
                Assert.Fail($"They differ at {hour:O}.");
    }

    [Theory]
    [InlineData("valid to 23-Jun: http://imovo.org/3721902693TY OR shop: use", "http://imovo.org/3721902693TY")]
    [InlineData("T&Cs: imovo.org/?id=GC-QGhDENUu4", "http://imovo.org/?id=GC-QGhDENUu4")]
    [InlineData("See https://digitalvouchers-uat-voucher.azurewebsites.net/voucher/3721902693/go.", "https://digitalvouchers-uat-voucher.azurewebsites.net/voucher/3721902693/go")]
    [InlineData("(imovo.org/12345AB)", "http://imovo.org/12345AB")]
    [InlineData("at http://127.0.0.1:5080/3721902693TY now", "http://127.0.0.1:5080/3721902693TY")]
    [InlineData("Your code is 3721902693. Help? 0800 310 0000", null)]
    [InlineData("Write to help@imovo.org or call 24/7", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_link_is_found_in_the_message(string? message, string? link) => Assert.Equal(link, VoucherLink.Find(message)?.AbsoluteUri);
}
