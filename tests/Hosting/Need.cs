using Xunit;

namespace ImovoSim.Tests;

/// What a test cannot do without. Where it is missing the test is skipped by name; where IMOVO_TESTS_REQUIRE names it, it fails.
public static class Need
{
    public static void Have(string what, bool available, string missing)
    {
        if (available)
            return;
        var required = (Environment.GetEnvironmentVariable("IMOVO_TESTS_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains(what, StringComparer.OrdinalIgnoreCase), $"IMOVO_TESTS_REQUIRE asks for {what}: {missing}");
        Assert.Skip(missing);
    }
}
