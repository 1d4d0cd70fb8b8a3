namespace ImovoSim.Contracts;

/// <summary>Whatever a case talks to: an address, who may speak there, which campaigns it has and what it can do.</summary>
public sealed record Target
{
    /// <summary>The name used in reports, e.g. <c>in process</c> or the settings file's <c>name</c>.</summary>
    public required string Name { get; init; }
    /// <summary>The base address; the vendor's paths are appended to it.</summary>
    public required Uri Address { get; init; }
    /// <summary>Sends the calls. Must neither retry nor follow redirections; see <see cref="NewHandler"/>.</summary>
    public required HttpMessageInvoker Http { get; init; }
    /// <summary>API keys by <see cref="Client"/> name. They appear in no transcript, report or exception.</summary>
    public required IReadOnlyDictionary<string, string> Keys { get; init; }
    /// <summary>Campaigns by <see cref="Role"/> name.</summary>
    public IReadOnlyDictionary<string, Campaign> Campaigns { get; init; } = Contracts.Campaign.OfTheSnapshots;
    /// <summary>What the target can do, by <see cref="Capability"/> name.</summary>
    public IReadOnlySet<string> Capabilities { get; init; } = new HashSet<string>();
    /// <summary>The target's idea of now. Dates in answers are checked against it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
    /// <summary>How far the target's clock may be from ours: nothing where it is ours.</summary>
    public TimeSpan Leeway { get; init; }
    /// <summary>Sets the target's clock, where it can be set.</summary>
    public Func<DateTimeOffset, CancellationToken, Task>? SetClock { get; init; }
    /// <summary>Redeems a voucher by key and code, and says what the till said; where the target has a till.</summary>
    public Func<string, string, CancellationToken, Task<string>>? Redeem { get; init; }
    /// <summary>What a case is held with in the place of this, where it needs a client of its own; null where there are none to be had.</summary>
    public Func<Case, CancellationToken, Task<Target>>? ForCase { get; init; }
    /// <summary>What may be spent on the run.</summary>
    public Budget Budget { get; init; } = Budget.Unlimited;
    /// <summary>What the run issued; null for a target that is thrown away, where nothing needs cancelling.</summary>
    public Ledger? Ledger { get; init; }
    /// <summary>Makes customer references unique: the same text is never used by two runs or two cases.</summary>
    public required string Run { get; init; }
    /// <summary>How references look; <c>{unique}</c> is replaced. A delivered voucher goes to this address.</summary>
    public string ReferencePattern { get; init; } = "kit.{unique}@example.com";
    /// <summary>How long one answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the target has a capability.</summary>
    /// <param name="capability">A name from <see cref="Capability"/>.</param>
    public bool Can(string capability) => Capabilities.Contains(capability);

    /// <summary>The campaign that plays a role, or null.</summary>
    /// <param name="role">A name from <see cref="Role"/>.</param>
    public Campaign? Campaign(string role) => Campaigns.GetValueOrDefault(role);

    /// <summary>Connections as the kit needs them: each call once, as written, no cookies, no redirections.</summary>
    public static SocketsHttpHandler NewHandler() =>
        new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };

    /// <summary>The target in a word; never its keys.</summary>
    public override string ToString() => Name;
}
