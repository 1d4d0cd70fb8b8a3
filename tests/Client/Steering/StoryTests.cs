using ImovoSim.Client;

namespace ImovoSim.Tests;

/// What a test of an integrator's program can do with nothing but its key, told with the typed clients, a hundred times at once.
public sealed class StoryTests(SteeredSimulator simulator) : IClassFixture<SteeredSimulator>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_sandboxes_live_the_same_story_at_once_and_again_after_a_reset()
    {
        var first = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Live(simulator.Client($"{number}"), simulator.Steer($"{number}"))));
        var again = await Task.WhenAll(Enumerable.Range(0, 100).Reverse().Select(number => Live(simulator.Client($"{number}"), simulator.Steer($"{number}"))));
        Assert.Equal(first, again.Reverse());
        Assert.Equal(100, first.Distinct().Count());
    }

    private static async Task<string> Live(IImovoClient imovo, ImovoSimulator simulator)
    {
        await simulator.Reset(Cancel);
        await simulator.Clock.Freeze("2026-08-02T23:00:00", Cancel);
        await simulator.Limit.Set(50.00m, Cancel);

        // A voucher is issued and redeemed, and cannot be cancelled.
        var first = await Issue(imovo, "07700900001", 20.00m);
        var paid = await simulator.Redeem(first.Code, outlet: "Corner Shop", cancellationToken: Cancel);
        Assert.Equal((true, "Redemption successful - transaction is worth £20.00", VoucherState.Redeemed), (paid.Accepted, paid.Text, paid.Voucher.State));
        var kept = Assert.IsType<CancelRefused>(await imovo.CancelVoucherAsync(first.Code, Cancel));
        Assert.Equal("Voucher is already cancelled or redeemed", kept.Reason.RawText);

        // Its customer received the code.
        var sms = await simulator.Messages.WaitFor("07700 900001", cancellationToken: Cancel);
        Assert.Equal((first.Code, first.Message, MessageChannel.Sms), (sms.VoucherCode, sms.Text, sms.Channel));

        // The weekly limit is used up; on Monday 00:00 in London there is a new one.
        await Issue(imovo, "second", 30.00m);
        var refused = Assert.IsType<VoucherRefused>(await imovo.RequestVoucherAsync("THINK", "third", 1.00m, Cancel));
        Assert.Equal("Unable to create voucher: the client weekly value limit has been reached", refused.Reason.RawText);
        Assert.Equal("50.00 allowed - 50.00 used = 0.00 left", (await simulator.Limit.Get(Cancel)).Arithmetic);
        var monday = await simulator.Clock.Advance(TimeSpan.FromHours(1), Cancel);
        Assert.Equal("2026-W32", Assert.Single(monday.WeeksBegun));
        Assert.Equal(new DateTimeOffset(2026, 8, 3, 0, 0, 0, TimeSpan.FromHours(1)), monday.To);
        await Issue(imovo, "third", 1.00m);

        // An answer is lost, and the voucher exists.
        await simulator.Faults.Add(Fault.ConnectionReset().After().ForReference("lost").Once(), Cancel);
        await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => imovo.RequestVoucherAsync("THINK", "lost", 5.00m, Cancel));
        await simulator.Verify(VoucherCount.Exactly(1, VoucherState.Live).ForReference("lost"), Cancel);
        var call = await simulator.Journal.List(CallOutcome.Issued, reference: "lost", cancellationToken: Cancel).SingleAsync(Cancel);
        Assert.Equal((null, 200, "connection-reset", FaultMoment.After), (call.Answer?.Status, call.Lost?.Status, call.Fault?.Kind, call.Fault?.When));
        var lost = await simulator.Vouchers.List(VoucherState.Live, reference: "lost", cancellationToken: Cancel).SingleAsync(Cancel);
        Assert.Equal(lost.Code, call.Code);
        Assert.IsType<VoucherCancelled>(await imovo.CancelVoucherAsync(lost.Code, Cancel));
        return $"{first.Code} {lost.Code}";
    }

    private static async Task<VoucherIssued> Issue(IImovoClient imovo, string reference, decimal value) =>
        Assert.IsType<VoucherIssued>(await imovo.RequestVoucherAsync("THINK", reference, value, Cancel));
}
