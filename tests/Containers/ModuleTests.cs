using System.Diagnostics;
using DotNet.Testcontainers.Builders;
using ImovoSim.Client;
using ImovoSim.Testcontainers;

namespace ImovoSim.Tests;

/// The Testcontainers module, and with it the image as its users have it.
public sealed class ModuleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imovo-module-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public async Task A_container_answers_the_typed_client_and_is_steered()
    {
        await using var imovo = await Started(image => new ImovoSimBuilder(image));
        var voucher = Assert.IsType<VoucherIssued>(await imovo.CreateClient("sim_module").RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancel));
        await imovo.Steer("sim_module").Redeem(voucher.Code, cancellationToken: Cancel);
        Assert.IsType<CancelRefused>(await imovo.CreateClient("sim_module").CancelVoucherAsync(voucher.Code, Cancel));
    }

    [Fact]
    public async Task It_is_ready_well_within_a_second()
    {
        // The first one of a process looks for the engine, and the machine may be busy: the best one counts.
        var limit = TimeSpan.FromSeconds(1);
        var best = TimeSpan.MaxValue;
        await ContainerEngine.Required();
        var image = await ContainerEngine.Image;
        for (var start = 1; start <= 5 || (best > limit && start <= 20); start++)
        {
            var watch = Stopwatch.StartNew();
            await using var imovo = new ImovoSimBuilder(image).Build();
            await imovo.StartAsync(Cancel);
            var ready = watch.Elapsed;
            Assert.IsType<VoucherIssued>(await imovo.CreateClient("sim_module").RequestVoucherAsync("THINK", "1", 1.00m, Cancel));
            Say($"Testcontainers: {ready.TotalMilliseconds:0} ms from Build to ready, {watch.ElapsedMilliseconds} ms to the first voucher");
            best = ready < best ? ready : best;
        }

        Assert.InRange(best, TimeSpan.Zero, limit);
    }

    [Fact]
    public async Task It_has_the_clients_campaigns_and_answers_that_it_is_given()
    {
        var campaigns = Written("campaigns.json", """{"campaigns":[{"code":"MINE","value":5.00,"validity":"P7D"}]}""");
        var profile = Written("profile.json", """{"cancel-twice":"success"}""");
        await using var imovo = await Started(image => new ImovoSimBuilder(image)
            .WithCampaigns(campaigns).WithProfile(profile).WithClient("ACME", "the-key-of-acme", "MINE", 10.00m).WithAdminToken("the-token-of-the-admin"));
        var acme = imovo.CreateClient("the-key-of-acme");
        var voucher = Assert.IsType<VoucherIssued>(await acme.RequestVoucherAsync("MINE", "1", cancellationToken: Cancel));
        Assert.Equal(5.00m, voucher.Balance);
        Assert.IsType<VoucherCancelled>(await acme.CancelVoucherAsync(voucher.Code, Cancel));
        Assert.IsType<VoucherCancelled>(await acme.CancelVoucherAsync(voucher.Code, Cancel));
        Assert.Equal(10.00m, (await imovo.Steer("the-key-of-acme").Limit.Get(Cancel)).WeeklyLimit);
        Assert.Contains("ACME", (await imovo.SteerAll().ListClients(Cancel)).Select(client => client.Name));
    }

    [Fact]
    public async Task It_keeps_vouchers_in_PostgreSQL_that_another_one_then_has()
    {
        await ContainerEngine.Required();
        Need.Have("docker", await ContainerEngine.Has("postgres:15-bookworm"), "the image postgres:15-bookworm is not here");
        await using var network = new NetworkBuilder().Build();
        await using var postgres = new ContainerBuilder("postgres:15-bookworm").WithNetwork(network).WithNetworkAliases("db")
            .WithEnvironment("POSTGRES_USER", "imovo").WithEnvironment("POSTGRES_PASSWORD", "it's; secret").Build();
        await postgres.StartAsync(Cancel);
        await using var first = await Started(image => new ImovoSimBuilder(image).WithNetwork(network).WithPostgres("db", "imovo", "imovo", "it's; secret"));
        await using var second = await Started(image => new ImovoSimBuilder(image).WithNetwork(network).WithPostgres("db", "imovo", "imovo", "it's; secret"));
        var voucher = Assert.IsType<VoucherIssued>(await first.CreateClient("sim_module").RequestVoucherAsync("THINK", "1", 1.00m, Cancel));
        Assert.IsType<VoucherCancelled>(await second.CreateClient("sim_module").CancelVoucherAsync(voucher.Code, Cancel));
    }

    /// The README's example.
    [Fact]
    public async Task The_README_shows_a_test_that_works()
    {
        await ContainerEngine.Required();
        await using var imovo = new ImovoSimBuilder("imovo-sim").WithImage(await ContainerEngine.Image).WithClient("ACME", "acme-key", campaigns: "THINK", weeklyLimit: 50.00m).Build();
        await imovo.StartAsync(Cancel);
        var acme = imovo.Steer("acme-key");
        await acme.Clock.Freeze("2026-08-02T23:00:00", Cancel);
        await imovo.CreateClient("acme-key").RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancel);
        await acme.Clock.Advance(TimeSpan.FromDays(31), Cancel);
        await acme.Verify(VoucherCount.Exactly(1, VoucherState.Expired).ForReference("07123456789"), Cancel);
    }

    [Fact]
    public async Task What_is_missing_is_told_before_anything_starts()
    {
        var builder = new ImovoSimBuilder("imovo-sim");
        Assert.Contains("nowhere.json", Assert.Throws<FileNotFoundException>(() => builder.WithCampaigns("nowhere.json")).Message, StringComparison.Ordinal);
        await using var imovo = builder.Build();
        Assert.Equal("This simulator has no admin token: give it one by WithAdminToken.", Assert.Throws<InvalidOperationException>(imovo.SteerAll).Message);
    }

    internal static async Task<ImovoSimContainer> Started(Func<string, ImovoSimBuilder> builder)
    {
        await ContainerEngine.Required();
        var container = builder(await ContainerEngine.Image).Build();
        await container.StartAsync(Cancel);
        return container;
    }

    internal static void Say(string figure) => TestContext.Current.TestOutputHelper!.WriteLine($"figure: {figure}");

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
