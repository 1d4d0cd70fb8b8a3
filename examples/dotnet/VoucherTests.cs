using ImovoSim.Client;
using ImovoSim.Testcontainers;

/// <summary>One container for all tests: each has a key, and so a sandbox, of its own.</summary>
public sealed class Simulator : IAsyncLifetime
{
    public ImovoSimContainer Container { get; } = new ImovoSimBuilder("imovo-sim").Build();

    public async ValueTask InitializeAsync() => await Container.StartAsync();

    public ValueTask DisposeAsync() => Container.DisposeAsync();
}

public sealed class VoucherTests(Simulator simulator) : IClassFixture<Simulator>
{
    [Fact]
    public async Task A_redeemed_voucher_cannot_be_cancelled()
    {
        var imovo = simulator.Container.CreateClient("sim_redeemed");
        var voucher = Assert.IsType<VoucherIssued>(await imovo.RequestVoucherAsync("THINK", "07700900001", 20.00m));

        await simulator.Container.Steer("sim_redeemed").Redeem(voucher.Code, outlet: "Corner Shop");

        Assert.IsType<CancelRefused>(await imovo.CancelVoucherAsync(voucher.Code));
    }

    [Fact]
    public async Task A_lost_answer_may_have_issued_a_voucher()
    {
        var imovo = simulator.Container.CreateClient("sim_lost");
        var steer = simulator.Container.Steer("sim_lost");
        await steer.Faults.Add(Fault.ConnectionReset().After().Once());

        await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => imovo.RequestVoucherAsync("THINK", "07700900001", 20.00m));

        await steer.Verify(VoucherCount.Exactly(1, VoucherState.Live).ForReference("07700900001"));
    }
}
