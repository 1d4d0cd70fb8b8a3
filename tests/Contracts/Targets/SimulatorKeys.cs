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
        return new Target
        {
            Name = name,
            Address = address,
            Http = http,
            Run = talk,
            Redeem = SimulatorTill.At(address),
            Capabilities = new HashSet<string> { Capability.Limit, Capability.SecondClient, Capability.AtOnce, Capability.Samples, Capability.Redeem },
            Keys = new Dictionary<string, string>
            {
                [Client.First] = $"sim_{conversation.Id}_{talk}_1",
                [Client.Second] = $"sim_{conversation.Id}_{talk}_2",
                [Client.Limited] = conversation.Needs.Contains(Capability.Limit) ? LimitedKey(Interlocked.Increment(ref _limited)) : "unused-key",
                [Client.Outsider] = "outsider-key",
            },
        };
    }

    private string LimitedKey(int number) => number < limitedClients
        ? FormattableString.Invariant($"limited-key-{number}")
        : throw new InvalidOperationException($"{limitedClients} clients with a limit are not enough for this many runs.");
}
