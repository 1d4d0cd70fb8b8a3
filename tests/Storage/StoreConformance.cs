using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// What every store promises; a store's own tests only say how it is opened.
public abstract partial class StoreConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rulebook Rules = new(Profile.Default, CampaignFile.BuiltIn());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected IStore Store { get; private set; } = null!;

    /// A door to the same state as before; the second one is another replica where the store can have several.
    private protected abstract Task<IStore> Open();

    public virtual async ValueTask InitializeAsync() => Store = await Open();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_client_is_found_by_its_key_with_all_that_is_its_own()
    {
        var made = await Add("one", limit: 100_00, clock: new ClockSetting(TimeSpan.FromHours(3), Now));
        var found = await Store.FindClient(made.Key, Cancelled);
        Assert.Equal(made with { DayTotals = [] }, found! with { DayTotals = [] });
        Assert.Equal(new ClockSetting(TimeSpan.FromHours(3), Now), found.Clock);
        Assert.Null(await Store.FindClient(ApiKeys.Hash("nobody's"), Cancelled));
    }

    [Fact]
    public async Task Making_a_client_again_answers_the_one_that_is_there()
    {
        var first = await Add("one");
        await Issue(first, 10);
        var second = await Add("one");
        Assert.Equal((first.Id, 1L), (second.Id, (await Store.FindClient(first.Key, Cancelled))!.Id == second.Id ? 1L : 0L));
        Assert.Equal(10_00, (await Issue(second, 10)).Voucher!.Pence);
    }

    [Fact]
    public async Task Parallel_newcomers_with_one_key_are_one_client()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Add("same"))));
        Assert.Single(made.Select(client => client.Id).Distinct());
        Assert.Single(await Store.Clients(Cancelled));
    }

    [Fact]
    public async Task There_are_no_more_sandboxes_than_allowed()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await Store.AddClient(Newcomer($"box {i}", isSandbox: true), [], 5, Cancelled))));
        Assert.Equal(5, made.Count(client => client is not null));
        Assert.NotNull(await Store.AddClient(Newcomer("configured"), [], 5, Cancelled));
        var known = made.First(client => client is not null)!;
        Assert.Equal(known.Id, (await Store.AddClient(known, [], 5, Cancelled))?.Id);
    }

    [Fact]
    public async Task Idle_sandboxes_are_forgotten_with_all_that_is_theirs()
    {
        var idle = (await Store.AddClient(Newcomer("idle", isSandbox: true), [], 9, Cancelled))!;
        var voucher = (await Issue(idle, 10, at: Now)).Voucher!;
        var busy = (await Store.AddClient(Newcomer("busy", isSandbox: true), [], 9, Cancelled))!;
        await Issue(busy, 10, at: Now.AddDays(2));
        var configured = await Add("configured");
        Assert.Equal(1, await Store.ForgetSandboxes(Now.AddDays(1), Cancelled));
        Assert.Null(await Store.Change(idle.Id, new Cancel(voucher.Code, Rules, Now)));
        Assert.Null(await Store.FindVoucher(idle.Id, voucher.Serial, Cancelled));
        Assert.Null(await Store.FindClient(idle.Key, Cancelled));
        Assert.NotNull(await Store.FindClient(configured.Key, Cancelled));
        Assert.Empty((await Issue(busy, 10, at: Now.AddDays(2))).Refused);
    }

    [Fact]
    public async Task A_voucher_is_kept_as_it_was_issued()
    {
        var client = await Add("one");
        var request = new IssueRequest(true, "CAMP01", "réf/1 \"2\" 😀", AskedValue.Of(12.34m), "a@example.com", "O'Neil <b>", "1 High St\nTown", "AL1 0BS");
        var issued = (await Store.Change(client.Id, new Issue(request, Rules, Now)))!.Voucher!;
        Assert.Equal(issued, await Store.FindVoucher(client.Id, issued.Serial, Cancelled));
        var plain = (await Issue(client, 1)).Voucher!;
        Assert.Equal(plain, await Store.FindVoucher(client.Id, plain.Serial, Cancelled));
        Assert.Null(await Store.FindVoucher(client.Id, plain.Serial + 1, Cancelled));
    }

    [Fact]
    public async Task A_code_leads_to_its_voucher_and_to_no_other_clients()
    {
        var (one, other) = (await Add("one"), await Add("other"));
        var code = (await Issue(one, 10)).Voucher!.Code;
        Assert.Equal([Reason.VoucherNotFound], (await Cancel(other, code)).Refused);
        Assert.Empty((await Cancel(one, code)).Refused);
        Assert.Equal([Reason.AlreadyCancelledOrRedeemed], (await Cancel(one, code)).Refused);
    }

    [Fact]
    public async Task Four_hundred_parallel_requests_spend_a_limit_to_the_penny()
    {
        var client = await Add("limited", limit: 1000_00);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => Task.Run(() => Issue(client, 10))));
        Assert.Equal(100, outcomes.Count(outcome => outcome.Refused.Count == 0));
        Assert.Equal(300, outcomes.Count(outcome => outcome.Refused is [Reason.WeeklyLimitReached]));
        Assert.Equal(100, outcomes.Select(outcome => outcome.Voucher?.Code).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task Of_fifty_parallel_cancels_one_succeeds()
    {
        var client = await Add("one");
        var code = (await Issue(client, 10)).Voucher!.Code;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Cancel(client, code))));
        Assert.Single(outcomes, outcome => outcome.Refused.Count == 0);
    }

    [Fact]
    public async Task Vouchers_of_a_reference_are_counted_under_parallel_requests_and_free_when_cancelled()
    {
        var client = await Add("one");
        Task<Outcome> Once() => Change(client, new Issue(new IssueRequest(false, "ONEPER", "0770090000", AskedValue.Absent), Rules, Now));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(Once)));
        var issued = Assert.Single(outcomes, outcome => outcome.Refused.Count == 0).Voucher!;
        await Cancel(client, issued.Code);
        Assert.Empty((await Once()).Refused);
        Assert.Equal([Reason.ReferenceLimitReached], (await Once()).Refused);
    }

    [Fact]
    public async Task A_change_that_throws_harms_no_other()
    {
        var client = await Add("one");
        var good = Enumerable.Range(0, 30).Select(_ => Task.Run(() => Issue(client, 10))).ToArray();
        var bad = Enumerable.Range(0, 5).Select(_ => Task.Run(() => Change(client, new Faulty(Now)))).ToArray();
        await Task.WhenAll(good);
        foreach (var task in bad)
            Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidOperationException>(() => task)).Message);
        Assert.Equal(30, good.Select(task => task.Result.Voucher!.Code).Distinct().Count());
    }

    [Fact]
    public async Task A_door_opened_later_sees_all_that_was_answered()
    {
        if (!Survives)
            return;
        var client = await Add("one", limit: 100_00);
        var kept = (await Issue(client, 60)).Voucher!;
        var cancelled = (await Issue(client, 30)).Voucher!;
        await Cancel(client, cancelled.Code);
        await Store.DisposeAsync();
        Store = await Open();
        var again = (await Store.FindClient(client.Key, Cancelled))!;
        Assert.Equal(client.Id, again.Id);
        Assert.Equal([Reason.WeeklyLimitReached], (await Issue(again, 10.01m)).Refused);
        Assert.Equal([Reason.AlreadyCancelledOrRedeemed], (await Cancel(again, cancelled.Code)).Refused);
        Assert.Empty((await Cancel(again, kept.Code)).Refused);
        Assert.Equal(kept.Serial + 2, (await Issue(again, 10)).Voucher!.Serial);
    }

    [Fact]
    public async Task It_says_when_it_is_ready() => await Store.Ready(Cancelled);

    private protected virtual bool Survives => true;

    private protected static Client Newcomer(string name, bool isSandbox = false, long? limit = null, ClockSetting clock = default) =>
        new(0, name, ApiKeys.Hash(name), isSandbox, (ulong)name.Length * 7919, CampaignGrant.All, limit, clock, 0, [], Now);

    private protected async Task<Client> Add(string name, long? limit = null, ClockSetting clock = default) =>
        (await Store.AddClient(Newcomer(name, limit: limit, clock: clock), [], 100, Cancelled))!;

    private protected Task<Outcome> Issue(Client client, decimal pounds, DateTimeOffset? at = null) =>
        Change(client, new Issue(new IssueRequest(false, "THINK", "07700900000", AskedValue.Of(pounds)), Rules, at ?? Now));

    private protected Task<Outcome> Cancel(Client client, string code) => Change(client, new Cancel(code, Rules, Now));

    private async Task<Outcome> Change(Client client, Change change) => (await Store.Change(client.Id, change))!;

    private sealed class Faulty(DateTimeOffset now) : Change(now)
    {
        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => throw new InvalidOperationException("on purpose");
    }
}
