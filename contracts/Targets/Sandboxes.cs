namespace ImovoSim.Contracts;

/// <summary>
/// Sandboxes of a running simulator, one for each case that sets a clock, spends a limit or redeems. An address is steered
/// only after it has said that it is a simulator, and is asked that once.
/// </summary>
internal sealed class Sandboxes(Target shared)
{
    private static readonly string[] Steered = [Capability.Redeem, Capability.Clock, Capability.Limit];

    /// <summary>The key of the client OTHER, which a simulator without clients in its settings has: no campaign is its own.</summary>
    private const string OtherKey = "other-key";

    private int _made;
    private bool? _isSimulator;

    /// <summary>What the case is held with: the shared target unless it needs more and the address is a simulator's.</summary>
    public async Task<Target> For(Case one, CancellationToken stop)
    {
        if (!one.Needs.Intersect(Steered).Any() && !one.Roles.Contains(Role.Foreign)) return shared;
        try
        {
            _isSimulator ??= await SimulatorControl.Campaigns(shared.Address, shared.Keys[Client.First], stop) is not null;
            return _isSimulator.Value ? await Make(one, stop) : shared;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return shared;
        }
    }

    private async Task<Target> Make(Case one, CancellationToken stop)
    {
        var key = FormattableString.Invariant($"sim_kit-{shared.Run}-case-{++_made}");
        Dictionary<string, string> keys = new() { [Client.First] = key };
        HashSet<string> capabilities = [.. shared.Capabilities, .. Steered];
        var campaigns = Campaign.OfTheSnapshots.ToDictionary();
        if (one.Needs.Contains(Capability.Limit)) await SimulatorControl.Limit(shared.Address, keys[Client.Limited] = key + "-limited", stop);
        List<string> own = [.. keys.Values];
        if (await SimulatorControl.Campaigns(shared.Address, OtherKey, stop) == "") keys[Client.Outsider] = OtherKey;
        else campaigns.Remove(Role.Foreign);
        var clock = new MovableClock();
        var stands = one.Needs.Contains(Capability.Clock);
        return shared with
        {
            Keys = keys,
            Capabilities = capabilities,
            Campaigns = campaigns,
            Ledger = null, // nobody uses the sandbox afterwards
            Clock = stands ? clock : shared.Clock,
            Leeway = stands ? TimeSpan.Zero : shared.Leeway,
            Redeem = (speaker, code, stopped) => SimulatorControl.Redeem(shared.Address, speaker, code, stopped),
            SetClock = async (instant, stopped) =>
            {
                foreach (var client in own) await SimulatorControl.Freeze(shared.Address, client, instant, stopped);
                await clock.Set(instant, stopped);
            },
        };
    }
}
