using System.Globalization;

namespace ImovoSim.Contracts;

/// <summary>A run as a whole.</summary>
/// <param name="Target">What was talked to.</param>
/// <param name="Outcomes">How each case ended, in the order of the suite.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Provenance">What is known from the vendor's own service.</param>
public sealed record RunReport(Target Target, IReadOnlyList<Outcome> Outcomes, TimeSpan Took, Provenance Provenance)
{
    /// <summary>0: all that could be held has held. 1: a case differs. 2: something could not be checked or was left behind, or nothing was held at all.</summary>
    public int ExitStatus =>
        Count(Verdict.Differs) + Count(Verdict.NoSnapshot) > 0 ? 1
        : Count(Verdict.CouldNotCheck) > 0 || Count(Verdict.Held) == 0 || LeftBehind.Count > 0 ? 2
        : 0;

    /// <summary>What the run issued and could not cancel, each in a sentence.</summary>
    public IReadOnlyList<string> LeftBehind =>
    [
        .. (Target.Ledger?.Uncancelled ?? []).Select(code => $"voucher {code} is still live: its cancellation failed"),
        .. (Target.Ledger?.Unsure ?? []).Select(call => $"a voucher may be live: no answer came to {call}"),
    ];

    /// <summary>How many cases ended in a certain way.</summary>
    /// <param name="verdict">The way.</param>
    public int Count(Verdict verdict) => Outcomes.Count(one => one.Verdict == verdict);

    /// <summary>The whole run in one line.</summary>
    public string InOneLine => string.Create(CultureInfo.InvariantCulture,
        $"{Count(Verdict.Held)} held, {Count(Verdict.Differs)} differ, {Count(Verdict.NoSnapshot)} without a snapshot, {Count(Verdict.CouldNotCheck)} could not be checked, {Count(Verdict.NotRun)} not run, in {Took.TotalSeconds:0.0} s");

    /// <summary>What the run cost, and what is known from the vendor's own service.</summary>
    public IReadOnlyList<string> Remarks =>
    [
        .. Count(Verdict.Held) == 0 && Count(Verdict.Differs) > 0 ? ["Not one case has held: is this the address of a voucher service, and is the key one of its own?"] : Array.Empty<string>(),
        .. Target.Budget.InWords is { } cost ? [cost + "."] : Array.Empty<string>(),
        Provenance.InOneSentence,
    ];

    /// <summary>A verdict as reports write it.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Held => "held",
        Verdict.Differs => "DIFFERS",
        Verdict.NoSnapshot => "NO SNAPSHOT",
        Verdict.CouldNotCheck => "COULD NOT CHECK",
        _ => "not run",
    };
}
