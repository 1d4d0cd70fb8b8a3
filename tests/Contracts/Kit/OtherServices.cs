using ImovoSim.Contracts.Tests.Deviations;
using ImovoSim.Contracts.Tests.Targets;

namespace ImovoSim.Contracts.Tests.Kit;

/// <summary>A service whose campaigns are other than those of the snapshots, and says so in its settings, keeps the same snapshots.</summary>
public sealed class OtherServices : IAsyncDisposable
{
    private const string Wording = "Code {code}: £{value} until {expiry:dd-MMM}, at any shop";

    private readonly SimulatorInProcess _simulator = new();

    private static readonly Campaign Known = new("THINK") { Minimum = 5.00m, Maximum = 50.00m, ValidityDays = 31, ExpiryForm = "23:59:59.999", CodeLength = 12, Wording = Wording };

    [Fact]
    public async Task What_its_settings_say_is_no_difference() => Assert.Equal(Verdict.Held, (await Hold("IssuingVouchers.cash", Known)).Verdict);

    public static TheoryData<string, Func<Campaign, Campaign>> Wrong => new()
    {
        { "code length", known => known with { CodeLength = 11 } },
        { "validity", known => known with { ValidityDays = 32 } },
        { "expiry form", known => known with { ExpiryForm = "23:59:59" } },
        { "wording", known => known with { Wording = Wording + "!" } },
        { "nothing said", known => new(known.Code) },
    };

    [Theory, MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task What_its_settings_say_wrongly_is_a_difference(string what, Func<Campaign, Campaign> say) =>
        Assert.True((await Hold("IssuingVouchers.cash", say(Known))).Verdict == Verdict.Differs, what);

    [Fact]
    public async Task A_value_that_it_does_not_issue_is_a_reason_not_to_run() =>
        Assert.Equal("100.00 is not to be had from the \"cash\" campaign there", (await Hold("Values.at-the-maximum", Known)).Reason);

    [Fact]
    public async Task Its_own_maximum_and_a_penny_is_asked_for()
    {
        var asked = "";
        var outcome = await Hold("Values.above-the-maximum", Known, call => asked = call.Value!);
        Assert.Equal("50.01", asked);
        Assert.Contains("value={cash maximum + 0.01}", outcome.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_maximum_that_is_not_named_is_a_reason_not_to_run() =>
        Assert.Equal("the maximum of the \"cash\" campaign is not named", (await Hold("Values.above-the-maximum", Known with { Maximum = null })).Reason);

    [Fact]
    public async Task A_key_that_comes_back_is_not_written_down()
    {
        var outcome = await Hold("Authentication.key-header-in-any-case", Known, alter: (call, reply) => reply with { Body = "Welcome, " + call.Key });
        Assert.Contains("Welcome, {key of client 1}", outcome.Transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("sim_", outcome.Transcript + outcome.Reason, StringComparison.Ordinal);
    }

    private async Task<Outcome> Hold(string name, Campaign cash, Action<Asked>? look = null, Func<Asked, Reply, Reply>? alter = null)
    {
        var other = new Deviation("other service", "all is different", _ => async (asked, simulator) =>
        {
            look?.Invoke(asked);
            var reply = await simulator(asked);
            if (alter is not null) return alter(asked, reply);
            if (reply.Code is not { } code) return reply;
            var day = DateTime.Parse(System.Text.RegularExpressions.Regex.Match(reply.Body, "\\d{4}-\\d\\d-\\d\\d").Value, System.Globalization.CultureInfo.InvariantCulture).AddDays(1);
            var value = System.Text.RegularExpressions.Regex.Match(reply.Body, "\"balance\":([0-9.]+)").Groups[1].Value;
            var longer = "80" + code;
            longer = Enumerable.Range(0, 10).Select(last => longer[..^1] + last).First(Luhn);
            return Reply.Json(FormattableString.Invariant($"{{\"voucherCode\":\"{longer}\",\"balance\":{value},\"expiryDate\":\"{day:yyyy-MM-dd}T23:59:59.999\",\"message\":\"Code {longer}: £{value} until {day:dd-MMM}, at any shop\",\"successfulRequest\":true}}"));
        });
        using var http = new HttpMessageInvoker(new Deviating(other, TimeProvider.System) { InnerHandler = Target.NewHandler() });
        var target = new SimulatorKeys(1).For(Suite.Cases[0], "another service", _simulator.Address, http) with { Campaigns = new Dictionary<string, Campaign> { [Role.Cash] = cash } };
        return await Suite.Hold(Suite.Cases.Single(one => one.SnapshotName == name), target, TestContext.Current.CancellationToken);
    }

    private static bool Luhn(string code) => code.Reverse().Select((digit, place) => (digit - '0') * (1 + place % 2)).Sum(product => product / 10 + product % 10) % 10 == 0;

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();
}
