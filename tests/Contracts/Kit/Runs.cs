using System.Net;
using System.Net.Sockets;
using ImovoSim.Contracts.Tests.Deviations;
using ImovoSim.Contracts.Tests.Targets;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ImovoSim.Contracts.Tests.Kit;

/// <summary>What a run tells whoever started it, above all where it went wrong.</summary>
public sealed class Runs : IAsyncDisposable
{
    private readonly SimulatorInProcess _simulator = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("runs-").FullName;

    [Fact]
    public async Task An_address_at_which_nothing_listens_is_told_once_and_has_no_voucher_of_ours()
    {
        using var http = new HttpMessageInvoker(Target.NewHandler());
        var report = await Run(AddressTarget.At(Unused(), null, null, null, TimeProvider.System, http), Suite.Cases);
        Assert.Equal(3, report.Count(Verdict.CouldNotCheck));
        Assert.Equal(Suite.Cases.Count - 3, report.Count(Verdict.NotRun));
        Assert.Contains(report.Outcomes, one => one.Reason.StartsWith("nothing has been heard from the address: ", StringComparison.Ordinal));
        Assert.Empty(report.LeftBehind);
        Assert.Equal(2, report.ExitStatus);
    }

    [Fact]
    public async Task A_simulator_is_held_with_every_case_and_has_nothing_left_behind()
    {
        await using var simulator = new SimulatorInProcess(asItComes: true);
        using var http = new HttpMessageInvoker(Target.NewHandler());
        var report = await Run(AddressTarget.At(simulator.Address, null, null, null, TimeProvider.System, http), Suite.Cases);
        Assert.All(report.Outcomes, one => Assert.True(one.Verdict == Verdict.Held, $"{one.Case.SnapshotName}: {one.Verdict}, {one.Reason}"));
        Assert.Empty(report.LeftBehind);
    }

    [Theory]
    [InlineData(200, "{}"), InlineData(200, "<html>"), InlineData(200, "[]"), InlineData(404, ""), InlineData(401, "Unauthorized client")]
    public async Task An_address_that_does_not_say_that_it_is_a_simulator_is_asked_once_and_never_steered(int status, string body)
    {
        using var server = WireMockServer.Start();
        server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(status).WithBody(body));
        using var http = new HttpMessageInvoker(Target.NewHandler());
        var report = await Run(AddressTarget.At(new Uri(server.Url! + "/below"), null, null, null, TimeProvider.System, http), Suite.Cases);
        Assert.Equal(Suite.Cases.Count(one => one.Needs.Any(Steered.Contains) || one.Roles.Contains(Role.Foreign)), report.Count(Verdict.NotRun));
        Assert.Equal("GET /below/_sim", Assert.Single(Control(server)));
    }

    [Theory]
    [InlineData("key-from-paypoint", false), InlineData("key-from-paypoint", true), InlineData("sim_key", true)]
    public async Task A_service_that_gave_a_key_or_has_settings_is_not_even_asked(string key, bool settings)
    {
        using var server = WireMockServer.Start();
        using var http = new HttpMessageInvoker(Target.NewHandler());
        var known = new TargetSettings { Campaigns = new Dictionary<string, CampaignSettings> { [Role.Cash] = new() { Code = "THINK" }, [Role.Foreign] = new() { Code = "THEIRS" }, [Role.Brief] = new() { Code = "SHORT" } } };
        var report = await Run(AddressTarget.At(new Uri(server.Url!), key, null, settings ? known : null, TimeProvider.System, http), Suite.Cases);
        Assert.Contains(report.Outcomes, one => one.Reason.EndsWith(Capability.Meaning(Capability.Clock), StringComparison.Ordinal));
        Assert.NotEmpty(server.LogEntries);
        Assert.Empty(Control(server));
    }

    [Fact]
    public async Task A_lost_answer_is_told_with_its_customer_reference_wherever_that_stood()
    {
        using var http = Behaving((asked, simulator) => throw new HttpRequestException("cut off"));
        var target = At(http);
        var report = await Run(target, [.. Suite.Cases.Where(one => one.SnapshotName == "VouchersWithId.sample")]);
        Assert.Matches($"^a voucher may be live: no answer came to POST /VoucherRequest/RequestVoucherWithId, customer reference kit\\.{target.Run}\\.", Assert.Single(report.LeftBehind));
    }

    [Fact]
    public async Task The_same_difference_in_many_cases_is_told_once()
    {
        using var http = Behaving((_, _) => Task.FromResult(new Reply(501, "text/html", "<html>", [])));
        var report = await Run(At(http), Suite.Cases);
        var told = ResultTable.Differences(report).ToList();
        Assert.InRange(told.Count(line => line.StartsWith("DIFFERS", StringComparison.Ordinal)), 1, 12);
        Assert.Matches("^DIFFERS in [0-9]+ cases$", told[0]);
        Assert.Equal(["  approved: <<< 200", "  received: <<< 501"], told[1..3]);
        Assert.Matches("^  IssuingVouchers.cash, line [0-9]+: Cash of the caller's choice", told[3]);
        Assert.InRange(told.Count, 4, 90);
        Assert.Contains("Not one case has held: is this the address of a voucher service, and is the key one of its own?", report.Remarks);
    }

    [Fact]
    public void A_difference_in_a_long_line_is_shown_with_what_stands_around_it()
    {
        var (start, end) = (new string('a', 200), new string('z', 200));
        var difference = Snapshots.FirstDifference($"one\n{start}20.00{end}", $"one\n{start}20{end}").Split('\n');
        Assert.Equal("line 2", difference[0]);
        Assert.All(difference[1..], line => Assert.InRange(line.Length, 50, 120));
        Assert.Contains("aaa20.00zzz", difference[1], StringComparison.Ordinal);
        Assert.Contains("aaa20zzz", difference[2], StringComparison.Ordinal);
        Assert.Equal("line 2\n  approved: (the end)\n  received: more", Snapshots.FirstDifference("one", "one\nmore"));
    }

    [Theory, InlineData("--junit"), InlineData("--markdown")]
    public async Task A_report_that_cannot_be_written_is_told_before_the_first_call(string option)
    {
        var path = Path.Combine(_directory, "no-such-folder", "report");
        var options = new RunOptions(Unused().AbsoluteUri, null, [], false, option == "--junit" ? path : null, option == "--markdown" ? path : null, "no such file");
        var wrong = await Assert.ThrowsAsync<SettingsException>(() => RunCommand.Run(options, TestContext.Current.CancellationToken));
        Assert.StartsWith($"{option}: {path} cannot be written: ", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mappings_that_cannot_be_written_are_told_in_a_sentence()
    {
        var file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "");
        var wrong = Assert.Throws<SettingsException>(() => StubExport.Print(Path.Combine(file, "below"), TimeProvider.System));
        Assert.StartsWith("The mappings cannot be written to ", wrong.Message, StringComparison.Ordinal);
    }

    private static readonly string[] Steered = [Capability.Clock, Capability.Limit, Capability.Redeem];

    private static IEnumerable<string> Control(WireMockServer server) => server.LogEntries.Select(entry => entry.RequestMessage!)
        .Where(request => request.Path.Contains("_sim", StringComparison.Ordinal)).Select(request => $"{request.Method} {request.Path}");

    private static Uri Unused()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}");
    }

    private static HttpMessageInvoker Behaving(Behaviour behaviour) =>
        new(new Deviating(new("none", "none", _ => behaviour), TimeProvider.System) { InnerHandler = Target.NewHandler() });

    private Target At(HttpMessageInvoker http) => AddressTarget.At(_simulator.Address, null, null, null, TimeProvider.System, http);

    private static Task<RunReport> Run(Target target, IReadOnlyList<Case> cases) =>
        Runner.Run(target, cases, Provenance.Read("no such file"), _ => { }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return _simulator.DisposeAsync();
    }
}
