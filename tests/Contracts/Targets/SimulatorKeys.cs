using System.Globalization;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>
/// The clients of a simulator that is started for the suite, and the keys that each case speaks with: sandboxes of its own,
/// and, where it needs one, a client with a weekly limit that nobody has used before.
/// </summary>
internal sealed class SimulatorKeys(int limitedClients)
{
    private int _talks;
    private int _limited = -1;

    /// <summary>What the simulator must be started with.</summary>
    public IEnumerable<(string Name, string Value)> Settings
    {
        get
        {
            yield return ("Sandboxes:AtMost", "1000000");
            yield return ("Clients:OUTSIDER:Key", "outsider-key");
            yield return ("Clients:OUTSIDER:Campaigns", "*,!LIMITED");
            for (var number = 0; number < limitedClients; number++)
            {
                var client = FormattableString.Invariant($"Clients:LIMITED{number}:");
                yield return (client + "Key", LimitedKey(number));
                yield return (client + "Campaigns", "LIMITED");
                yield return (client + "WeeklyLimit", "100.00");
            }
        }
    }

    /// <summary>A target for one conversation with the simulator at an address.</summary>
    public Target For(Case conversation, string name, Uri address, HttpMessageInvoker http)
    {
        var talk = Interlocked.Increment(ref _talks).ToString(CultureInfo.InvariantCulture);
        var clock = new MovableClock();
        var keys = new Dictionary<string, string>
        {
            [Client.First] = $"sim_{conversation.Id}_{talk}_1",
            [Client.Second] = $"sim_{conversation.Id}_{talk}_2",
        };
        if (conversation.Needs.Contains(Capability.Limit)) keys[Client.Limited] = LimitedKey(Interlocked.Increment(ref _limited));
        // Another weekly limit in the place of the simulator's has a sandbox issue the vouchers: it goes by the same clock.
        List<string> own = [.. keys.Values, .. keys.GetValueOrDefault(Client.Limited) is { } limited ? ["sim_" + limited] : (string[])[]];
        keys.TryAdd(Client.Limited, "unused-key");
        keys[Client.Outsider] = "outsider-key";
        return new Target
        {
            Name = name,
            Address = address,
            Http = http,
            Run = talk,
            Keys = keys,
            Capabilities = new HashSet<string>(Capability.All),
            Redeem = (key, code, stop) => SimulatorControl.Redeem(address, key, code, stop),
            Clock = conversation.Needs.Contains(Capability.Clock) ? clock : TimeProvider.System,
            SetClock = async (instant, stop) =>
            {
                foreach (var key in own) await SimulatorControl.Freeze(address, key, instant, stop);
                await clock.Set(instant, stop);
            },
        };
    }

    private string LimitedKey(int number) => number < limitedClients
        ? FormattableString.Invariant($"limited-key-{number}")
        : throw new InvalidOperationException($"{limitedClients} clients with a limit are not enough for this many runs.");
}
