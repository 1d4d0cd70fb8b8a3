namespace ImovoSim.Contracts.Tests;

/// <summary>What a machine lacks is skipped by name, unless IMOVO_TESTS_REQUIRE says that it must be there.</summary>
internal static class Required
{
    /// <param name="name">The name under which IMOVO_TESTS_REQUIRE asks for it.</param>
    /// <param name="missing">Why it is not there, or null.</param>
    public static void OrSkip(string name, string? missing)
    {
        if (missing is null) return;
        var required = (Environment.GetEnvironmentVariable("IMOVO_TESTS_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (required.Contains(name, StringComparer.OrdinalIgnoreCase)) Assert.Fail($"{name} is required here, but {missing}");
        Assert.Skip(missing);
    }
}
