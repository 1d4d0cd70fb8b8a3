using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// What seeding, exporting and importing ask of every store, and what concerns all clients.
public abstract partial class StoreConformance
{
    [Fact]
    public async Task Vouchers_are_listed_newest_first_in_pages_too()
    {
        var (client, other) = (await Add("one"), await Add("other"));
        await Issue(other, 10);
        for (var i = 1; i <= 5; i++)
            await Issue(client, i);
        async Task<string> Serials(VoucherQuery query) => string.Join(" ", (await Find(client, query with { NewestFirst = true })).Select(voucher => voucher.Serial));
        Assert.Equal("5 4 3 2 1", await Serials(new VoucherQuery(Now)));
        Assert.Equal("5 4", await Serials(new VoucherQuery(Now, AtMost: 2)));
        Assert.Equal("3 2", await Serials(new VoucherQuery(Now, After: 4, AtMost: 2)));
        Assert.Empty(await Serials(new VoucherQuery(Now, After: 1)));
        Assert.Equal("5 4 3 2 1", await Serials(new VoucherQuery(Now, After: long.MaxValue)));
        await Cancel(client, (await Store.FindVoucher(client.Id, 2, Cancelled))!.Code);
        Assert.Equal("2", await Serials(new VoucherQuery(Now, Standing.Cancelled)));
        Assert.Equal(5, await Store.CountVouchers(client.Id, new VoucherQuery(Now, After: 3, AtMost: 1, NewestFirst: true), Cancelled));
    }

    [Fact]
    public async Task A_list_longer_than_any_piece_of_it_is_whole_in_both_directions()
    {
        var client = await Add("one");
        var vouchers = Enumerable.Range(1, 10_000).Select(serial => Stored(serial, serial % 4 == 0 ? VoucherState.Cancelled : VoucherState.Issued)).ToArray();
        await Change(client, new Doing(0, (state, _) => new Outcome([], Client: state with { LastSerial = vouchers.Length }, Added: vouchers)));
        var cancelled = await Find(client, new VoucherQuery(Now, Standing.Cancelled));
        Assert.Equal(vouchers.Where(voucher => voucher.State == VoucherState.Cancelled), cancelled);
        Assert.Equal(cancelled.Reverse(), await Find(client, new VoucherQuery(Now, Standing.Cancelled, NewestFirst: true)));
        Assert.Equal((10_000, 2_500), (await Store.CountVouchers(client.Id, new VoucherQuery(Now), Cancelled), await Store.CountVouchers(client.Id, new VoucherQuery(Now, Standing.Cancelled), Cancelled)));
    }

    [Fact]
    public async Task Vouchers_are_added_beside_those_that_are_there_with_what_became_of_them()
    {
        var client = await Add("one");
        var before = (await Issue(client, 10)).Voucher!;
        var added = new[] { Stored(2, VoucherState.Redeemed), Stored(3) with { Uncounted = true }, Stored(4) with { PerReference = true } };
        (long, VoucherEvent)[] events = [(2, new(VoucherEventKind.Redeemed, Now, 10_00, "Shop", "T1", "worth")), (3, new(VoucherEventKind.Redeemed, Now)), (3, new(VoucherEventKind.Voided, Now))];
        await Change(client, new Doing(0, (state, _) => new Outcome([], Client: state with { LastSerial = 4 }, Added: added, Histories: events)));
        Assert.Equal([before, .. added], await Find(client, new VoucherQuery(Now)));
        Assert.Equal(events.Skip(1).Select(entry => entry.Item2), await Store.FindHistory(client.Id, 3, Cancelled));
        Assert.Equal(5, (await Issue(client, 10)).Voucher!.Serial);
        var counted = await Change(client, new Asking("THINK", "ref 4"));
        Assert.Equal(4, counted.Voucher!.Serial);
    }

    [Fact]
    public async Task A_client_begins_anew_with_vouchers_and_what_became_of_them_and_another_seed()
    {
        var client = await Add("one");
        await Cancel(client, (await Issue(client, 10)).Voucher!.Code);
        var first = new[] { Stored(1, VoucherState.Cancelled), Stored(2) };
        await Change(client, new Doing(0, (state, _) => new Outcome(
            [], Client: state with { LastSerial = 2, Seed = 4711 }, Restart: first, Histories: [(1, new VoucherEvent(VoucherEventKind.Cancelled, Now.AddDays(1)))])));
        Assert.Equal(first, await Find(client, new VoucherQuery(Now)));
        Assert.Equal([new VoucherEvent(VoucherEventKind.Cancelled, Now.AddDays(1))], await Store.FindHistory(client.Id, 1, Cancelled));
        Assert.Equal(VoucherCode.For(4711, 3, 10, false, Rules.Facts), (await Issue(client, 10)).Voucher!.Code);
    }

    [Fact]
    public async Task Of_a_large_addition_that_fails_nothing_is_kept()
    {
        // Nothing that a rule makes can fail in memory.
        if (!Survives)
            return;
        var client = await Add("one");
        var faulty = Enumerable.Range(1, 3000).Select(serial => Stored(serial)).Append(Stored(3001) with { CustomerReference = null! });
        await Assert.ThrowsAnyAsync<Exception>(() => Change(client, new Doing(0, (state, _) => new Outcome([], Client: state with { LastSerial = 3001 }, Added: [.. faulty]))));
        Assert.Empty(await Find(client, new VoucherQuery(Now)));
        Assert.Equal(1, (await Issue(client, 10)).Voucher!.Serial);
    }

    [Fact]
    public async Task A_snapshot_is_of_one_moment_whatever_changes_while_it_is_read()
    {
        var client = await Add("one", limit: 500_00);
        var vouchers = Enumerable.Range(1, 2500).Select(serial => Stored(serial)).ToArray();
        await Change(client, new Doing(0, (state, _) => new Outcome(
            [], Client: state with { LastSerial = 2500 }, Added: vouchers, Histories: [(2400, new VoucherEvent(VoucherEventKind.Expired, Now))])));
        await using (var snapshot = (await Store.Snapshot(client.Id, Cancelled))!)
        {
            Assert.Equal((2500L, 500_00L), (snapshot.Client.LastSerial, snapshot.Client.WeeklyLimit));
            var read = new List<(Voucher Voucher, IReadOnlyList<VoucherEvent> History)>();
            await foreach (var entry in snapshot.Vouchers(Cancelled))
            {
                if (read.Count == 0)
                {
                    await Change(client, new Doing(2400, (_, _) => new Outcome([], vouchers[2399] with { State = VoucherState.Cancelled }, Changed: true, Event: new VoucherEvent(VoucherEventKind.Cancelled, Now))));
                    await Issue(client, 10);
                }

                read.Add(entry);
            }

            Assert.Equal(vouchers, read.Select(entry => entry.Voucher));
            Assert.Equal([VoucherEventKind.Expired], read.SelectMany(entry => entry.History).Select(happened => happened.Kind));
        }

        await using var later = (await Store.Snapshot(client.Id, Cancelled))!;
        Assert.Equal((2501L, 10_00L), (later.Client.LastSerial, later.Client.DayTotals.Sum(total => total.Pence)));
        Assert.Null(await Store.Snapshot(client.Id + 1, Cancelled));
    }

    [Fact]
    public async Task Of_parallel_newcomers_of_one_name_one_is_made()
    {
        await Add("taken");
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await Store.MakeClient(Newcomer(i % 2 == 0 ? "same" : "SAME") with { Key = ApiKeys.Hash($"key {i}") }, [Stored(1)], 100, Cancelled))));
        var one = Assert.Single(made, client => client is not null)!;
        Assert.Equal(2, (await Store.Clients(Cancelled)).Count);
        Assert.Equal([Stored(1)], await Find(one, new VoucherQuery(Now)));
        Assert.Equal(one.Id, (await Store.FindClient(one.Key, Cancelled))!.Id);
        Assert.Null(await Store.MakeClient(Newcomer("another") with { Key = one.Key }, [], 100, Cancelled));
        Assert.Null(await Store.MakeClient(Newcomer("Taken") with { Key = ApiKeys.Hash("fresh") }, [], 100, Cancelled));
        Assert.NotNull(await Store.MakeClient(Newcomer("another") with { Key = ApiKeys.Hash("fresh") }, [], 100, Cancelled));
    }

    [Fact]
    public async Task There_are_no_more_clients_than_may_make_themselves_sandboxes_aside()
    {
        await Add("configured");
        await Store.AddClient(Newcomer("box", isSandbox: true), [], 9, Cancelled);
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => await Store.MakeClient(Newcomer($"client {i}"), [], 5, Cancelled))));
        Assert.Equal(4, made.Count(client => client is not null));
        Assert.Equal(6, (await Store.Clients(Cancelled)).Count);
        Assert.NotNull(await Store.MakeClient(Newcomer("one more"), [], 6, Cancelled));
    }

    [Fact]
    public async Task What_is_set_is_changed_only_by_who_knows_what_it_was()
    {
        Assert.False(await Store.SwapSetting("swapped", "something", "else", Cancelled));
        Assert.Null(await Store.FindSetting("swapped", Cancelled));
        Assert.True(await Store.SwapSetting("swapped", null, "0", Cancelled));
        Assert.False(await Store.SwapSetting("swapped", null, "again", Cancelled));
        async Task CountUp()
        {
            while (await Store.FindSetting("swapped", Cancelled) is var before && !await Store.SwapSetting("swapped", before, $"{int.Parse(before!, System.Globalization.CultureInfo.InvariantCulture) + 1}", Cancelled))
            {
                // Somebody else was first.
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(CountUp)));
        Assert.Equal("20", await Store.FindSetting("swapped", Cancelled));
    }

    [Fact]
    public async Task What_is_set_for_all_clients_is_kept()
    {
        Assert.Null(await Store.FindSetting("a", Cancelled));
        await Store.PutSetting("a", """{"é":1}""", Cancelled);
        await Store.PutSetting("b", "2", Cancelled);
        await Store.PutSetting("b", "3", Cancelled);
        if (Survives)
        {
            await Store.DisposeAsync();
            Store = await Open();
        }

        Assert.Equal(("""{"é":1}""", "3"), (await Store.FindSetting("a", Cancelled), await Store.FindSetting("b", Cancelled)));
        await Store.PutSetting("a", null, Cancelled);
        Assert.Null(await Store.FindSetting("a", Cancelled));
    }

    private static Voucher Stored(long serial, VoucherState state = VoucherState.Issued) => new(
        serial, $"2{serial:00000000}7", "THINK", 10_00, Now, Now.AddDays(30), $"ref {serial}", State: state);

    /// Answers the one voucher of a reference.
    private sealed class Asking(string campaign, string reference) : Change(Now)
    {
        public override (string Campaign, string Reference)? NeedsReference(Client client) => (campaign, reference);

        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new([], Assert.Single(found.ForReference));
    }
}
