namespace ImovoSim.Tests;

/// What a test of an integrator's program can do with nothing but its key, a hundred times at once.
public sealed class StoryTests
{
    [Fact]
    public async Task A_hundred_sandboxes_live_the_same_story_at_once_and_again_after_a_reset()
    {
        var first = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Live(Simulator.Shared.Client($"{number}"))));
        Assert.Single(first.Select(story => story.Said).Distinct());
        var again = await Task.WhenAll(Enumerable.Range(0, 100).Reverse().Select(async number =>
        {
            var client = Simulator.Shared.Client($"{number}");
            await client.Post("/_sim/reset");
            return await Live(client);
        }));
        Assert.Equal(first, again.Reverse());
        Assert.Equal(
            """
            Success of 20.00
            Redemption successful - transaction is worth £20.00
            Voucher is already cancelled or redeemed
            Success of 30.00
            Unable to create voucher: the client weekly value limit has been reached
            50.00 allowed - 50.00 used = 0.00 left
            2026-08-03T00:00:00+01:00 and ["2026-W32"]
            Success of 50.00
            502 status after, fault 1
            1 call: issued, answered 502, lost by fault 1
            True
            True
            """.ReplaceLineEndings("\n"), first[0].Said);
    }

    private static async Task<(string Said, string Codes)> Live(Steered client)
    {
        var (said, codes) = (new List<string>(), new List<string>());
        async Task<string> Issue(string value)
        {
            var reply = await client.Issue(value: value);
            said.Add(reply.Succeeded ? $"Success of {reply.Text("balance")}" : reply.Error);
            codes.Add(reply.Has("voucherCode") ? reply.Text("voucherCode") : "");
            return codes[^1];
        }

        await client.Put("/_sim/limit", """{"weeklyLimit":50.00}""");
        var code = await Issue("20.00");
        said.Add((await client.Post($"/_sim/vouchers/{code}/redeem", """{"outlet":"Corner Shop"}""")).Text("text"));
        said.Add((await client.Cancel(code)).Error);
        await Issue("30.00");
        await Issue("1.00");
        said.Add((await client.Get("/_sim/limit")).Text("arithmetic"));
        var monday = await client.Post("/_sim/clock/advance", """{"by":"PT1H"}""");
        said.Add($"{monday.Text("to")} and {monday.Text("weeksBegun")}");
        await Issue("50.00");
        await client.Put("/_sim/limit", """{"weeklyLimit":60.00}""");
        await client.Post("/_sim/faults", """{"kind":"status","status":502,"when":"after","strikes":1}""");
        var lost = await client.Issue(value: "5.00", reference: "lost");
        said.Add($"{lost.Status} {lost.Headers["X-Sim-Fault-Struck"]}");
        var proof = await client.Get("/_sim/journal?reference=lost");
        said.Add($"{proof.Text("count")} call: {proof.Text("entries.0.outcome")}, answered {proof.Text("entries.0.answer.status")}, lost by {proof.Text("entries.0.fault.by")}");
        said.Add($"{(await client.Post("/_sim/verify", """{"exactly":1,"of":"live vouchers","reference":"lost"}""")).Status == 200}");
        said.Add($"{(await client.Cancel(proof.Text("entries.0.code"))).Succeeded}");
        return (string.Join('\n', said), string.Join(' ', codes));
    }
}
