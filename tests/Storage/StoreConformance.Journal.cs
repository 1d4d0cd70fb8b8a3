using System.Text;
using ImovoSim.Journal;

namespace ImovoSim.Tests;

public abstract partial class StoreConformance
{
    private static JournalEntry Entry(long id, string outcome = "issued", string? reference = null, bool struck = false, int status = 200) =>
        new(id, new JournalKey("Request", outcome, status, struck, "THINK", reference, $"code {id}"), Encoding.UTF8.GetBytes($"{{\"id\":{id}}}"));

    private async Task<string> Ids(long client, JournalQuery query) =>
        string.Join(' ', (await Store.FindEntries(client, query, Cancelled)).Select(entry => entry.Id));

    [Fact]
    public async Task The_journal_keeps_the_last_entries_of_each_client()
    {
        var (one, other) = (await Add("one"), await Add("other"));
        await Store.AppendEntries(one.Id, [Entry(1), Entry(2), Entry(3)], 3, Cancelled);
        await Store.AppendEntries(other.Id, [Entry(2)], 3, Cancelled);
        await Store.AppendEntries(one.Id, [Entry(4), Entry(5)], 3, Cancelled);
        Assert.Equal(("5 4 3", "2"), (await Ids(one.Id, new()), await Ids(other.Id, new())));
        Assert.Equal("3 4", await Ids(one.Id, new(OldestFirst: true, AtMost: 2)));
        Assert.Equal((3L, 1L), (await Store.CountEntries(one.Id, new(AtMost: 1), Cancelled), await Store.CountEntries(one.Id, new(After: 3, Before: 5), Cancelled)));
        var found = (await Store.FindEntries(one.Id, new(After: 3, Before: 5), Cancelled))[0];
        Assert.Equal((Entry(4).Key, "{\"id\":4}"), (found.Key, Encoding.UTF8.GetString(found.Body)));
    }

    [Fact]
    public async Task Many_entries_at_once_are_all_there_in_order_and_no_more_than_may_be()
    {
        var client = await Add("many");
        await Store.AppendEntries(client.Id, [Entry(1), Entry(2)], 150, Cancelled);
        await Store.AppendEntries(client.Id, [.. Enumerable.Range(3, 198).Select(id => Entry(id))], 150, Cancelled);
        Assert.Equal(150, await Store.CountEntries(client.Id, new JournalQuery(), Cancelled));
        Assert.Equal(Enumerable.Range(51, 150).Select(id => (long)id), (await Store.FindEntries(client.Id, new JournalQuery(OldestFirst: true, AtMost: 500), Cancelled)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task The_journal_is_filtered_by_all_that_an_entry_is_known_by()
    {
        var client = await Add("one");
        await Store.AppendEntries(client.Id, [Entry(1), Entry(2, "refused", "X"), Entry(3, "issued", "X", struck: true, status: 0), Entry(4, "failed", "'", status: 503)], 100, Cancelled);
        Assert.Equal("3 1", await Ids(client.Id, new(Outcome: "issued")));
        Assert.Equal("3 2", await Ids(client.Id, new(Reference: "X")));
        Assert.Equal("4", await Ids(client.Id, new(Reference: "'")));
        Assert.Equal("3", await Ids(client.Id, new(Struck: true)));
        Assert.Equal("4 2 1", await Ids(client.Id, new(Struck: false)));
        Assert.Equal("3", await Ids(client.Id, new(Status: 0)));
        Assert.Equal("2", await Ids(client.Id, new(Code: "code 2")));
        Assert.Equal("", await Ids(client.Id, new(Campaign: "OTHER")));
        Assert.Equal("4 3 2 1", await Ids(client.Id, new(Operation: "Request", Campaign: "THINK")));
    }

    [Fact]
    public async Task An_entry_that_is_written_again_is_kept_once()
    {
        var client = await Add("one");
        await Store.AppendEntries(client.Id, [Entry(1), Entry(2)], 100, Cancelled);
        if (Survives)
            await Store.AppendEntries(client.Id, [Entry(2), Entry(3)], 100, Cancelled);
        else
            await Store.AppendEntries(client.Id, [Entry(3)], 100, Cancelled);
        Assert.Equal("3 2 1", await Ids(client.Id, new()));
    }

    [Fact]
    public async Task A_journal_is_cleared_and_goes_with_its_client()
    {
        var (one, other) = (await Add("one"), await Add("other"));
        await Store.AppendEntries(one.Id, [Entry(1), Entry(2)], 100, Cancelled);
        await Store.AppendEntries(other.Id, [Entry(1)], 100, Cancelled);
        await Store.ClearEntries(one.Id, 9, Cancelled);
        Assert.Equal(("", "1"), (await Ids(one.Id, new()), await Ids(other.Id, new())));
        await Store.AppendEntries(one.Id, [Entry(10)], 100, Cancelled);
        Assert.Equal("10", await Ids(one.Id, new()));
        await Store.ForgetClient(one.Id, Cancelled);
        await Store.AppendEntries(one.Id, [Entry(11)], 100, Cancelled);
        Assert.Equal("", await Ids(one.Id, new()));
    }

    [Fact]
    public async Task The_journal_survives()
    {
        var client = await Add("one");
        await Store.AppendEntries(client.Id, [Entry(1)], 100, Cancelled);
        if (!Survives)
            return;
        await Store.DisposeAsync();
        Store = await Open();
        Assert.Equal("1", await Ids(client.Id, new()));
    }
}
