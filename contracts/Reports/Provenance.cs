using System.Text.Json;

namespace ImovoSim.Contracts;

/// <summary>When each case last held and last failed against the vendor's own service. Only such runs write it.</summary>
public sealed class Provenance
{
    private readonly string _path;
    private readonly ProvenanceFile _file;

    private Provenance(string path, ProvenanceFile file) => (_path, _file) = (path, file);

    /// <summary>Reads the record; a file that is not there is an empty record.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="SettingsException">The file is no record.</exception>
    public static Provenance Read(string path)
    {
        try
        {
            return new(path, File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), SettingsJson.Default.ProvenanceFile) ?? new() : new());
        }
        catch (JsonException failure)
        {
            throw new SettingsException($"{path}: {failure.Message}");
        }
    }

    /// <summary>Whether any run against the vendor's own service has been recorded.</summary>
    public bool IsEmpty => _file.Cases.Count == 0;

    /// <summary>What is on record of a case, in words.</summary>
    /// <param name="conversation">The case.</param>
    public string Of(Case conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (!_file.Cases.TryGetValue(conversation.SnapshotName, out var targets)) return "never checked against the real service";
        return string.Join("; ", targets.Select(one => $"{one.Key}: {(one.Value.Held is { } held ? "held " + held : "has not held")}{(one.Value.Failed is { } failed ? ", failed " + failed : "")}"));
    }

    /// <summary>The record in one sentence, for the end of every report.</summary>
    public string InOneSentence => IsEmpty
        ? "No run against the vendor's own service has been recorded yet: what the cases expect rests on the documents that their facts name."
        : $"{_file.Cases.Values.Count(targets => targets.Values.Any(one => one.Held is not null))} cases have held against the vendor's own service.";

    /// <summary>Adds what a run has shown, if it was against the vendor's own service; what it could not check stays as it was.</summary>
    /// <param name="settings">Whether it was; null for a simulator.</param>
    /// <param name="target">The service's name.</param>
    /// <param name="outcomes">How the cases ended.</param>
    /// <param name="clock">Real time.</param>
    public void Record(TargetSettings? settings, string target, IEnumerable<Outcome> outcomes, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(clock);
        if (settings?.RealService != true) return;
        var today = clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var outcome in outcomes.Where(one => one.Verdict is Verdict.Held or Verdict.Differs))
        {
            if (!_file.Cases.TryGetValue(outcome.Case.SnapshotName, out var targets)) _file.Cases[outcome.Case.SnapshotName] = targets = [];
            var before = targets.GetValueOrDefault(target) ?? new(null, null);
            targets[target] = outcome.Verdict == Verdict.Held ? before with { Held = today } : before with { Failed = today };
        }
        File.WriteAllText(_path, JsonSerializer.Serialize(_file, SettingsJson.Default.ProvenanceFile) + "\n");
    }
}

/// <summary>The record as it is stored.</summary>
internal sealed record ProvenanceFile
{
    /// <summary>By case, then by service.</summary>
    public SortedDictionary<string, SortedDictionary<string, LastSeen>> Cases { get; set; } = [];
}

/// <summary>The days, in UTC, when a case last held and last failed.</summary>
internal sealed record LastSeen(string? Held, string? Failed);
