using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

public sealed class CancelTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Client Client = new(1, "C", default, false, 7, CampaignGrant.All, null, default, 3, [new(DateOnly.FromDateTime(Now.Date), 20_00)], Now);
    private static readonly Voucher Live = new(3, "2193785990", "THINK", 20_00, Now, Now.AddDays(30), "07123456789", UsesLeft: 3);

    [Fact]
    public void A_live_voucher_is_cancelled() => Assert.Equal("Cancelled", Cancel(Live));

    [Fact]
    public void A_cancelled_voucher_is_not_cancelled_again() => Assert.Equal("AlreadyCancelledOrRedeemed", Cancel(Live with { State = VoucherState.Cancelled }));

    [Fact]
    public void A_redeemed_voucher_cannot_be_cancelled() => Assert.Equal("AlreadyCancelledOrRedeemed", Cancel(Live with { State = VoucherState.Redeemed }));

    [Fact]
    public void An_expired_voucher_is_cancelled() => Assert.Equal("Cancelled", Cancel(Live with { ExpiresAt = Now.AddTicks(-1) }));

    [Fact]
    public void A_redeemed_voucher_is_not_told_to_have_expired() =>
        Assert.Equal("AlreadyCancelledOrRedeemed", Cancel(Live with { State = VoucherState.Redeemed, ExpiresAt = Now.AddTicks(-1) }, """{"cancel-expired": "own-words"}"""));

    [Theory]
    [InlineData("success", "Cancelled")]
    [InlineData("already-cancelled", "AlreadyCancelledOrRedeemed")]
    public void A_voucher_used_but_not_up_is_cancelled_as_the_facts_say(string answer, string outcome) =>
        Assert.Equal(outcome, Cancel(Live with { Used = true, UsesLeft = 2 }, $$"""{"cancel-part-used": "{{answer}}"}"""));

    [Theory]
    [InlineData("cancel-twice")]
    [InlineData("cancel-part-used")]
    public void A_redeemed_voucher_is_refused_whatever_is_said_of_others(string fact) => Assert.Equal(
        "AlreadyCancelledOrRedeemed", Cancel(Live with { State = VoucherState.Redeemed, Used = true, UsesLeft = 0 }, $$"""{"{{fact}}": "success"}"""));

    [Fact]
    public void A_code_that_differs_in_its_first_or_last_digit_is_another()
    {
        Assert.Equal("VoucherNotFound", Cancel(Live, code: "3193785990"));
        Assert.Equal("VoucherNotFound", Cancel(Live, code: "2193785991"));
        Assert.Equal("Cancelled", Cancel(Live, code: " 2193785990 "));
        Assert.Equal("CodeMissing", Cancel(Live, code: " "));
        Assert.Equal("CodeMissing", Cancel(Live, code: null));
    }

    [Fact]
    public void A_voucher_cancelled_later_gives_its_value_back_to_the_day_of_its_issue() => Assert.Equal(0, LeftAfterCancel(Issued));

    [Fact]
    public void A_voucher_that_was_not_counted_gives_nothing_back()
    {
        Assert.Equal(20_00, LeftAfterCancel(Live));
        Assert.Equal(20_00, LeftAfterCancel(Issued with { Uncounted = true }));
    }

    [Fact]
    public void No_day_has_less_than_nothing_left()
    {
        Assert.Equal(0, LeftAfterCancel(Issued with { Pence = 30_00 }));
        Assert.Equal(20_00, LeftAfterCancel(Issued with { IssuedAt = Now.AddDays(-1) }));
    }

    private static Voucher Issued => Live with { Serial = 4, Code = Issue.CodeOf(Client.Seed, 4, CampaignFile.BuiltIn().Find("THINK")!, Profile.Default)! };

    private static long LeftAfterCancel(Voucher voucher)
    {
        var outcome = new Cancel(voucher.Code, Rules("""{"weekly-limit-after-cancel": "yes"}"""), Now.AddDays(20)).Decide(Client, new Found(voucher, []));
        Assert.True(outcome.Changed);
        return (outcome.Client ?? Client).IssuedBetween(DateOnly.MinValue, DateOnly.MaxValue);
    }

    private static string Cancel(Voucher voucher, string profile = "{}", string? code = "2193785990")
    {
        var change = new Cancel(code, Rules(profile), Now);
        var outcome = change.Decide(Client, new Found(voucher, []));
        Assert.Equal(outcome.Refused.Count == 0 && outcome.Voucher!.State == VoucherState.Cancelled, outcome.Changed);
        Assert.Equal(outcome, change.Decide(Client, new Found(voucher, [])) with { Refused = outcome.Refused });
        return outcome.Refused.Count > 0 ? string.Join(' ', outcome.Refused) : $"{outcome.Voucher!.State}";
    }

    private static Rulebook Rules(string profile) => new(Profile.Parse(profile, "test"), CampaignFile.BuiltIn());
}
