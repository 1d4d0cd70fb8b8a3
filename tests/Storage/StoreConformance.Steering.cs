using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// What steering asks of every store: lists, histories, a client that begins anew, keys that change hands.
public abstract partial class StoreConformance
{
    [Fact]
    public async Task Vouchers_are_listed_in_pages_by_what_they_are()
    {
        var (client, other) = (await Add("one"), await Add("other"));
        await Issue(other, 10);
        var live = (await Issue(client, 10)).Voucher!;
        var old = (await Issue(client, 20, Now.AddDays(-60))).Voucher!;
        var cancelled = (await Issue(client, 30)).Voucher!;
        await Cancel(client, cancelled.Code);
        var another = (await Change(client, new Issue(new IssueRequest(false, "OFF50P", "ref/2", AskedValue.Absent), Rules, Now))).Voucher!;

        Assert.Equal([live, old, cancelled with { State = VoucherState.Cancelled }, another], await Find(client, new VoucherQuery(Now)));
        Assert.Equal([live, another], await Find(client, new VoucherQuery(Now, Standing.Live)));
        Assert.Equal([old], await Find(client, new VoucherQuery(Now, Standing.Expired)));
        Assert.Equal([3L], (await Find(client, new VoucherQuery(Now, Standing.Cancelled))).Select(voucher => voucher.Serial));
        Assert.Empty(await Find(client, new VoucherQuery(Now, Standing.Redeemed)));
        Assert.Equal([another], await Find(client, new VoucherQuery(Now, Campaign: "OFF50P")));
        Assert.Equal([another], await Find(client, new VoucherQuery(Now, Reference: "ref/2")));
        Assert.Empty(await Find(client, new VoucherQuery(Now, Campaign: "THINK", Reference: "ref/2")));
        Assert.Equal([old, another], await Find(client, new VoucherQuery(Now.AddDays(90), Standing.Expired, After: 1)));
        Assert.Equal([2L, 3L], (await Find(client, new VoucherQuery(Now, After: 1, AtMost: 2))).Select(voucher => voucher.Serial));
        Assert.Equal(2, await Store.CountVouchers(client.Id, new VoucherQuery(Now, Standing.Live, After: 1, AtMost: 1), Cancelled));
    }

    [Fact]
    public async Task A_count_beyond_all_vouchers_leads_to_nobodys()
    {
        var (client, other) = (await Add("one"), await Add("other"));
        await Issue(client, 10);
        await Issue(other, 10);
        // Whatever a store makes of client and count must not come round to another client's.
        foreach (var serial in new[] { 1L << 36, (1L << 36) + 1, (1L << 37) + 1, long.MaxValue - 1, long.MaxValue })
        {
            Assert.Null(await Store.FindVoucher(client.Id, serial, Cancelled));
            Assert.Empty(await Find(client, new VoucherQuery(Now, After: serial)));
            Assert.Empty(await Store.FindHistory(client.Id, serial, Cancelled));
        }
    }

    [Fact]
    public async Task A_voucher_is_live_in_its_last_tick_and_expired_in_the_next()
    {
        var client = await Add("one");
        var last = (await Issue(client, 10)).Voucher!.ExpiresAt;
        Assert.Single(await Find(client, new VoucherQuery(last, Standing.Live)));
        Assert.Empty(await Find(client, new VoucherQuery(last, Standing.Expired)));
        Assert.Single(await Find(client, new VoucherQuery(last.AddTicks(1), Standing.Expired, EndedSince: last)));
        Assert.Empty(await Find(client, new VoucherQuery(last.AddTicks(2), Standing.Expired, EndedSince: last.AddTicks(1))));
    }

    [Fact]
    public async Task What_became_of_a_voucher_is_kept_in_order_and_seen_by_the_next_change()
    {
        var client = await Add("one");
        var voucher = (await Issue(client, 10)).Voucher!;
        VoucherEvent[] events =
        [
            new(VoucherEventKind.Redeemed, Now, 10_00, "Shop \"1\"", "T1", "worth £10.00"), new(VoucherEventKind.Voided, Now.AddHours(1), 10_00),
            new(VoucherEventKind.Expired, Now.AddHours(2)),
        ];
        var seen = await Task.WhenAll(events.Select(happened => HistoryBefore(client, voucher, happened)));
        Assert.Equal([0, 1, 2], seen.Select(history => history.Count).Order());
        Assert.Equal(events.OrderBy(happened => happened.Kind), (await Store.FindHistory(client.Id, voucher.Serial, Cancelled)).OrderBy(happened => happened.Kind));
        await Cancel(client, (await Issue(client, 10)).Voucher!.Code);
        Assert.Equal([new VoucherEvent(VoucherEventKind.Cancelled, Now)], await Store.FindHistory(client.Id, voucher.Serial + 1, Cancelled));
    }

    [Fact]
    public async Task A_voucher_that_is_changed_is_kept_as_it_was_changed()
    {
        var client = await Add("one");
        var voucher = (await Issue(client, 10)).Voucher!;
        var changed = voucher with { State = VoucherState.Redeemed, Used = true, UsesLeft = 0, ExpiresAt = Now.AddTicks(-7) };
        await Change(client, new Doing(voucher.Serial, (_, _) => new Outcome([], changed, Changed: true)));
        Assert.Equal(changed, await Store.FindVoucher(client.Id, voucher.Serial, Cancelled));
    }

    [Fact]
    public async Task A_client_that_begins_anew_has_the_vouchers_it_began_with_and_gives_the_same_codes_again()
    {
        var client = (await Store.AddClient(Newcomer("one", limit: 100_00) with { FirstLimit = 100_00 }, [], 100, Cancelled))!;
        async Task<string[]> Story()
        {
            var code = (await Issue(client, 60)).Voucher!.Code;
            await Change(client, new Issue(new IssueRequest(false, "ONEPER", "0770090000", AskedValue.Absent), Rules, Now));
            await Cancel(client, code);
            Assert.Equal([Reason.WeeklyLimitReached], (await Issue(client, 50)).Refused);
            return [.. (await Find(client, new VoucherQuery(Now))).Select(voucher => voucher.Code)];
        }

        var first = await Story();
        await Change(client, new Doing(0, (state, _) => new Outcome([], Client: state with { LastSerial = 0, DayTotals = [] }, Restart: [])));
        Assert.Empty(await Find(client, new VoucherQuery(Now)));
        Assert.Empty(await Store.FindHistory(client.Id, 1, Cancelled));
        Assert.Equal(first, await Story());
    }

    [Fact]
    public async Task Beginning_anew_among_parallel_calls_leaves_nothing_of_before()
    {
        var client = await Add("one");
        var restart = new Doing(0, (state, _) => new Outcome([], Client: state with { LastSerial = 0, DayTotals = [] }, Restart: []));
        var issuing = Enumerable.Range(0, 40).Select(_ => Task.Run(() => Issue(client, 10))).ToList();
        issuing.Insert(20, Task.Run(() => Change(client, restart)));
        await Task.WhenAll(issuing);
        var vouchers = await Find(client, new VoucherQuery(Now));
        Assert.Equal(Enumerable.Range(1, vouchers.Count).Select(i => (long)i), vouchers.Select(voucher => voucher.Serial));
        Assert.Equal(vouchers.Count + 1, (await Issue(client, 10)).Voucher!.Serial);
        Assert.Equal((vouchers.Count + 1) * 10_00, restart.After!.Id == client.Id ? await Total(client) : 0);
    }

    [Fact]
    public async Task What_a_client_asked_for_is_kept_with_it()
    {
        var client = await Add("one", limit: 5_00);
        const string Json = """{"faults":[{"id":1,"text":"é"}]}""";
        await Change(client, new Doing(0, (state, _) => new Outcome([], Client: state with { Steering = Json, FirstLimit = 5_00, WeeklyLimit = null })));
        var look = new Doing(0, (_, _) => new Outcome([]));
        await Change(client, look);
        Assert.Equal((Json, 5_00L, null), (look.After!.Steering, look.After.FirstLimit, look.After.WeeklyLimit));
        if (Survives)
        {
            await Store.DisposeAsync();
            Store = await Open();
            Assert.Equal(Json, (await Store.FindClient(client.Key, Cancelled))!.Steering);
        }
    }

    [Fact]
    public async Task A_client_with_a_new_key_is_found_by_it_and_not_by_the_old_one()
    {
        var client = await Add("one");
        var voucher = (await Issue(client, 10)).Voucher!;
        var key = ApiKeys.Hash("another");
        await Change(client, new Doing(0, (state, _) => new Outcome([], Client: state with { Key = key })));
        Assert.Equal(client.Id, (await Store.FindClient(key, Cancelled))!.Id);
        Assert.Null(await Store.Change(client.Id, new Cancel(voucher.Code, Rules, Now) { By = client.Key }));
        Assert.Null(await Store.FindClient(client.Key, Cancelled));
        Assert.Empty((await Store.Change(client.Id, new Cancel(voucher.Code, Rules, Now) { By = key }))!.Refused);
    }

    [Fact]
    public async Task A_client_is_forgotten_with_all_that_is_its_own()
    {
        var (client, other) = (await Add("one"), await Add("other"));
        var (voucher, kept) = ((await Issue(client, 10)).Voucher!, (await Issue(other, 10)).Voucher!);
        await Cancel(client, voucher.Code);
        Assert.True(await Store.ForgetClient(client.Id, Cancelled));
        Assert.False(await Store.ForgetClient(client.Id, Cancelled));
        Assert.Null(await Store.Change(client.Id, new Cancel(voucher.Code, Rules, Now)));
        Assert.Null(await Store.FindClient(client.Key, Cancelled));
        Assert.Empty(await Find(client, new VoucherQuery(Now)));
        Assert.Empty(await Store.FindHistory(client.Id, voucher.Serial, Cancelled));
        Assert.Equal([kept], await Find(other, new VoucherQuery(Now)));
    }

    private async Task<IReadOnlyList<VoucherEvent>> HistoryBefore(Client client, Voucher voucher, VoucherEvent happened)
    {
        IReadOnlyList<VoucherEvent> history = [];
        await Change(client, new Doing(voucher.Serial, (_, found) =>
        {
            history = found.History;
            return new Outcome([], found.Voucher, Changed: true, Event: happened);
        }));
        return history;
    }

    private async Task<long> Total(Client client)
    {
        var look = new Doing(0, (_, _) => new Outcome([]));
        await Change(client, look);
        return look.After!.DayTotals.Sum(total => total.Pence);
    }

    private async Task<IReadOnlyList<Voucher>> Find(Client client, VoucherQuery query) => await Store.FindVouchers(client.Id, query, Cancelled);

    private sealed class Doing(long serial, Func<Client, Found, Outcome> rule) : Change(Now)
    {
        public override bool NeedsHistory => serial > 0;

        public override long NeedsVoucher(Client client) => serial;

        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => rule(client, found);
    }
}
