using System.Globalization;
using System.Text;
using ImovoSim.Campaigns;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// The end of a campaign as the end of its vouchers, and how it is written.
public sealed class ExpiryTests
{
    private static readonly DateTimeOffset LateOnTheLastDay = new(2026, 8, 31, 22, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("PT2H", "time-of-issue")]
    [InlineData("P30D", "time-of-issue")]
    [InlineData("P30D", "end-of-day-7-digits")]
    [InlineData("PT2H", "end-of-day-7-digits")]
    public void Whatever_its_validity_a_voucher_ends_with_its_campaigns_last_day(string validity, string expiry) =>
        Assert.Equal(At("2026-08-31T22:59:59.9999999Z"), Ends($"\"validity\": \"{validity}\", \"expiry\": \"{expiry}\", \"ends\": \"2026-08-31\""));

    [Theory]
    [InlineData("refuses", null)]
    [InlineData("is-ignored", "2026-09-01T00:30:00Z")]
    public void A_validity_of_hours_goes_by_the_facts_of_a_campaigns_end(string answer, string? ends) => Assert.Equal(
        ends is null ? null : At(ends),
        Ends("\"validity\": \"PT2H\", \"expiry\": \"time-of-issue\", \"ends\": \"2026-08-31\"", $$"""{"campaign-end": "{{answer}}"}"""));

    [Theory]
    [InlineData("PT20M", "2026-08-31T22:50:00Z")]
    [InlineData("P0D", "2026-08-31T22:30:00Z")]
    public void A_validity_that_ends_before_its_campaign_does_is_kept_to_the_second(string validity, string ends) =>
        Assert.Equal(At(ends), Ends($"\"validity\": \"{validity}\", \"expiry\": \"time-of-issue\", \"ends\": \"2026-08-31\""));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"expiry-zone": "utc"}""")]
    public void A_campaign_may_end_with_the_last_day_that_there_is(string profile) =>
        Assert.Equal(DateTimeOffset.MaxValue, Ends("\"ends\": \"9999-12-31\"", profile));

    [Theory]
    [InlineData("dd-MMM", "30-Sept")]
    [InlineData("MMM yy", "Sept 26")]
    [InlineData("dd MMMM yyyy", "30 September 2026")]
    [InlineData("MMMM", "September")]
    public void A_September_of_four_letters_leaves_the_whole_word_as_it_is(string form, string written)
    {
        var campaign = Campaign($"\"validity\": \"P30D\", \"message\": \"{{expiry:{form}}}\"");
        var facts = Profile.Parse("""{"month-names": "Sept"}""", "test");
        var voucher = new Voucher(4, "1", "X", 1_00, LateOnTheLastDay, Expiry.Of(campaign, LateOnTheLastDay, facts)!.Value, "1");
        Assert.Equal(written, CustomerMessage.For(campaign, voucher, facts));
    }

    private static DateTimeOffset? Ends(string members, string profile = "{}") => Expiry.Of(Campaign(members), LateOnTheLastDay, Profile.Parse(profile, "test"));

    private static Campaign Campaign(string members) =>
        CampaignReader.Read(Encoding.UTF8.GetBytes($"{{\"campaigns\": [{{\"code\": \"X\", \"value\": 1, {members}}}]}}")).All[0];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
