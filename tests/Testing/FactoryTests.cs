using System.Diagnostics;
using System.Net;
using ImovoSim.Client;
using ImovoSim.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ImovoSim.Tests;

/// The simulator in the process of its user's tests.
public sealed class FactoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_the_typed_client_and_is_steered()
    {
        await using var simulator = new ImovoSimulatorFactory();
        var voucher = Assert.IsType<VoucherIssued>(await simulator.CreateClient("sim_factory").RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancel));
        Assert.True((await simulator.Steer("sim_factory").Redeem(voucher.Code, cancellationToken: Cancel)).Accepted);
        Assert.IsType<CancelRefused>(await simulator.CreateClient("sim_factory").CancelVoucherAsync(voucher.Code, Cancel));
        Assert.Contains("DEMO", (await simulator.SteerAll().ListClients(Cancel)).Select(client => client.Name));
    }

    [Fact]
    public async Task A_proxy_of_the_machines_is_not_asked()
    {
        await using var simulator = new ImovoSimulatorFactory();
        var usual = HttpClient.DefaultProxy;
        try
        {
            HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:9");
            Assert.IsType<VoucherIssued>(await simulator.CreateClient("sim_proxy").RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancel));
            Assert.True((await simulator.Steer("sim_proxy").Show(Cancel)).Sandbox);
        }
        finally
        {
            HttpClient.DefaultProxy = usual;
        }
    }

    /// Code of the user's would run on the threads that read sockets, where it must not block.
    [Fact]
    public async Task It_leaves_the_sockets_of_its_users_process_as_they_are()
    {
        await using var simulator = new ImovoSimulatorFactory();
        Assert.IsType<VoucherIssued>(await simulator.CreateClient("sim_sockets").RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancel));
        Assert.Null(Environment.GetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"));
    }

    /// The README's example.
    [Fact]
    public async Task The_README_shows_a_test_that_works()
    {
        await using var imovo = new ImovoSimulatorFactory().WithClient("ACME", "acme-key", campaigns: "THINK", weeklyLimit: 50.00m);
        await imovo.Steer("acme-key").Faults.Add(Fault.ConnectionReset().After().Once(), Cancel);
        await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => imovo.CreateClient("acme-key").RequestVoucherAsync("THINK", "lost", 20.00m, Cancel));
        await imovo.Steer("acme-key").Verify(VoucherCount.Exactly(1, VoucherState.Live).ForReference("lost"), Cancel);
    }

    [Fact]
    public async Task It_has_the_clients_campaigns_and_answers_that_it_is_given()
    {
        var folder = Directory.CreateTempSubdirectory("imovo-factory-");
        var campaigns = Path.Combine(folder.FullName, "campaigns.json");
        await File.WriteAllTextAsync(campaigns, """{"campaigns":[{"code":"MINE","value":5.00,"validity":"P7D"}]}""", Cancel);
        var profile = Path.Combine(folder.FullName, "profile.json");
        await File.WriteAllTextAsync(profile, """{"cancel-twice":"success"}""", Cancel);
        await using (var simulator = new ImovoSimulatorFactory().WithCampaigns(campaigns).WithProfile(profile).WithClient("ACME", "the-key-of-acme", "MINE", 10.00m).WithStore("sqlite"))
        {
            var acme = simulator.CreateClient("the-key-of-acme");
            var voucher = Assert.IsType<VoucherIssued>(await acme.RequestVoucherAsync("MINE", "1", cancellationToken: Cancel));
            Assert.Equal(5.00m, voucher.Balance);
            Assert.IsType<VoucherCancelled>(await acme.CancelVoucherAsync(voucher.Code, Cancel));
            Assert.IsType<VoucherCancelled>(await acme.CancelVoucherAsync(voucher.Code, Cancel));
            Assert.Equal(10.00m, (await simulator.Steer("the-key-of-acme").Limit.Get(Cancel)).WeeklyLimit);
        }

        folder.Delete(true);
    }

    [Fact]
    public async Task It_goes_by_the_time_of_the_tests()
    {
        await using var simulator = new ImovoSimulatorFactory().WithTime(new FakeTimeProvider(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero)));
        var voucher = Assert.IsType<VoucherIssued>(await simulator.CreateClient("sim_factory").RequestVoucherAsync("THINK", "1", 1.00m, Cancel));
        Assert.Equal(new DateTime(2031, 3, 5), voucher.Expiry?.LondonTime.Date);
    }

    [Fact]
    public async Task Its_end_loses_and_breaks_nothing_however_often_it_ends()
    {
        for (var end = 0; end < 20; end++)
        {
            await using var simulator = new ImovoSimulatorFactory().WithStore("sqlite");
            await simulator.CreateClient("sim_factory").RequestVoucherAsync("THINK", "1", 1.00m, Cancel);
        }
    }

    [Fact]
    public async Task Two_simulators_know_nothing_of_each_other()
    {
        await using var first = new ImovoSimulatorFactory();
        await using var second = new ImovoSimulatorFactory();
        var voucher = Assert.IsType<VoucherIssued>(await first.CreateClient("sim_factory").RequestVoucherAsync("THINK", "1", 1.00m, Cancel));
        Assert.IsType<CancelRefused>(await second.CreateClient("sim_factory").CancelVoucherAsync(voucher.Code, Cancel));
    }

    [Fact]
    public async Task What_comes_after_the_start_is_told_to_be_late()
    {
        await using var simulator = new ImovoSimulatorFactory();
        Assert.Equal(simulator.BaseAddress, simulator.GetBaseAddress());
        var late = Assert.Throws<InvalidOperationException>(() => simulator.WithStore("sqlite"));
        Assert.Equal("Store comes too late: the simulator has started. Set it before the first use.", late.Message);
    }

    [Fact]
    public void Nothing_of_the_simulator_stands_in_the_way_of_another_Program()
    {
        var shown = typeof(ImovoSimulatorFactory).Assembly.GetReferencedAssemblies()
            .Where(assembly => assembly.Name == "imovo-sim").SelectMany(assembly => System.Reflection.Assembly.Load(assembly).GetExportedTypes()).ToList();
        Assert.DoesNotContain(shown, type => type.Name == "Program");
        // Slices are public, and so are their models; none of it is where anybody's own names are.
        Assert.All(shown, type => Assert.Contains(type.Namespace, (string[])["ImovoSim.Pages", "ImovoSim.Delivery"]));
    }

    [Fact]
    public async Task It_starts_within_three_tenths_of_a_second()
    {
        // The first start of a process loads and compiles what all others have, and the machine may be busy: the best one counts.
        var limit = TimeSpan.FromMilliseconds(300);
        var best = TimeSpan.MaxValue;
        for (var start = 1; start <= 5 || (best > limit && start <= 20); start++)
        {
            var watch = Stopwatch.StartNew();
            await using var simulator = new ImovoSimulatorFactory();
            _ = simulator.BaseAddress;
            var started = watch.Elapsed;
            await simulator.CreateClient("sim_factory").RequestVoucherAsync("THINK", "1", 1.00m, Cancel);
            TestContext.Current.TestOutputHelper!.WriteLine($"figure: in-process fixture, start {start}: {started.TotalMilliseconds:0} ms to listening, {watch.ElapsedMilliseconds} ms to the first voucher");
            best = started < best ? started : best;
        }

        Assert.InRange(best, TimeSpan.Zero, limit);
    }
}
