namespace ImovoSim.Tests;

/// The same key and the same calls at the same times give the same bytes, whatever other clients do meanwhile.
public sealed class DeterminismTests
{
    [Fact]
    public async Task The_same_calls_give_the_same_bytes_in_another_simulator_beside_other_clients()
    {
        await using var one = new Simulator();
        await using var other = new Simulator();
        var alone = await Talk(one, one.Caller(), _ => Task.CompletedTask);
        var crowd = Enumerable.Range(0, 3).Select(i => other.Caller($"crowd{i}")).ToList();
        var crowded = await Talk(other, other.Caller(), async turn =>
        {
            foreach (var stranger in turn % 2 == 0 ? crowd : Enumerable.Reverse(crowd))
            {
                await stranger.Issue(value: $"{1 + turn}");
                await stranger.Cancel("2193785990");
                await stranger.WithId("{");
            }
        });
        Assert.Equal(alone.Count, crowded.Count);
        for (var i = 0; i < alone.Count; i++)
        {
            Assert.Equal(alone[i].Bytes, crowded[i].Bytes);
            Assert.Equal((alone[i].Status, alone[i].ContentType), (crowded[i].Status, crowded[i].ContentType));
        }
    }

    [Fact]
    public async Task Another_key_has_other_codes()
    {
        var (one, other) = (Simulator.Shared.Caller("one"), Simulator.Shared.Caller("other"));
        var codes = new List<string>();
        for (var i = 0; i < 10; i++)
            codes.AddRange([(await one.Issue()).Code, (await other.Issue()).Code]);
        Assert.Equal(20, codes.Distinct().Count());
    }

    [Fact]
    public async Task What_is_refused_leaves_no_gap_in_the_codes()
    {
        await using var simulator = new Simulator();
        var (tidy, clumsy) = (Simulator.Shared.Caller(), simulator.Caller());
        await clumsy.Issue("NOPE");
        await clumsy.Cancel("1");
        await clumsy.WithId("{}");
        Assert.Equal((await tidy.Issue()).Body, (await clumsy.Issue()).Body);
        await clumsy.Issue(value: "0");
        Assert.Equal((await tidy.WithId(Caller.Sample)).Body, (await clumsy.WithId(Caller.Sample)).Body);
    }

    private static async Task<List<Reply>> Talk(Simulator simulator, Caller caller, Func<int, Task> meanwhile)
    {
        var replies = new List<Reply>();
        for (var turn = 0; turn < 8; turn++)
        {
            await meanwhile(turn);
            replies.Add(await caller.Issue(value: $"{turn}.50"));
            replies.Add(await caller.WithId(Caller.Sample));
            await meanwhile(turn + 1);
            replies.Add(await caller.Issue("ONEPER"));
            replies.Add(await caller.Cancel(turn % 2 == 0 ? "2193785990" : replies[1].Code));
            replies.Add(await caller.WithId("{\"CampaignCode\": oops"));
            replies.Add(await caller.Issue("GMGSUB7DAY", reference: "a%20b"));
            simulator.Clock.Advance(TimeSpan.FromHours(31));
        }

        return replies;
    }
}
