using System.Net;
using ImovoSim.Client;

namespace ImovoSim.Tests;

/// Each call of the typed client for faults, against the real program.
public sealed class FaultSteeringTests(SteeredSimulator simulator) : IClassFixture<SteeredSimulator>
{
    private readonly ImovoSimulator _steer = simulator.Steer();
    private readonly IImovoClient _imovo = simulator.Client();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Fault> Kinds => new()
    {
        { "latency", Fault.Latency(TimeSpan.FromMilliseconds(1)) },
        { "latency", Fault.LatencyBetween(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)) },
        { "latency", Fault.LatencyAround(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(1)) },
        { "status", Fault.Status(418, "teapot", "text/plain") },
        { "too-many-requests", Fault.TooManyRequests(TimeSpan.FromSeconds(30)) },
        { "unavailable", Fault.Unavailable() },
        { "empty-body", Fault.EmptyBody() },
        { "truncated", Fault.Truncated() },
        { "malformed-json", Fault.MalformedJson() },
        { "wrong-content-type", Fault.WrongContentType() },
        { "slow-drip", Fault.SlowDrip(TimeSpan.FromMilliseconds(10)) },
        { "connection-reset", Fault.ConnectionReset() },
        { "no-answer", Fault.NoAnswer(TimeSpan.FromMinutes(1)) },
        { "same-voucher", Fault.SameVoucher() },
        { "delivery-fails", Fault.DeliveryFails() },
        { "delivery-late", Fault.DeliveryLate(TimeSpan.FromDays(2)) },
        { "delivery-twice", Fault.DeliveryTwice() },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public async Task Every_kind_of_fault_can_be_asked_for(string kind, Fault fault) => Assert.Equal(kind, (await _steer.Faults.Add(fault, Cancel)).Kind);

    [Fact]
    public void There_is_a_way_to_ask_for_every_kind() =>
        Assert.Equal(Faults.FaultKinds.All.Select(one => one.Name).Order(), Kinds.Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public async Task A_fault_strikes_the_calls_that_it_is_for_and_counts_them()
    {
        var added = await _steer.Faults.Add(
            Fault.Status(502).After().For(VendorOperation.Request).ForCampaign("THINK").ForReference("r").OnCall(2).Times(3).Until(At("2199-01-01T00:00:00Z")), Cancel);
        Assert.Equal((FaultMoment.After, VendorOperation.Request, "THINK", "r", 3L), (added.When, added.Operation, added.Campaign, added.Reference, added.Strikes));
        await Issue("r");
        await Issue("other");
        Assert.True((await Assert.ThrowsAsync<ImovoUnexpectedAnswerException>(() => Issue("r"))).OutcomeIsUnknown);
        Assert.Equal((2L, 1L), await _steer.Faults.Get(added.Id, Cancel) is var fault ? (fault.Calls, fault.Struck) : default);
        await _steer.Verify(VoucherCount.Exactly(2, VoucherState.Live).ForReference("r").ForCampaign("think"), Cancel);
    }

    [Fact]
    public async Task Faults_are_listed_and_taken_back()
    {
        var first = await _steer.Faults.Add(Fault.Unavailable().EveryCall(2), Cancel);
        await _steer.Faults.Add(Fault.Unavailable().Before().WithProbability(0.5), Cancel);
        Assert.Equal(2, (await _steer.Faults.List(Cancel)).Count);
        await _steer.Faults.Remove(first.Id, Cancel);
        await _steer.Faults.Clear(Cancel);
        Assert.Empty(await _steer.Faults.List(Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ImovoSimulatorException>(() => _steer.Faults.Remove(first.Id, Cancel))).StatusCode);
    }

    private async Task Issue(string reference) => Assert.IsType<VoucherIssued>(await _imovo.RequestVoucherAsync("THINK", reference, 10.00m, Cancel));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
