using System.Globalization;

namespace ImovoSim.Contracts;

/// <summary>A target that is an address: somebody's service with a settings file, or a running simulator with nothing.</summary>
public static class AddressTarget
{
    /// <summary>The target at an address.</summary>
    /// <param name="address">The base address.</param>
    /// <param name="key">The API key (IMOVO_API_KEY); null, or a sandbox key that begins with <c>sim_</c>, for a simulator.</param>
    /// <param name="secondKey">The key of a second client (IMOVO_API_KEY_2), or null.</param>
    /// <param name="settings">What is known of the service; null for a simulator with its default campaigns.</param>
    /// <param name="clock">Real time.</param>
    /// <param name="http">Sends the calls.</param>
    /// <exception cref="SettingsException">The combination makes no sense; the message says why.</exception>
    public static Target At(Uri address, string? key, string? secondKey, TargetSettings? settings, TimeProvider clock, HttpMessageInvoker http)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(clock);
        if (address.Scheme is not ("http" or "https")) throw new SettingsException($"{address} is no http or https address.");
        var run = Run(clock);
        var sandbox = settings is null && key?.StartsWith("sim_", StringComparison.Ordinal) != false;
        if (settings is not null && key is null) throw new SettingsException("A settings file is for a service that gave you a key: put it into IMOVO_API_KEY.");
        return sandbox ? Sandbox(address, key ?? "sim_kit-" + run, secondKey ?? "sim_kit-" + run + "-2", run, clock, http) : Service(address, key!, secondKey, settings ?? new(), run, clock, http);
    }

    /// <summary>A sandbox has the simulator's default campaigns; nothing in it costs anybody anything.</summary>
    private static Target Sandbox(Uri address, string key, string secondKey, string run, TimeProvider clock, HttpMessageInvoker http)
    {
        Target shared = new()
        {
            Name = $"simulator at {address.Authority}",
            Address = address, Http = http, Run = run, Clock = clock,
            Leeway = TimeSpan.FromSeconds(2),
            Ledger = new(),
            Capabilities = new HashSet<string> { Capability.SecondClient, Capability.AtOnce, Capability.Samples },
            Keys = new Dictionary<string, string> { [Client.First] = key, [Client.Second] = secondKey },
            Campaigns = Campaign.OfTheSnapshots.Where(one => one.Key is not (Role.Limited or Role.Foreign)).ToDictionary(),
        };
        return shared with { ForCase = new Sandboxes(shared).For };
    }

    private static Target Service(Uri address, string key, string? secondKey, TargetSettings settings, string run, TimeProvider clock, HttpMessageInvoker http)
    {
        Dictionary<string, string> keys = new() { [Client.First] = key, [Client.Outsider] = key };
        if (secondKey is not null) keys[Client.Second] = secondKey;
        return new()
        {
            Name = settings.Name ?? address.Authority,
            Address = address, Http = http, Run = run, Clock = clock,
            Leeway = TimeSpan.FromSeconds(2),
            Patience = TimeSpan.FromSeconds(settings.PatienceSeconds),
            Ledger = new(),
            Budget = new(settings.CapPounds, settings.CapCalls),
            ReferencePattern = settings.Reference,
            Capabilities = secondKey is null ? new HashSet<string>() : new HashSet<string> { Capability.SecondClient },
            Keys = keys,
            Campaigns = settings.Campaigns.ToDictionary(one => one.Key, one => one.Value.AsCampaign(one.Key)),
        };
    }

    /// <summary>Counts up with time, so no two runs share it, and is short enough for a customer reference.</summary>
    private static string Run(TimeProvider clock) => (clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMillisecond).ToString("x", CultureInfo.InvariantCulture);
}
