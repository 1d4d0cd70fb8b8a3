using System.Security.Cryptography;
using ImovoSim.Storage;

namespace ImovoSim.Clients;

/// <summary>Another key in the place of a client's own: who may have one, and the change that gives it.</summary>
internal sealed class KeyRotation(Settings settings)
{
    /// <summary>A secret, not simulated chance: it must not follow from anything that another can know.</summary>
    public static string Draw() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public bool IsOfSettings(Client client) => settings.Clients.Any(configured => ApiKeys.Hash(configured.Key) == client.Key);

    /// <summary>Null, or why this client keeps its key.</summary>
    public string? Refuses(Client client) =>
        client.IsSandbox ? "A sandbox is its key: use another one."
        : IsOfSettings(client) ? "The key of this client stands in the settings: change it there."
        : null;

    public static Change To(KeyHash key, DateTimeOffset real) => new NewKey(key, real);

    private sealed class NewKey(KeyHash key, DateTimeOffset real) : Change(real)
    {
        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new([], Client: client with { Key = key });
    }
}
