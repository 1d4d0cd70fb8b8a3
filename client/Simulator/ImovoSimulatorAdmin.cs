using System.Globalization;

namespace ImovoSim.Client;

/// <summary>Steers all clients of a simulator, with its admin token. Safe to share between threads.</summary>
public sealed class ImovoSimulatorAdmin
{
    private const string Defaults = "_sim/admin/defaults";
    private const string Onboarding = "_sim/admin/onboarding";
    private readonly SimulatorConnection _connection;

    /// <summary>The simulator that an HttpClient's BaseAddress names.</summary>
    /// <param name="http">An HttpClient whose BaseAddress is the simulator's. It stays yours to dispose.</param>
    /// <param name="token">The setting Admin:Token, or the one that the simulator prints at its start.</param>
    /// <exception cref="ArgumentException">The HttpClient has no BaseAddress, or the token is empty.</exception>
    public ImovoSimulatorAdmin(HttpClient http, string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        _connection = new(http, "Authorization", $"Bearer {token}");
    }

    /// <summary>All clients, sandboxes among them, without their keys.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The clients, with when each was last used.</returns>
    /// <exception cref="ImovoSimulatorException">The token is not the simulator's (401).</exception>
    public async Task<IReadOnlyList<SimulatorClient>> ListClients(CancellationToken cancellationToken = default) =>
        (await _connection.Get("_sim/admin/clients", SimulatorJson.Default.ClientsBody, cancellationToken).ConfigureAwait(false)).Clients;

    /// <summary>Makes a client.</summary>
    /// <param name="name">1 to 64 letters, digits, _, - and . that no other client has.</param>
    /// <param name="key">6 to 128 visible ASCII characters that do not begin with <c>sim_</c>; null has one made.</param>
    /// <param name="weeklyLimit">Pounds a week, with two decimals at most; null for none.</param>
    /// <param name="campaigns">Codes, <c>*</c> for all, <c>!CODE</c> for all but that; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The client with its key, which can be read nowhere else.</returns>
    /// <exception cref="ImovoSimulatorException">There is a client of this name or key (409), or the request makes no sense (400).</exception>
    public Task<MadeClient> MakeClient(
        string name, string? key = null, decimal? weeklyLimit = null, IReadOnlyList<string>? campaigns = null, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, "_sim/admin/clients", new(name, key, weeklyLimit, campaigns), SimulatorJson.Default.MakeClientRequest, SimulatorJson.Default.MadeClient, cancellationToken);

    /// <summary>Gives a client another key; the one before is refused from now on.</summary>
    /// <param name="name">The client's name.</param>
    /// <param name="key">6 to 128 visible ASCII characters that do not begin with <c>sim_</c>; null has one made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The client with its new key.</returns>
    /// <exception cref="ImovoSimulatorException">There is no such client (404); it is a sandbox or of the settings, or the key is taken (409).</exception>
    public Task<MadeClient> RotateKey(string name, string? key = null, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, $"{Client(name)}/rotate-key", new(key), SimulatorJson.Default.RotateKeyRequest, SimulatorJson.Default.MadeClient, cancellationToken);

    /// <summary>Removes a client with all that it has.</summary>
    /// <param name="name">The client's name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When it is gone.</returns>
    /// <exception cref="ImovoSimulatorException">There is no such client (404), or it is one of the settings (409).</exception>
    public Task RemoveClient(string name, CancellationToken cancellationToken = default) => _connection.Delete(Client(name), cancellationToken);

    /// <summary>Who asked for a key by PGP: those that wait, and for 30 days the last hundred that are decided.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>In the order of their asking. Compare the fingerprint with the one that its owner tells you.</returns>
    /// <exception cref="ImovoSimulatorException">The token is not the simulator's (401).</exception>
    public async Task<IReadOnlyList<KeyApplication>> ListApplications(CancellationToken cancellationToken = default) =>
        (await _connection.Get(Onboarding, SimulatorJson.Default.ApplicationsBody, cancellationToken).ConfigureAwait(false)).Applications;

    /// <summary>Makes the client that somebody asked for; its key is sealed for its owner, and nobody else can read it.</summary>
    /// <param name="id">Which, by <see cref="KeyApplication.Id"/>.</param>
    /// <param name="campaigns">Codes, <c>*</c> for all, <c>!CODE</c> for all but that; null for all.</param>
    /// <param name="weeklyLimit">Pounds a week, with two decimals at most; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>As it is now.</returns>
    /// <exception cref="ImovoSimulatorException">There is none of this id (404), it is decided already, its key has expired or its name is taken by now (409), or the request makes no sense (400).</exception>
    public Task<KeyApplication> ApproveApplication(string id, IReadOnlyList<string>? campaigns = null, decimal? weeklyLimit = null, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, $"{Application(id)}/approve", new(campaigns, weeklyLimit), SimulatorJson.Default.ApproveRequest, SimulatorJson.Default.KeyApplication, cancellationToken);

    /// <summary>Refuses somebody a key.</summary>
    /// <param name="id">Which, by <see cref="KeyApplication.Id"/>.</param>
    /// <param name="reason">Why, in 1 to 500 characters: whoever asked reads it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>As it is now.</returns>
    /// <exception cref="ImovoSimulatorException">There is none of this id (404), it is decided already (409), or the reason is too long (400).</exception>
    public Task<KeyApplication> RefuseApplication(string id, string reason, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, $"{Application(id)}/refuse", new(reason), SimulatorJson.Default.RefuseRequest, SimulatorJson.Default.KeyApplication, cancellationToken);

    /// <summary>What new sandboxes begin with.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The defaults in force.</returns>
    /// <exception cref="ImovoSimulatorException">The token is not the simulator's (401).</exception>
    public async Task<SandboxDefaults> GetDefaults(CancellationToken cancellationToken = default) =>
        Read(await _connection.Get(Defaults, SimulatorJson.Default.DefaultsBody, cancellationToken).ConfigureAwait(false));

    /// <summary>Sets what new sandboxes begin with; those that are there have it after their reset.</summary>
    /// <param name="defaults">All of it; faults that were set before are removed.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The defaults in force.</returns>
    /// <exception cref="ImovoSimulatorException">They make no sense (400), or the token is not the simulator's (401).</exception>
    public async Task<SandboxDefaults> SetDefaults(SandboxDefaults defaults, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        var clock = defaults.FrozenAt is { } at ? new ClockRequest("frozen", at.ToString("O", CultureInfo.InvariantCulture), null) : null;
        var body = new DefaultsBody(defaults.WeeklyLimit, defaults.Campaigns, clock);
        return Read(await _connection.Send(HttpMethod.Put, Defaults, body, SimulatorJson.Default.DefaultsBody, SimulatorJson.Default.DefaultsBody, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Removes what was set: sandboxes begin as they did before.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When it is removed.</returns>
    /// <exception cref="ImovoSimulatorException">The token is not the simulator's (401).</exception>
    public Task RemoveDefaults(CancellationToken cancellationToken = default) => _connection.Delete(Defaults, cancellationToken);

    private static SandboxDefaults Read(DefaultsBody body) => new(
        body.WeeklyLimit, body.Campaigns, body.Clock is { Mode: "frozen", At: { } at } ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null);

    private static string Application(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return $"{Onboarding}/{Uri.EscapeDataString(id)}";
    }

    private static string Client(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return $"_sim/admin/clients/{Uri.EscapeDataString(name)}";
    }
}
