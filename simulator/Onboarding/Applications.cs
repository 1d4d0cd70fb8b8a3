using System.Text.Json;
using ImovoSim.Storage;

namespace ImovoSim.Onboarding;

/// <summary>The applications, kept in the store for every replica and the next start.</summary>
internal sealed class Applications(IStore store, TimeProvider time)
{
    private const string Name = "onboarding";

    public async ValueTask<IReadOnlyList<Application>> All(CancellationToken cancel) => Read(await store.FindSetting(Name, cancel));

    public async ValueTask<Application?> Find(string id, CancellationToken cancel) => (await All(cancel)).FirstOrDefault(one => one.Id == id);

    /// <summary>Null, or why it is not taken.</summary>
    public ValueTask<(int Status, string Why)?> Add(Application newcomer, CancellationToken cancel) => Change<(int, string)?>(all =>
    {
        if (all.Any(one => one.DecidedAt is null && one.Name.Equals(newcomer.Name, StringComparison.OrdinalIgnoreCase)))
            return (all, (StatusCodes.Status409Conflict, "Somebody waits for a key under this name already: choose another, or wait for the admin."));
        if (all.Count(one => one.DecidedAt is null) >= Application.MostWaiting)
            return (all, (StatusCodes.Status503ServiceUnavailable, $"{Application.MostWaiting} wait for a key already, as many as may: ask the admin to decide."));
        return ([.. all, newcomer], null);
    }, cancel);

    /// <summary>Puts one in the place of what it was before; false where that has changed meanwhile.</summary>
    public ValueTask<bool> Replace(Application before, Application after, CancellationToken cancel) => Change(all =>
    {
        var at = Array.FindIndex(all, one => one.Id == before.Id && one.Sealed == before.Sealed && one.DecidedAt == before.DecidedAt);
        return at < 0 ? (all, false) : ([.. all[..at], after, .. all[(at + 1)..]], true);
    }, cancel);

    private async ValueTask<T> Change<T>(Func<Application[], (Application[] After, T Answer)> decide, CancellationToken cancel)
    {
        // Whoever is not the first decides again, by what the first has left.
        while (true)
        {
            var json = await store.FindSetting(Name, cancel);
            var before = Read(json);
            var (after, answer) = decide(before);
            if (ReferenceEquals(before, after) || await store.SwapSetting(Name, json, Write(after), cancel))
                return answer;
        }
    }

    private string Write(Application[] all) => JsonSerializer.Serialize([.. Application.Kept(all, time.GetUtcNow())], ApplicationJson.Default.ApplicationArray);

    private static Application[] Read(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, ApplicationJson.Default.ApplicationArray)!;
}
