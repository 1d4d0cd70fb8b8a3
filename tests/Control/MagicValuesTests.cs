namespace ImovoSim.Tests;

public sealed class MagicValuesTests
{
    private const string Struck = "X-Sim-Fault-Struck";

    private readonly Steered _client = Simulator.Shared.Client();

    [Theory]
    [InlineData("07700900901", "campaign@example.com", "Unable to create voucher: the campaign code submitted does not exist")]
    [InlineData("07700900902", "value@example.com", "Unable to create voucher: the value entered is invalid")]
    [InlineData("07700900903", "weekly-limit@example.com", "Unable to create voucher: the client weekly value limit has been reached")]
    [InlineData("07700900904", "reference-limit@example.com", "Unable to create voucher: a live voucher already exists for the supplied customer reference")]
    public async Task A_reference_brings_a_refusal(string mobile, string email, string refusal)
    {
        foreach (var reference in new[] { mobile, email })
        {
            var reply = await _client.Issue(reference: reference);
            Assert.Equal((200, refusal, "refusal after, asked for by its customer reference"), (reply.Status, reply.Error, reply.Headers[Struck]));
            var entry = await _client.Get("/_sim/journal?limit=1&show=personal");
            Assert.Equal(("magic-value", "customer reference: such as 07700900000"), (entry.Text("entries.0.why.0.rule"), entry.Text("entries.0.nearest.changes.0")));
            Assert.True((await _client.Post(entry.Text("entries.0.nearest.target"))).Succeeded);
        }
    }

    [Theory]
    [InlineData("07700900911", "error-before@example.com", 500, 0)]
    [InlineData("07700900912", "error-after@example.com", 500, 2)]
    [InlineData("07700900913", "too-many@example.com", 429, 0)]
    [InlineData("07700900914", "unavailable@example.com", 503, 0)]
    [InlineData("07700900915", "empty@example.com", 200, 2)]
    [InlineData("07700900917", "malformed@example.com", 200, 2)]
    [InlineData("07700900918", "wrong-type@example.com", 200, 2)]
    public async Task A_reference_brings_a_fault(string mobile, string email, int status, int vouchers)
    {
        foreach (var reference in new[] { mobile, email })
        {
            var reply = await _client.Issue(reference: reference);
            Assert.Equal(status, reply.Status);
            Assert.EndsWith(", asked for by its customer reference", reply.Headers[Struck], StringComparison.Ordinal);
        }

        Assert.Equal(200, (await _client.Post("/_sim/verify", $$"""{"exactly":{{vouchers + 3}},"of":"vouchers"}""")).Status);
    }

    [Theory]
    [InlineData("07700900916", 1)]
    [InlineData("reset-before@example.com", 0)]
    [InlineData("reset-after@example.com", 1)]
    public async Task A_reference_breaks_the_connection(string reference, int vouchers)
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.Issue(reference: reference));
        Assert.Equal(200, (await _client.Post("/_sim/verify", $$"""{"exactly":{{vouchers + 3}},"of":"vouchers"}""")).Status);
    }

    [Fact]
    public async Task A_voucher_of_such_a_reference_is_cancelled_like_any_other()
    {
        await _client.Issue(reference: "07700900912");
        var code = (await _client.Get("/_sim/vouchers?reference=07700900912")).Text("vouchers.0.voucherCode");
        Assert.True((await _client.Cancel(code)).Succeeded);
    }

    [Fact]
    public async Task The_README_lists_them_all_and_no_other()
    {
        var readme = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), TestContext.Current.CancellationToken);
        Assert.Equal(
            ImovoSim.Faults.MagicValues.Table.Select(row => $"| `{row.Mobile}` | `{row.Email}` |"),
            readme.Where(line => line.StartsWith("| `07700", StringComparison.Ordinal)).Select(line => line[..(line.IndexOf("` |", 20, StringComparison.Ordinal) + 3)]));
    }

    [Fact]
    public async Task They_work_in_sandboxes_only_and_can_be_switched_off()
    {
        await using var simulator = new Simulator();
        Assert.Equal("10.00", (await simulator.WithKey("demo-key").Issue(reference: "07700900911")).Text("balance"));
        await using var without = new Simulator(("Sandboxes:MagicValues", "false"));
        Assert.Equal("10.00", (await without.Client().Issue(reference: "07700900911")).Text("balance"));
    }
}
