namespace ImovoSim.Contracts.Tests.Approval.BuiltIn;

public sealed class SnapshotNameTests
{
    public static TheoryData<object?, string> Written => new()
    {
        { null, "null" },
        { true, "True" },
        { 1, "1" },
        { 1.5m, "1.5" },
        { 1234567.5, "1234567.5" },
        { "text", "text" },
        { "a b.c", "a b.c" },
        { "a\"b\\c<d>e|f:g*h?i/j#k\tl", "a-b-c-d-e-f-g-h-i-j-k-l" },
        { new DateOnly(2026, 3, 29), "2026-03-29" },
        { new TimeOnly(15, 4), "3-04-PM" },
        { new DateTime(2026, 3, 29), "2026-03-29" },
        { new DateTime(2026, 3, 29, 1, 2, 0, DateTimeKind.Utc), "2026-03-29T01-02Utc" },
        { new DateTime(2026, 3, 29, 1, 2, 3), "2026-03-29T01-02-03" },
        { new DateTime(2026, 3, 29, 1, 2, 3, 450), "2026-03-29T01-02-03.45" },
        { new[] { 1, 2 }, "1,2" },
        { Array.Empty<int>(), "[]" },
        { new object[] { 1, new[] { 2, 3 } }, "1,[2,3]" },
        { DayOfWeek.Monday, "Monday" },
    };

    [Theory, MemberData(nameof(Written), DisableDiscoveryEnumeration = true)]
    public void An_argument_is_named_as_Verify_names_it(object? argument, string expected) =>
        Assert.Equal($"Type.Method_argument={expected}", SnapshotName.Prefix("Type", "Method", ("argument", argument)));

    [Fact]
    public void Arguments_follow_each_other() => Assert.Equal("Type.Method_a=1_b=two", SnapshotName.Prefix("Type", "Method", ("a", 1), ("b", "two")));

    [Fact]
    public void A_nested_type_is_named_with_one_parent() => Assert.Equal("Inner.Innermost", SnapshotName.Of(typeof(Inner.Innermost)));

    [Fact]
    public void A_type_is_named_alone() => Assert.Equal("SnapshotNameTests", SnapshotName.Of(typeof(SnapshotNameTests)));

    private static class Inner
    {
        internal static class Innermost;
    }
}
