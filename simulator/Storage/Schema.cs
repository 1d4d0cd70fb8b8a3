namespace ImovoSim.Storage;

/// <summary>The schema of a database: numbered .sql files in the program, applied in order, each once.</summary>
internal static class Schema
{
    public static IReadOnlyList<string> Of(string engine)
    {
        var assembly = typeof(Schema).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"schema/{engine}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }

    /// <exception cref="SettingException">The database is of a later version of this program.</exception>
    public static void CheckNotNewer(long version, IReadOnlyList<string> scripts, string where)
    {
        if (version > scripts.Count)
            throw new SettingException(
                $"{where} has schema {version}, and this program knows schemas up to {scripts.Count}: start the version that wrote it, or a later one, or set another database.");
    }
}
