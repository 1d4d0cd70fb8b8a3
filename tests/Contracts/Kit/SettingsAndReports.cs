using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace ImovoSim.Contracts.Tests.Kit;

public sealed class SettingsAndReports : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kit-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    private string In(string file, string? text = null)
    {
        var path = Path.Combine(_directory, file);
        if (text is not null) File.WriteAllText(path, text);
        return path;
    }

    [Theory]
    [InlineData("""{"campaigns":{"cahs":{"code":"X"}}}""", "\"cahs\" is no role")]
    [InlineData("""{"campaigns":{"cash":{}}}""", "\"cash\" has no code")]
    [InlineData("""{"campaigns":{"cash":null}}""", "\"cash\" has no code")]
    [InlineData("""{"campaigns":null}""", "campaigns must be an object")]
    [InlineData("""{"capPound":1}""", "capPound")]
    [InlineData("""{"reference":"me@example.com"}""", "{unique}")]
    [InlineData("""{"reference":null}""", "{unique}")]
    [InlineData("""{"capCalls":0}""", "capCalls")]
    [InlineData("""{""", "settings.json")]
    public void A_wrong_settings_file_is_refused_with_the_cure(string json, string says) =>
        Assert.Contains(says, Assert.Throws<SettingsException>(() => TargetSettings.Read(In("settings.json", json))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_example_can_be_read()
    {
        var example = TargetSettings.Read(Path.Combine(Approval.Approved.Directory, "../settings.example.json"));
        Assert.Equal(("PayPoint UAT", true, 1700.00m, 350), (example.Name, example.RealService, example.CapPounds, example.CapCalls));
        Assert.Equal(Campaign.OfTheSnapshots[Role.Cash], example.Campaigns[Role.Cash].AsCampaign(Role.Cash));
        Assert.Equal(Campaign.OfTheSnapshots[Role.Id], example.Campaigns[Role.Id].AsCampaign(Role.Id));
        Assert.Equal(Role.All.Except([Role.Limited]), example.Campaigns.Keys);
    }

    [Fact]
    public void The_README_shows_settings_that_can_be_read_and_counts_the_cases()
    {
        var readme = File.ReadAllText(Path.Combine(Approval.Approved.Directory, "../../README.md"));
        var begins = readme.IndexOf("{\n  \"name\": \"PayPoint UAT\"", StringComparison.Ordinal);
        var shown = TargetSettings.Read(In("settings.json", readme[begins..readme.IndexOf("\n```", begins, StringComparison.Ordinal)]));
        Assert.Equal((1700.00m, 350), (shown.CapPounds, shown.CapCalls));
        var held = StubExport.Write(_directory, _clock).Held.Count;
        Assert.Contains($"as {Suite.Cases.Count} short conversations", readme, StringComparison.Ordinal);
        Assert.Contains($"{held} of the {Suite.Cases.Count} cases, those that a stub without memory can hold", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_settings_file_does_not_say_keeps_its_default() =>
        Assert.Equal((100.00m, 300, 30), TargetSettings.Read(In("settings.json", "{}")) is var read ? (read.CapPounds, read.CapCalls, read.PatienceSeconds) : default);

    [Fact]
    public void A_service_with_a_key_and_no_settings_is_asked_only_what_needs_no_campaign()
    {
        var target = At("key-from-paypoint", settings: null);
        Assert.All(Suite.Cases.Where(one => one.WhyNot(target) is null), one => Assert.Empty(one.Roles));
        Assert.Contains(Suite.Cases, one => one.WhyNot(target) is null);
    }

    [Fact]
    public void A_settings_file_without_a_key_is_refused() => Assert.Contains("IMOVO_API_KEY", Assert.Throws<SettingsException>(() => At(null, new())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_target_in_words_is_its_name() => Assert.Equal("PayPoint UAT", At("secret-key-1", new() { Name = "PayPoint UAT" }).ToString());

    [Fact]
    public void Provenance_keeps_when_a_case_last_held_and_last_failed()
    {
        var (first, second) = (Suite.Cases[0], Suite.Cases[1]);
        var record = Provenance.Read(In("provenance.json"));
        Assert.True(record.IsEmpty);
        Assert.StartsWith("No run against the vendor's own service", record.InOneSentence, StringComparison.Ordinal);
        record.Record(Real, "UAT", [new(first, Verdict.Held, "", ""), new(second, Verdict.CouldNotCheck, "", "")], _clock);
        _clock.Advance(TimeSpan.FromDays(1));
        Provenance.Read(In("provenance.json")).Record(Real, "UAT", [new(first, Verdict.Differs, "", "")], _clock);
        record = Provenance.Read(In("provenance.json"));
        Assert.Equal("UAT: held 2026-03-02, failed 2026-03-03", record.Of(first));
        Assert.Equal("never checked against the real service", record.Of(second));
    }

    [Fact]
    public void A_run_against_anything_but_the_vendors_own_service_leaves_no_provenance()
    {
        Outcome[] held = [new(Suite.Cases[0], Verdict.Held, "", "")];
        var record = Provenance.Read(In("provenance.json"));
        record.Record(null, "simulator", held, _clock);
        record.Record(new(), "somebody's stub", held, _clock);
        Assert.True(record.IsEmpty);
        Assert.False(File.Exists(In("provenance.json")));
    }

    [Fact]
    public void Reports_tell_what_held_what_did_not_and_why()
    {
        var outcomes = new Outcome[]
        {
            new(Suite.Cases[0], Verdict.Held, "said", ""),
            new(Suite.Cases[1], Verdict.Differs, "said <otherwise>", "line 7"),
            new(Suite.Cases[2], Verdict.NotRun, "", "no campaign"),
            new(Suite.Cases[3], Verdict.CouldNotCheck, "", "cut off"),
        };
        var report = new RunReport(At("secret-key-1", new()), outcomes, TimeSpan.FromSeconds(1.25), Provenance.Read(In("none.json")));
        Assert.Equal("1 held, 1 differ, 0 without a snapshot, 1 could not be checked, 1 not run, in 1.3 s", report.InOneLine);
        Assert.Equal(1, report.ExitStatus);

        JUnitReport.Write(report, In("junit.xml"));
        var suite = XDocument.Load(In("junit.xml")).Root!.Element("testsuite")!;
        Assert.Equal(["4", "1", "1", "1"], ((string[])["tests", "failures", "errors", "skipped"]).Select(name => suite.Attribute(name)!.Value));
        Assert.Equal("said <otherwise>", suite.Elements("testcase").ElementAt(1).Element("failure")!.Value);

        var markdown = MarkdownReport.Text(report);
        Assert.Contains("said <otherwise>", markdown, StringComparison.Ordinal);
        Assert.Contains("No run against the vendor's own service has been recorded", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key-1", markdown + File.ReadAllText(In("junit.xml")), StringComparison.Ordinal);
    }

    private static readonly TargetSettings Real = new() { RealService = true };

    private Target At(string? key, TargetSettings? settings)
    {
        using var http = new HttpMessageInvoker(Target.NewHandler());
        return AddressTarget.At(new("https://uat.example"), key, null, settings, _clock, http);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
