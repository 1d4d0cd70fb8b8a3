using ImovoSim.Client;

namespace ImovoSim.Tests;

/// The README's lines on steering, compiled.
internal static class ReadmeStory
{
    public static async Task<ClockAdvance> Run(IImovoClient imovo, VoucherIssued voucher, Uri address)
    {
        var simulator = new ImovoSimulator(new HttpClient { BaseAddress = address }, "sim_demo");
        await simulator.Clock.Freeze("2026-08-02T23:00:00");
        await simulator.Limit.Set(50.00m);
        var paid = await simulator.Redeem(voucher.Code, outlet: "Corner Shop");
        Console.WriteLine($"{paid.Text}: {(await simulator.Limit.Get()).Arithmetic}");
        var monday = await simulator.Clock.Advance(TimeSpan.FromHours(1));
        await simulator.Faults.Add(Fault.ConnectionReset().After().ForReference("lost").Once());
        try { await imovo.RequestVoucherAsync("THINK", "lost", 5.00m); } catch (VoucherOutcomeUnknownException e) { Console.WriteLine(e.Message); }
        await simulator.Verify(VoucherCount.Exactly(1, VoucherState.Live).ForReference("lost"));
        return monday;
    }
}
