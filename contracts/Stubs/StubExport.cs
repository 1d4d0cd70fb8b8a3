using System.Globalization;

namespace ImovoSim.Contracts;

/// <summary>contracts export wiremock DIR</summary>
internal static class StubExport
{
    public static int Print(string directory, TimeProvider clock)
    {
        var stub = Written(directory, clock);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stub.Mappings.Count} mappings hold {stub.Held.Count} of {stub.Held.Count + stub.LeftOut.Count} cases; their dates count from {Dates.London(clock.GetUtcNow()):yyyy-MM-dd}."));
        foreach (var reason in stub.LeftOut.GroupBy(one => one.Reason)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left out ({reason.Count()}): {reason.Key}"));
        return 0;
    }

    private static Stub Written(string directory, TimeProvider clock)
    {
        try
        {
            return Write(directory, clock);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The mappings cannot be written to {directory}: {failure.Message}");
        }
    }

    /// <summary>Writes one file for each mapping into DIR/mappings, where any WireMock looks for them.</summary>
    public static Stub Write(string directory, TimeProvider clock)
    {
        var stub = new Stub(Dates.London(clock.GetUtcNow()).Date, Suite.Cases);
        var mappings = Directory.CreateDirectory(Path.Combine(directory, "mappings")).FullName;
        foreach (var old in Directory.GetFiles(mappings, "contract-*.json")) File.Delete(old);
        var number = 0;
        foreach (var mapping in stub.Mappings)
            File.WriteAllBytes(Path.Combine(mappings, string.Create(CultureInfo.InvariantCulture, $"contract-{++number:000}-{mapping.Name}.json")), mapping.Json());
        return stub;
    }
}
