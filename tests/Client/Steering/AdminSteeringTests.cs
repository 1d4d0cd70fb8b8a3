using System.Net;
using ImovoSim.Client;

namespace ImovoSim.Tests;

/// Each call of the typed client for the admin, and for those who ask the admin for a key, against the real program.
public sealed class AdminSteeringTests(SteeredSimulator simulator) : IClassFixture<SteeredSimulator>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_admin_sets_what_sandboxes_begin_with()
    {
        var at = new DateTimeOffset(2026, 8, 3, 9, 0, 0, TimeSpan.FromHours(1));
        var set = await simulator.Admin().SetDefaults(new SandboxDefaults(100.00m, ["THINK"], at), Cancel);
        Assert.Equal((100.00m, "THINK", at), (set.WeeklyLimit, Assert.Single(set.Campaigns!), set.FrozenAt));
        Assert.Equal(at, (await simulator.Admin().GetDefaults(Cancel)).FrozenAt);
        await simulator.Admin().RemoveDefaults(Cancel);
        Assert.Equal(new decimal?(), (await simulator.Admin().GetDefaults(Cancel)).WeeklyLimit);
    }

    [Theory]
    [InlineData("2026-08-03", "2026-08-03T00:00:00+01:00")]
    [InlineData("2026-08-03T09:00:00.5", "2026-08-03T09:00:00.5+01:00")]
    [InlineData("2026-12-03T09:00:00Z", "2026-12-03T09:00:00+00:00")]
    public async Task The_admin_is_told_the_instant_at_which_their_clock_stands(string set, string instant)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, "/_sim/admin/defaults") { Headers = { { "Authorization", $"Bearer {SteeredSimulator.Token}" } } };
        put.Content = new StringContent($$$"""{"clock":{"mode":"frozen","at":"{{{set}}}"}}""", System.Text.Encoding.UTF8, "application/json");
        (await simulator.Http.SendAsync(put, Cancel)).EnsureSuccessStatusCode().Dispose();
        var read = await simulator.Admin().GetDefaults(Cancel);
        Assert.Equal(At(instant), read.FrozenAt);
        await simulator.Admin().SetDefaults(read, Cancel);
        Assert.Equal(At(instant), (await simulator.Steer("new").Clock.Get(Cancel)).Now);
        await simulator.Admin().RemoveDefaults(Cancel);
    }

    [Fact]
    public async Task The_admin_makes_lists_and_removes_clients_and_rotates_their_keys()
    {
        var admin = simulator.Admin();
        var name = $"made-{TestContext.Current.Test!.UniqueID[..20]}";
        var made = await admin.MakeClient(name, weeklyLimit: 50.00m, campaigns: ["THINK", "CAMP01"], cancellationToken: Cancel);
        Assert.Equal((name, "THINK,CAMP01", 50.00m, false), (made.Client.Name, made.Client.Campaigns, made.Client.WeeklyLimit, made.Client.Sandbox));
        Assert.DoesNotContain(made.Key, made.ToString(), StringComparison.Ordinal);
        Assert.Contains(name, (await admin.ListClients(Cancel)).Select(client => client.Name));
        var rotated = await admin.RotateKey(name, cancellationToken: Cancel);
        Assert.Equal(name, (await new ImovoSimulator(simulator.Http, rotated.Key).Show(Cancel)).Name);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<ImovoSimulatorException>(() => new ImovoSimulator(simulator.Http, made.Key).Show(Cancel))).StatusCode);
        await admin.RemoveClient(name, Cancel);
        Assert.Equal("There is no client of this name.", (await Assert.ThrowsAsync<ImovoSimulatorException>(() => admin.RemoveClient(name, Cancel))).Detail);
        var refused = await Assert.ThrowsAsync<ImovoSimulatorException>(() => simulator.Admin("not-the-admins-token").ListClients(Cancel));
        Assert.DoesNotContain("not-the-admins-token", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_asks_for_a_key_by_PGP_and_gets_another()
    {
        await using var gpg = new Gpg();
        await gpg.NewKey("acme");
        var publicKey = await gpg.Export("acme");
        var name = $"pgp-{TestContext.Current.Test!.UniqueID[..20]}";
        var answer = await new ImovoSimulatorOnboarding(simulator.Http).Ask(publicKey, name, Cancel);
        var steer = new ImovoSimulator(simulator.Http, await KeyIn(gpg, answer.Message!));
        Assert.Equal((name, null), ((await steer.Show(Cancel)).Name, answer.WaitingId));
        Assert.Equal(name, (await new ImovoSimulator(simulator.Http, await KeyIn(gpg, await steer.RotateKey(publicKey, Cancel))).Show(Cancel)).Name);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<ImovoSimulatorException>(() => steer.Show(Cancel))).StatusCode);
        var refused = await Assert.ThrowsAsync<ImovoSimulatorException>(() => new ImovoSimulatorOnboarding(simulator.Http).Ask("no key", cancellationToken: Cancel));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task The_admin_decides_who_gets_a_key_by_PGP()
    {
        await using var gpg = new Gpg();
        var fingerprint = await gpg.NewKey("acme");
        await using var careful = await SimulatorProcess.Start("--Store", "memory", "--Admin:Token", SteeredSimulator.Token, "--Onboarding:Approval", "true");
        using var http = new HttpClient { BaseAddress = careful.Address };
        var (partner, admin) = (new ImovoSimulatorOnboarding(http), new ImovoSimulatorAdmin(http, SteeredSimulator.Token));
        var (good, bad) = (await partner.Ask(await gpg.Export("acme"), "good", Cancel), await partner.Ask(await gpg.Export("acme"), "bad", Cancel));
        Assert.Equal(good, await partner.Collect(good.WaitingId!, Cancel));
        Assert.Equal([("good", KeyApplicationState.Waiting, fingerprint), ("bad", KeyApplicationState.Waiting, fingerprint)], (await admin.ListApplications(Cancel)).Select(one => (one.Name, one.State, one.Fingerprint)));
        Assert.Equal(KeyApplicationState.Approved, (await admin.ApproveApplication(good.WaitingId!, ["THINK"], 50.00m, Cancel)).State);
        Assert.Equal(KeyApplicationState.Refused, (await admin.RefuseApplication(bad.WaitingId!, "No.", Cancel)).State);
        var client = await new ImovoSimulator(http, await KeyIn(gpg, (await partner.Collect(good.WaitingId!, Cancel)).Message!)).Show(Cancel);
        Assert.Equal(("good", "THINK", 50.00m), (client.Name, client.Campaigns, client.WeeklyLimit));
        Assert.Equal("The admin has refused it: No.", (await Assert.ThrowsAsync<ImovoSimulatorException>(() => partner.Collect(bad.WaitingId!, Cancel))).Detail);
    }

    private static async Task<string> KeyIn(Gpg gpg, string message) => (await gpg.Decrypt(message)).Text.Split("\nKey: ")[1].Split('\n')[0];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
