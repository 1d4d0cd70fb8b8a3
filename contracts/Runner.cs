using System.Diagnostics;

namespace ImovoSim.Contracts;

/// <summary>Holds cases with a target one after the other, and cleans up behind each.</summary>
public static class Runner
{
    private static readonly TimeSpan TimeToCleanUp = TimeSpan.FromMinutes(1);

    /// <summary>So many conversations without any answer, from the first one on, and the others would only wait for the same.</summary>
    private const int Silences = 3;

    /// <summary>Runs cases. Cancelled, it ends the conversation under way, cancels what that issued, and reports the rest as not run.</summary>
    /// <param name="target">What to talk to.</param>
    /// <param name="cases">Which cases; those that cost nothing are held first.</param>
    /// <param name="provenance">What is known from the vendor's own service.</param>
    /// <param name="onEnd">Told of each case as it ends.</param>
    /// <param name="stop">Ends the run, e.g. at Ctrl-C.</param>
    public static async Task<RunReport> Run(Target target, IReadOnlyList<Case> cases, Provenance provenance, Action<Outcome> onEnd, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(onEnd);
        var began = Stopwatch.GetTimestamp();
        Dictionary<Case, Outcome> outcomes = [];
        foreach (var one in cases.OrderBy(one => one.Roles.Count > 0))
        {
            var outcome = WhyNot(outcomes.Values, stop) is { } reason ? new(one, Verdict.NotRun, "", reason) : await HoldAndCleanUp(one, target, stop);
            outcomes[one] = outcome;
            onEnd(outcome);
        }
        return new(target, [.. cases.Select(one => outcomes[one])], Stopwatch.GetElapsedTime(began), provenance);
    }

    private static string? WhyNot(IEnumerable<Outcome> before, CancellationToken stop)
    {
        if (stop.IsCancellationRequested) return "the run was stopped";
        var held = before.Where(one => one.Verdict != Verdict.NotRun).ToList();
        return held.Count == Silences && held.All(one => one is { Verdict: Verdict.CouldNotCheck }) ? $"nothing has been heard from the address: {held[^1].Reason}" : null;
    }

    private static async Task<Outcome> HoldAndCleanUp(Case one, Target target, CancellationToken stop)
    {
        try
        {
            return await Suite.Hold(one, target.ForCase is { } own ? await own(one, stop) : target, stop);
        }
        catch (OperationCanceledException)
        {
            return new(one, Verdict.NotRun, "", "the run was stopped during this conversation");
        }
        finally
        {
            // Not the run's token: whoever stops a run wants what it issued cancelled all the more.
            using var patience = new CancellationTokenSource(TimeToCleanUp);
            if (target.Ledger is { } ledger) await ledger.CancelAll(target, patience.Token);
        }
    }
}
