using System.Text.RegularExpressions;
using ImovoSim.Contracts.Tests.Approval;

namespace ImovoSim.Contracts.Tests.Kit;

/// <summary>What must be true of every case and every snapshot.</summary>
public sealed partial class Cases
{
    [Fact]
    public void There_are_at_least_sixty() => Assert.InRange(Suite.Cases.Count, 60, int.MaxValue);

    [Fact]
    public void No_two_have_the_same_name() => Assert.Empty(Suite.Cases.GroupBy(one => one.SnapshotName, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Names_are_words_and_dashes() => Assert.All(Suite.Cases, one => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", one.Id));

    [Fact]
    public void Each_rests_on_questions_that_have_been_asked() =>
        Assert.All(Suite.Cases, one => Assert.All(one.Facts.DefaultIfEmpty("no fact"), fact => Assert.InRange(int.Parse(fact[1..], System.Globalization.CultureInfo.InvariantCulture), 1, 77)));

    [Fact]
    public void Every_case_has_a_snapshot_and_every_snapshot_a_case() =>
        Assert.Equal(Suite.Cases.Select(one => one.SnapshotName + ".verified.txt").Order(StringComparer.Ordinal),
            Directory.GetFiles(Approved.Directory, "*.verified.*").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_role_that_a_case_speaks_of_is_declared() => Assert.All(Suite.Cases, one =>
    {
        var spoken = RoleSpoken().Matches(Snapshots.Read(one)!).Select(match => match.Groups[1].Value).Where(Role.All.Contains).Distinct();
        Assert.Empty(spoken.Except(one.Roles));
    });

    [Fact]
    public void Every_capability_that_a_case_needs_has_a_meaning() =>
        Assert.All(Suite.Cases.SelectMany(one => one.Needs), need => Assert.Contains(need, Capability.All));

    [Fact]
    public void No_snapshot_holds_a_code_a_date_or_a_key_of_the_day_it_was_made() => Assert.All(Suite.Cases, one =>
    {
        var answers = string.Join('\n', Snapshots.Read(one)!.Split('\n').Where(line => line.StartsWith("{\"voucherCode", StringComparison.Ordinal)));
        Assert.DoesNotMatch("[0-9]{10}|[0-9]{4}-[0-9]{2}-[0-9]{2}", answers);
        Assert.DoesNotContain("sim_", Snapshots.Read(one)!, StringComparison.Ordinal);
    });

    [Fact]
    public void Snapshots_have_Verifys_bytes() => Assert.All(Directory.GetFiles(Approved.Directory, "*.verified.txt"), file =>
    {
        var bytes = File.ReadAllBytes(file);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.NotEqual((byte)'\n', bytes[^1]);
    });

    [GeneratedRegex(@"\{([a-zA-Z]+)( [^}""]*)?\}")]
    private static partial Regex RoleSpoken();
}
