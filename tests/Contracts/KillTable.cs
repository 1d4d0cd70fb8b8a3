using System.Collections.Concurrent;
using System.Text;
using ImovoSim.Contracts.Tests.Deviations;
using ImovoSim.Contracts.Tests.Targets;

namespace ImovoSim.Contracts.Tests;

/// <summary>What the suite is worth: which deviations it catches, and that it cries wolf at none.</summary>
public sealed class KillTable : IAsyncDisposable
{
    /// <summary>A deviation that this many cases have caught is not shown to the rest.</summary>
    private const int Enough = 5;

    private readonly SimulatorInProcess _simulator = new(runs: Deviations.Count + 20);

    private static IReadOnlyList<Deviation> Deviations { get; } =
        [.. WireForms.All, .. Statuses.All, .. Validations.All, .. Limits.All, .. Expiries.All, .. States.All, .. Races.All];

    [Fact]
    public async Task Every_deviation_is_caught()
    {
        var stop = TestContext.Current.CancellationToken;
        var caughtBy = new ConcurrentDictionary<Deviation, List<string>>();
        await Parallel.ForEachAsync(Deviations, stop, async (deviation, stopped) => caughtBy[deviation] = await Catchers(deviation, stopped));
        TestContext.Current.TestOutputHelper!.WriteLine(Written(caughtBy));
        Assert.Empty(Deviations.Where(deviation => caughtBy[deviation].Count == 0).Select(deviation => deviation.ToString()));
        Assert.Equal(Deviations.Count, Deviations.DistinctBy(deviation => deviation.Name).Count());
    }

    [Fact]
    public async Task Twenty_runs_against_the_unchanged_simulator_raise_no_alarm()
    {
        var stop = TestContext.Current.CancellationToken;
        var alarms = new ConcurrentBag<string>();
        // Through the same hands as the deviations, so what those do by themselves would show.
        Deviation[] none = [Deviation.OfReply("none", "nothing", (_, reply) => reply), Limits.None, Expiries.None, States.None];
        for (var run = 0; run < 20; run++)
        {
            var unchanged = none[run % none.Length];
            await Parallel.ForEachAsync(Suite.Cases, stop, async (one, stopped) =>
            {
                var outcome = await _simulator.Hold(one, clock => new Deviating(unchanged, clock), stopped);
                if (outcome.Verdict is not (Verdict.Held or Verdict.NotRun)) alarms.Add($"{one.SnapshotName}: {outcome.Verdict}, {outcome.Reason}");
            });
        }
        Assert.Empty(alarms);
    }

    private async Task<List<string>> Catchers(Deviation deviation, CancellationToken stop)
    {
        List<string> catchers = [];
        foreach (var one in Suite.Cases)
        {
            var outcome = await _simulator.Hold(one, clock => new Deviating(deviation, clock), stop);
            if (outcome.Verdict == Verdict.Differs) catchers.Add(one.SnapshotName);
            if (catchers.Count == Enough) break;
        }
        return catchers;
    }

    private static string Written(ConcurrentDictionary<Deviation, List<string>> caughtBy)
    {
        var table = new StringBuilder().AppendLine("| deviation | caught by | cases |").AppendLine("|---|--:|---|");
        foreach (var deviation in Deviations)
            table.AppendLine($"| {deviation} | {(caughtBy[deviation].Count == Enough ? "5 or more" : caughtBy[deviation].Count)} | {string.Join(", ", caughtBy[deviation].DefaultIfEmpty("none"))} |");
        return table.AppendLine($"{caughtBy.Values.Count(cases => cases.Count > 0)} of {Deviations.Count} deviations caught by {Suite.Cases.Count} cases.").ToString();
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();
}
