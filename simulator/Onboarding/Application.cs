using System.Text.Json;
using System.Text.Json.Serialization;
using ImovoSim.Clients;

namespace ImovoSim.Onboarding;

/// <summary>A public key and a name that wait for the admin, and what became of them.</summary>
/// <param name="Id">Known to who applied, and not to be guessed.</param>
/// <param name="Address">The address that was called, for the letter.</param>
/// <param name="Key">The encryption key alone: nothing else of what was sent is kept, no name and no mail address. Null once it is decided.</param>
internal sealed record Application(string Id, string Name, string Address, string Fingerprint, DateTimeOffset At, byte[]? Key, DateTimeOffset? KeyExpires)
{
    public const int MostWaiting = 100;
    public const int MostDecided = 100;
    public static readonly TimeSpan DecidedFor = TimeSpan.FromDays(30);

    public const string Unknown = "There is no request for a key with this id: it is the one that POST /_sim/onboarding answered, and is kept for 30 days once it is decided.";

    /// <summary>What was sealed when it was approved. While it is not decided, the client may not be there yet: the next approval goes on with it.</summary>
    public Sealed? Sealed { get; init; }

    public string? Refused { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    [JsonIgnore]
    public string State => DecidedAt is null ? "waiting" : Refused is null ? "approved" : "refused";

    /// <summary>Why it cannot be decided again.</summary>
    [JsonIgnore]
    public string IsDecided => DecidedAt is null ? "This one is being approved: approve it once more where that was cut off." : $"This one is {State} already.";

    /// <summary>Those that wait, and the latest of those that are decided.</summary>
    public static IEnumerable<Application> Kept(IReadOnlyList<Application> all, DateTimeOffset now) =>
        all.Where(one => one.DecidedAt is null)
            .Concat(all.Where(one => now - one.DecidedAt < DecidedFor).OrderByDescending(one => one.DecidedAt).Take(MostDecided))
            .OrderBy(one => one.At);
}

/// <summary>A message that only its reader can open, and the client that it is about: of the key in it only the hash is here.</summary>
internal sealed record Sealed(string Message, KeyHash Key, string Campaigns, long? WeeklyLimit);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Application[]))]
internal sealed partial class ApplicationJson : JsonSerializerContext;
