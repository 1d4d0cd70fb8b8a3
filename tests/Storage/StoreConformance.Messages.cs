using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Control;
using ImovoSim.Delivery;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

public abstract partial class StoreConformance
{
    private protected const int MessagesAtMost = 20;

    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(1);
    private static readonly Rulebook WithSmtp = Rules with { BySmtp = true };

    private Task<Outcome> Mail(Client client, string to = "a@example.com", DateTimeOffset? at = null) =>
        Change(client, new Issue(new IssueRequest(false, "THINK", to, AskedValue.Of(10)), WithSmtp, at ?? Now));

    private async Task<string> Messages(Client client, MessageQuery? query = null) =>
        string.Join(' ', (await Store.FindMessages(client.Id, query ?? new MessageQuery(Now), Cancelled)).Select(message => message.Id));

    private Task<IReadOnlyList<ClaimedMessage>> Claim(DateTimeOffset at, int atMost = 100, IStore? by = null) =>
        (by ?? Store).ClaimMessages(at, at.AddMinutes(1), atMost, Cancelled).AsTask();

    [Fact]
    public async Task A_message_is_kept_with_its_voucher_as_it_was_made()
    {
        var client = await Add("one");
        var request = new IssueRequest(true, "CAMP01", "réf/1 \"2\" 😀", AskedValue.Of(12.34m), "a@example.com", "O'Neil <b>", "1 High St\nTown", "AL1 0BS");
        var made = Assert.Single((await Store.Change(client.Id, new Issue(request, WithSmtp, Now)))!.Messages!);
        Assert.Equal(made, Assert.Single(await Store.FindMessages(client.Id, new MessageQuery(Now), Cancelled)));
        await Cancel(client, made.Voucher.Code);
        var found = Assert.Single(await Store.FindMessages(client.Id, new MessageQuery(Now), Cancelled));
        Assert.Equal((VoucherState.Cancelled, made.Voucher.Code), (found.Voucher.State, found.Voucher.Code));
        var text = Assert.Single((await Issue(client, 10)).Messages!);
        Assert.Equal([text, found], await Store.FindMessages(client.Id, new MessageQuery(Now), Cancelled));
        Assert.Equal(2, (await Store.Clients(Cancelled))[0].LastMessage);
    }

    [Fact]
    public async Task Parallel_vouchers_have_a_message_each_with_numbers_of_their_own()
    {
        var client = await Add("one");
        var issued = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Issue(client, 10))));
        Assert.Equal(Enumerable.Range(1, 100).Select(id => (long)id), issued.Select(outcome => Assert.Single(outcome.Messages!).Id).Order());
        Assert.All(issued, outcome => Assert.Equal(outcome.Voucher!.Code, outcome.Messages![0].Voucher.Code));
    }

    [Fact]
    public async Task The_last_messages_of_each_client_are_kept_and_none_that_waits_is_dropped()
    {
        var (one, other) = (await Add("one"), await Add("other"));
        await Mail(one);
        await Issue(other, 10);
        for (var i = 0; i < 3; i++)
            await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => Task.Run(() => Issue(one, 10))));
        var kept = string.Join(' ', Enumerable.Range(27, 20).Reverse());
        Assert.Equal(($"{kept} 1", 21L, "1"), (await Messages(one), await Store.CountMessages(one.Id, new MessageQuery(Now, AtMost: 1), Cancelled), await Messages(other)));
        var claimed = Assert.Single(await Claim(Now));
        await Change(one, new Attempted(claimed.Message, new SmtpAnswer("Not now."), GiveUp, Now));
        Assert.EndsWith(" 1", await Messages(one), StringComparison.Ordinal);
        claimed = Assert.Single(await Claim(Now.AddSeconds(2)));
        await Change(one, new Attempted(claimed.Message, new SmtpAnswer(null), GiveUp, Now.AddSeconds(2)));
        Assert.Equal(kept, await Messages(one));
    }

    [Fact]
    public async Task Messages_are_filtered_by_all_that_they_are_known_by()
    {
        var client = await Add("one");
        var first = (await Issue(client, 10)).Voucher!;
        await Mail(client, "b@example.com");
        await Change(client, new Issue(new IssueRequest(false, "ENERGY49", "nobody", AskedValue.Of(10)), Rules, Now));
        Assert.Equal(("1", "2", "3"), (await Messages(client, new(Now, To: "+447700900000")), await Messages(client, new(Now, Channel: Channel.Email)), await Messages(client, new(Now, Campaign: "ENERGY49"))));
        Assert.Equal(("1", "2", "3"), (await Messages(client, new(Now, Serial: first.Serial)), await Messages(client, new(Now, Reference: "b@example.com")), await Messages(client, new(Now, MessageStanding.Failed))));
        Assert.Equal(("1", "", "2"), (await Messages(client, new(Now, MessageStanding.Delivered)), await Messages(client, new(Now, MessageStanding.Sent)), await Messages(client, new(Now, MessageStanding.Waiting))));
        Assert.Equal(("", "1"), (await Messages(client, new(Now.AddTicks(-1), MessageStanding.Delivered)), await Messages(client, new(Now.AddTicks(-1), MessageStanding.Sent))));
        Assert.Equal(("2 3", "2 1", "2"), (await Messages(client, new(Now, After: 1, OldestFirst: true)), await Messages(client, new(Now, Before: 3)), await Messages(client, new(Now, After: 1, Before: 3))));
        Assert.Equal(("1", "", ""), (await Messages(client, new(Now, OldestFirst: true, AtMost: 1)), await Messages(client, new(Now, Serial: 0)), await Messages(client, new(Now, After: long.MaxValue))));
    }

    [Fact]
    public async Task A_message_that_waits_is_claimed_by_one_and_again_when_the_claim_is_over()
    {
        var client = await Add("one");
        await Issue(client, 10);
        await Mail(client, at: Now.AddSeconds(5));
        Assert.Empty(await Claim(Now));
        var claimed = Assert.Single(await Claim(Now.AddSeconds(5)));
        Assert.Equal((client.Id, 2L, Now.AddSeconds(65)), (claimed.Client.Id, claimed.Message.Id, claimed.Message.NextAttempt));
        Assert.Empty(await Claim(Now.AddSeconds(64)));
        var again = Assert.Single(await Claim(Now.AddSeconds(65)));
        // The first that claimed it is too late.
        await Change(client, new Attempted(claimed.Message, new SmtpAnswer("No.", Final: true), GiveUp, Now.AddSeconds(66)));
        await Change(client, new Attempted(again.Message, new SmtpAnswer(null), GiveUp, Now.AddSeconds(70)));
        var sent = Assert.Single(await Store.FindMessages(client.Id, new MessageQuery(Now, Channel: Channel.Email), Cancelled));
        Assert.Equal((MessageState.Sent, 1, Now.AddSeconds(70), null, null), (sent.State, sent.Attempts, sent.Due, sent.Reason, sent.NextAttempt));
        Assert.Empty(await Claim(Now.AddDays(1)));
    }

    [Fact]
    public async Task Two_that_claim_at_the_same_time_get_none_twice_and_miss_none()
    {
        var clients = new[] { await Add("one"), await Add("other") };
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => Mail(clients[i % 2]))));
        var second = Replicates ? await Open() : Store;
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Claim(Now, 10, i % 2 == 0 ? Store : second))));
        var claimed = claims.SelectMany(claim => claim).Select(each => (each.Client.Id, each.Message.Id)).ToList();
        // Who found all the rest locked by others asks again.
        claimed.AddRange((await Claim(Now)).Select(each => (each.Client.Id, each.Message.Id)));
        Assert.Equal((60, 60), (claimed.Count, claimed.Distinct().Count()));
        if (Replicates)
            await second.DisposeAsync();
    }

    [Fact]
    public async Task What_is_not_due_by_its_clients_clock_is_not_claimed()
    {
        var frozen = await Add("frozen", clock: new ClockSetting(default, Now));
        await Mail(frozen);
        var late = new FutureMessage(Now.AddHours(1), Now);
        await Change(frozen, late);
        Assert.Equal(1, Assert.Single(await Claim(Now.AddDays(2))).Message.Id);
        await Change(frozen, new SetClock((_, _) => new ClockSetting(default, Now.AddHours(1)), Now));
        Assert.Equal(2, Assert.Single(await Claim(Now.AddDays(2))).Message.Id);
    }

    [Fact]
    public async Task A_client_that_begins_anew_or_is_forgotten_has_no_messages()
    {
        var (one, other) = (await Add("one"), await Add("other"));
        await Mail(one);
        await Mail(other);
        var claimed = (await Claim(Now)).Single(each => each.Client.Id == one.Id).Message;
        await Change(one, new Reset(Newcomer("one"), [], Now));
        Assert.Equal(("", "1"), (await Messages(one), await Messages(other)));
        await Mail(one);
        await Change(one, new Attempted(claimed, new SmtpAnswer(null), GiveUp, Now));
        Assert.Equal("1", await Messages(one, new(Now, MessageStanding.Waiting)));
        await Store.ForgetClient(one.Id, Cancelled);
        Assert.Equal(("", "1"), (await Messages(one), await Messages(other)));
        Assert.Empty(await Claim(Now));
    }

    [Fact]
    public async Task A_snapshot_has_the_messages_that_are_kept()
    {
        var client = await Add("one");
        var sent = (await Issue(client, 10)).Messages![0];
        var waiting = (await Mail(client)).Messages![0];
        await using var snapshot = await Store.Snapshot(client.Id, Cancelled);
        await Issue(client, 10);
        Assert.Equal([sent, waiting], await snapshot!.Messages(Cancelled));
    }

    [Fact]
    public async Task What_waits_waits_on_after_a_restart()
    {
        var client = await Add("one");
        await Mail(client);
        await Mail(client);
        Assert.Single(await Claim(Now, 1));
        if (!Survives)
            return;
        await Store.DisposeAsync();
        Store = await Open();
        Assert.Equal(2, (await Claim(Now.AddMinutes(1))).Count);
        Assert.Equal(3, (await Mail(client)).Messages![0].Id);
    }

    private protected virtual bool Replicates => false;

    /// What a fault makes of an e-mail: it waits for the client's clock as well.
    private sealed class FutureMessage(DateTimeOffset due, DateTimeOffset now) : Change(now)
    {
        public override long NeedsMessage(Client client) => 1;

        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) =>
            new([], Client: client with { LastMessage = 2 }, Messages: [found.Message! with { Id = 2, Due = due, NextAttempt = Real }]);
    }
}
