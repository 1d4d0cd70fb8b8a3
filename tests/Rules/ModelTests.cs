using CsCheck;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// Random calls by several clients, decided by the store and the rules, and by a model that is too simple to be wrong.
public sealed class ModelTests
{
    private const string Everything = "THINK CAMP01 OFF50P ONEPER SHORT CLOSED LIMITED";
    private static readonly DateTime Start = new(2026, 10, 23, 21, 30, 0);
    private static readonly (string Campaigns, int? Limit)[] Clients = [(Everything, null), (Everything, 100_00), ("THINK LIMITED", 100_00)];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, 2], One<string>([.. Everything.Split(' '), "NOPE"]), Pence(), One("1", "2"))
            .Select((client, campaign, pence, reference) => (Step)new IssueStep(client, campaign, pence, reference))),
        (2, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 5]).Select((client, owner, voucher) => (Step)new CancelStep(client, owner, voucher))),
        (1, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3]).Select((client, voucher) => (Step)new CancelStep(client, client, voucher))),
        (1, Gen.OneOf(Gen.Int[1, 180], Gen.Int[600, 60 * 24 * 8], Gen.Const(60 * 24 * 30)).Select(minutes => (Step)new WaitStep(TimeSpan.FromMinutes(minutes)))));

    [Fact]
    public void Every_sequence_of_calls_is_answered_as_the_model_says() =>
        Steps.List[1, 40].Sample(steps => Differs(steps, stolen: 0) is null, iter: 5_000, print: steps => Print(steps, stolen: 0));

    [Fact]
    public void A_weekly_limit_that_is_off_by_one_penny_is_found_and_shrunk_to_a_few_calls()
    {
        var found = Assert.Throws<CsCheckException>(() =>
            Steps.List[1, 40].Sample(steps => Differs(steps, stolen: 1) is null, iter: 50_000, print: steps => Print(steps, stolen: 1)));
        var calls = found.Message.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ToList();
        Assert.InRange(calls.Count, 1, 5);
        Assert.Contains("model: WeeklyLimitReached", calls[^1], StringComparison.Ordinal);
        Assert.Contains("simulator: issued ", calls[^1], StringComparison.Ordinal);
    }

    private static Gen<T> One<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    private static Gen<int> Pence() => Gen.OneOf(
        One(0, 1, 99, 1_00, 1_01, 10_00, 10_01, 40_00, 50_00, 50_01, 60_00, 60_01, 98_99, 99_00, 99_01, 100_00, 100_01), Gen.Int[0, 101_00]);

    /// The first step on which the two differ, or null.
    private static (int At, string Model, string Simulator)? Differs(List<Step> steps, int stolen)
    {
        var model = new Model(Start, Clients);
        using var world = new World(Clients, stolen);
        for (var i = 0; i < steps.Count; i++)
        {
            var (expected, actual) = (model.Expect(steps[i]), world.Do(steps[i]));
            if (expected != actual)
                return (i, expected, actual);
        }

        return null;
    }

    private static string Print(List<Step> steps, int stolen)
    {
        if (Differs(steps, stolen) is not { } differs)
            return "no difference";
        var calls = string.Concat(steps.Take(differs.At + 1).Select(step => $"  {step}\n"));
        return $"\n{calls.TrimEnd()} model: {differs.Model}, simulator: {differs.Simulator}\n";
    }

    /// The rules and the store as the program has them, with limits that may be a few pence too high.
    private sealed class World : IDisposable
    {
        private static readonly Rulebook Rules = new(Profile.Default, CampaignFile.BuiltIn());
        private readonly MemoryStore _store = new();
        private readonly List<string>[] _codes;
        private DateTimeOffset _now = new(Start, TimeSpan.Zero);

        public World(IReadOnlyList<(string Campaigns, int? Limit)> clients, int stolen)
        {
            _codes = [.. clients.Select(_ => new List<string>())];
            for (var i = 0; i < clients.Count; i++)
            {
                var client = new Client(
                    0, $"{i}", new KeyHash((ulong)i, 0, 0, 0), false, (ulong)i, new CampaignGrant(clients[i].Campaigns.Replace(' ', ',')),
                    clients[i].Limit + stolen, default, 0, [], _now);
                Assert.Equal(i + 1, Now(_store.AddClient(client, [], 0, CancellationToken.None))!.Id);
            }
        }

        public void Dispose() => _store.DisposeAsync().AsTask().Wait(CancellationToken.None);

        public string Do(Step step)
        {
            switch (step)
            {
                case WaitStep wait:
                    _now += wait.Time;
                    return "";
                case IssueStep issue:
                    var issued = Decide(issue.Client, new Issue(new IssueRequest(false, issue.Campaign, issue.Reference, AskedValue.Of(issue.Pence / 100m)), Rules, _now));
                    if (issued.Refused.Count > 0)
                        return string.Join(' ', issued.Refused);
                    Assert.DoesNotContain(issued.Voucher!.Code, _codes[issue.Client]);
                    _codes[issue.Client].Add(issued.Voucher.Code);
                    return $"issued {issued.Voucher.Pence}";
                default:
                    var cancel = (CancelStep)step;
                    var code = cancel.Voucher < _codes[cancel.Owner].Count ? _codes[cancel.Owner][cancel.Voucher] : "99999999";
                    var cancelled = Decide(cancel.Client, new Cancel(code, Rules, _now));
                    return cancelled.Refused.Count > 0 ? string.Join(' ', cancelled.Refused) : "cancelled";
            }
        }

        private Outcome Decide(int client, Change change) => Now(_store.Change(client + 1, change))!;

        // The memory store never waits.
        private static T Now<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : throw new InvalidOperationException("The memory store waited.");
    }
}
