using System.Collections.Concurrent;
using ImovoSim.Contracts.Tests.Deviations;
using ImovoSim.Contracts.Tests.Targets;

namespace ImovoSim.Contracts.Tests.Kit;

/// <summary>What a run may cost a service that is not ours, and what it leaves behind there: nothing, or a list.</summary>
public sealed class Costs : IAsyncDisposable
{
    private readonly SimulatorInProcess _simulator = new();
    private readonly ConcurrentDictionary<string, bool> _live = [];
    private int _calls;
    private int _underWay;
    private int _mostUnderWay;

    [Fact]
    public async Task A_run_cancels_everything_that_it_issued()
    {
        var report = await Run(Budget.Unlimited, Unchanged, TestContext.Current.CancellationToken);
        Assert.InRange(report.Count(Verdict.Held), 100, 200);
        Assert.NotEmpty(_live);
        Assert.DoesNotContain(_live, voucher => voucher.Value);
        Assert.Empty(report.LeftBehind);
        Assert.Equal(0, report.ExitStatus);
        Assert.Equal(1, _mostUnderWay);
    }

    [Fact]
    public async Task A_run_that_is_stopped_cancels_everything_that_it_issued()
    {
        using var stopping = new CancellationTokenSource();
        var report = await Run(Budget.Unlimited, async (asked, simulator) =>
        {
            var reply = await Unchanged(asked, simulator);
            if (reply.Issues && _live.Count == 30) await stopping.CancelAsync();
            return reply;
        }, stopping.Token);
        Assert.Equal(30, _live.Count);
        Assert.DoesNotContain(_live, voucher => voucher.Value);
        Assert.Contains(report.Outcomes, one => one.Verdict == Verdict.NotRun && one.Reason.Contains("stopped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_differs_everywhere_cancels_everything_that_it_issued()
    {
        var report = await Run(Budget.Unlimited, async (asked, simulator) => (await Unchanged(asked, simulator)).Replacing("£", "GBP "), TestContext.Current.CancellationToken);
        Assert.InRange(report.Count(Verdict.Differs), 60, 200);
        Assert.DoesNotContain(_live, voucher => voucher.Value);
        Assert.Equal(1, report.ExitStatus);
    }

    [Theory, InlineData(40), InlineData(101), InlineData(250)]
    public async Task A_run_makes_no_more_calls_than_it_may_and_keeps_enough_of_them_to_clean_up(int cap)
    {
        var report = await Run(new(100_000m, cap), Unchanged, TestContext.Current.CancellationToken);
        Assert.InRange(_calls, cap - 5, cap);
        Assert.DoesNotContain(_live, voucher => voucher.Value);
        Assert.Contains(report.Outcomes, one => one.Reason.Contains("cap on calls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_asks_for_no_more_pounds_than_it_may()
    {
        var asked = 0m;
        var report = await Run(new(60.00m, 100_000), async (call, simulator) =>
        {
            var reply = await Unchanged(call, simulator);
            if (System.Text.RegularExpressions.Regex.Match(reply.Body, "\"balance\":([0-9.]+)") is { Success: true } balance)
                asked += decimal.Parse(balance.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            return reply;
        }, TestContext.Current.CancellationToken);
        Assert.InRange(asked, 40.00m, 60.00m);
        Assert.Contains(report.Outcomes, one => one.Reason.Contains("cap in pounds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_cancelled_is_listed()
    {
        var report = await Run(Budget.Unlimited, (asked, simulator) => asked.IsCancel ? Task.FromResult(Reply.Refusal("Unexpected error")) : Unchanged(asked, simulator),
            TestContext.Current.CancellationToken, one => one.SnapshotName == "Values.at-the-minimum");
        Assert.Equal([$"voucher {_live.Keys.Single()} is still live: its cancellation failed"], report.LeftBehind);
        Assert.Equal(2, report.ExitStatus);
    }

    [Fact]
    public async Task A_lost_answer_is_no_difference_and_its_voucher_is_listed_as_unsure()
    {
        var report = await Run(Budget.Unlimited, async (asked, simulator) => await simulator(asked) is { Issues: true } ? throw new HttpRequestException("cut off") : Reply.Success,
            TestContext.Current.CancellationToken, one => one.SnapshotName == "Values.at-the-minimum");
        Assert.Equal(Verdict.CouldNotCheck, report.Outcomes.Single().Verdict);
        Assert.StartsWith("a voucher may be live: no answer came to POST /VoucherRequest/Request?", Assert.Single(report.LeftBehind), StringComparison.Ordinal);
        Assert.Equal(2, report.ExitStatus);
    }

    private async Task<Reply> Unchanged(Asked asked, Simulator simulator)
    {
        Interlocked.Increment(ref _calls);
        var underWay = Interlocked.Increment(ref _underWay);
        if (underWay > _mostUnderWay) _mostUnderWay = underWay;
        var reply = await simulator(asked);
        Interlocked.Decrement(ref _underWay);
        if (reply.Code is { } issued) _live[issued] = true;
        if (asked.IsCancel && reply.Succeeds && asked.Code?.Trim() is { } code && _live.ContainsKey(code)) _live[code] = false;
        return reply;
    }

    private async Task<RunReport> Run(Budget budget, Behaviour behaviour, CancellationToken stop, Func<Case, bool>? which = null)
    {
        using var http = new HttpMessageInvoker(new Deviating(new("none", "none", _ => behaviour), TimeProvider.System) { InnerHandler = Target.NewHandler() });
        // As a service is run that gave us two keys and no more: one call at a time, and everything counted.
        var settings = new TargetSettings { Campaigns = Campaign.OfTheSnapshots.Where(one => one.Key is not (Role.Limited or Role.Foreign)).ToDictionary(one => one.Key, one => Named(one.Value)) };
        var target = AddressTarget.At(_simulator.Address, "sim_" + behaviour.Method.GetHashCode() + Interlocked.Increment(ref _runs), "sim_costs-2", settings, TimeProvider.System, http) with { Budget = budget };
        return await Runner.Run(target, [.. Suite.Cases.Where(which ?? (_ => true))], Provenance.Read("no such file"), _ => { }, stop);
    }

    private static int _runs;

    private static CampaignSettings Named(Campaign one) => new()
    {
        Code = one.Code, Minimum = one.Minimum, Maximum = one.Maximum, Value = one.Value, ValidityDays = one.ValidityDays,
        ValiditySeconds = one.ValiditySeconds, ExpiryForm = one.ExpiryForm, CodeLength = one.CodeLength, Wording = one.Wording,
    };

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();
}
