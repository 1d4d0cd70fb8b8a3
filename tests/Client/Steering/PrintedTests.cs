using ImovoSim.Client;

namespace ImovoSim.Tests;

/// What the typed client knows of a voucher is told when it is asked for, and not where it is printed.
public sealed class PrintedTests(SteeredSimulator simulator) : IClassFixture<SteeredSimulator>
{
    private const string Contact = "07700900001";
    private readonly ImovoSimulator _steer = simulator.Steer();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_voucher_is_printed_by_its_campaign_its_last_digits_and_its_state()
    {
        var code = await Issue();
        var details = await _steer.Vouchers.Get(code, Cancel);
        Assert.Equal($"THINK voucher …{code[^4..]}, Live", details.Voucher.ToString());
        Assert.Equal($"THINK voucher …{code[^4..]}, Live, 1 events", details.ToString());
    }

    [Fact]
    public async Task Nothing_printed_holds_a_whole_code_or_anything_of_the_customer()
    {
        var added = await _steer.Faults.Add(Fault.Latency(TimeSpan.FromMilliseconds(1)).ForReference(Contact), Cancel);
        var code = await Issue();
        var paid = await _steer.Redeem(code, cancellationToken: Cancel);
        await simulator.Client().CancelVoucherAsync(code, Cancel);
        var details = await _steer.Vouchers.Get(code, Cancel);
        var message = await _steer.Messages.List(cancellationToken: Cancel).FirstAsync(Cancel);
        var calls = await _steer.Journal.List(cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal(2, calls.Count);
        object[] printed =
        [
            added, details, details.Voucher, paid, message, await _steer.Vouchers.Page(cancellationToken: Cancel),
            new SeedVoucher("THINK", Contact), CallCount.Exactly(1).ForVoucher(code), await _steer.Count(CallCount.Exactly(9).ForVoucher(code), Cancel),
            await Assert.ThrowsAsync<ImovoSimulatorException>(() => _steer.Messages.WaitFor("07700900002", TimeSpan.Zero, code, Cancel)),
            .. details.History, .. calls, .. calls.SelectMany(call => (object[])[call.Request, call.Answer!, .. call.Why]),
        ];
        Assert.All(printed, one => Assert.All((string[])[code, Contact, Contact[1..]], secret => Assert.DoesNotContain(secret, one.ToString(), StringComparison.Ordinal)));
    }

    private async Task<string> Issue() => Assert.IsType<VoucherIssued>(await simulator.Client().RequestVoucherAsync("THINK", Contact, 10.00m, Cancel)).Code;
}
