namespace ImovoSim.Contracts;

/// <summary>What a run may spend, in pounds of vouchers asked for and in calls; each issue keeps a call back for its cancellation.</summary>
/// <param name="pounds">The most that all vouchers asked for may add up to.</param>
/// <param name="calls">The most calls, cancellations at the end included.</param>
public sealed class Budget(decimal pounds, int calls)
{
    private readonly Lock _door = new();
    private decimal _pounds;
    private int _calls;

    /// <summary>For targets that cost nothing.</summary>
    public static Budget Unlimited { get; } = new(decimal.MaxValue, int.MaxValue);

    /// <summary>What has been spent so far, in words; null where nobody counts.</summary>
    public string? InWords
    {
        get
        {
            if (ReferenceEquals(this, Unlimited)) return null;
            lock (_door) return FormattableString.Invariant($"Vouchers for {_pounds:0.00} pounds asked for in {_calls} calls, cancellations included");
        }
    }

    internal void Take(decimal value, bool issues)
    {
        if (ReferenceEquals(this, Unlimited)) return;
        lock (_door)
        {
            var needed = issues ? 2 : 1;
            if (calls - _calls < needed) throw new NotRun("the run's cap on calls is reached");
            if (pounds - _pounds < value) throw new NotRun("the run's cap in pounds is reached");
            _calls += needed;
            _pounds += value;
        }
    }

    /// <summary>A call that issued nothing after all gives the kept-back call and the pounds back.</summary>
    internal void GiveBack(decimal value)
    {
        if (ReferenceEquals(this, Unlimited)) return;
        lock (_door)
        {
            _calls--;
            _pounds -= value;
        }
    }

    /// <summary>Cancelling through a case spends the call that its issue kept back.</summary>
    internal void CancelledInCase()
    {
        if (ReferenceEquals(this, Unlimited)) return;
        lock (_door) _calls--;
    }
}

