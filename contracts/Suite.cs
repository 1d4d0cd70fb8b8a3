namespace ImovoSim.Contracts;

/// <summary>All cases, and how one is held.</summary>
public static class Suite
{
    /// <summary>Every case, behaviour by behaviour, in the order in which a newcomer would read them.</summary>
    public static IReadOnlyList<Case> Cases { get; } =
    [
        .. Of(nameof(IssuingVouchers), IssuingVouchers.Cases),
        .. Of(nameof(AskingInOtherWays), AskingInOtherWays.Cases),
        .. Of(nameof(RefusingVouchers), RefusingVouchers.Cases),
        .. Of(nameof(Values), Values.Cases),
        .. Of(nameof(VouchersWithId), VouchersWithId.Cases),
        .. Of(nameof(RefusingVouchersWithId), RefusingVouchersWithId.Cases),
        .. Of(nameof(BadBodies), BadBodies.Cases),
        .. Of(nameof(Cancelling), Cancelling.Cases),
        .. Of(nameof(NamingTheVoucher), NamingTheVoucher.Cases),
        .. Of(nameof(WeeklyLimits), WeeklyLimits.Cases),
        .. Of(nameof(ExpiryDates), ExpiryDates.Cases),
        .. Of(nameof(AtOnce), AtOnce.Cases),
        .. Of(nameof(Authentication), Authentication.Cases),
        .. Of(nameof(Paths), Paths.Cases),
    ];

    /// <summary>Holds a conversation and writes it down. Throws nothing but cancellation by <paramref name="stop"/>.</summary>
    /// <param name="conversation">The case.</param>
    /// <param name="target">What to talk to.</param>
    /// <param name="stop">Ends the conversation.</param>
    public static async Task<Outcome> Hold(Case conversation, Target target, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(target);
        if (conversation.WhyNot(target) is { } reason) return new(conversation, Verdict.NotRun, "", reason);
        var talk = new Talk(conversation, target, stop);
        try
        {
            await conversation.Holds(talk);
        }
        catch (EndsEarly end)
        {
            talk.EndsEarly(end.Message);
        }
        catch (NotRun not)
        {
            return new(conversation, Verdict.NotRun, talk.Text, not.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(conversation, Verdict.CouldNotCheck, talk.Text, $"no answer within {target.Patience.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new(conversation, Verdict.CouldNotCheck, talk.Text, failure.Message);
        }
        return Compare(conversation, talk.Text);
    }

    private static Outcome Compare(Case conversation, string transcript)
    {
        if (Snapshots.Read(conversation) is not { } expected) return new(conversation, Verdict.NoSnapshot, transcript, "nobody has approved a transcript yet");
        return expected == transcript
            ? new(conversation, Verdict.Held, transcript, "")
            : new(conversation, Verdict.Differs, transcript, Snapshots.FirstDifference(expected, transcript));
    }

    private static IEnumerable<Case> Of(string behaviour, IEnumerable<Case> cases) => cases.Select(one => one with { Behaviour = behaviour });
}

/// <summary>How a case ended at a target.</summary>
public enum Verdict
{
    /// <summary>The transcript is the approved one.</summary>
    Held,
    /// <summary>The transcript differs from the approved one.</summary>
    Differs,
    /// <summary>There is no approved transcript to compare with.</summary>
    NoSnapshot,
    /// <summary>The target cannot hold the conversation; the reason says why.</summary>
    NotRun,
    /// <summary>An answer was lost on the way; nothing is known, and nothing is claimed.</summary>
    CouldNotCheck,
}

/// <summary>A case as it ended.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Transcript">What was said; free of keys.</param>
/// <param name="Reason">Why, where the verdict does not say it all.</param>
public sealed record Outcome(Case Case, Verdict Verdict, string Transcript, string Reason);
