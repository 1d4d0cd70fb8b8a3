namespace ImovoSim.Contracts.Tests.Deviations;

/// <summary>Sends a call on to the simulator.</summary>
internal delegate Task<Reply> Simulator(Asked asked);

/// <summary>What a deviation does with one call of a conversation; it may remember what came before.</summary>
internal delegate Task<Reply> Behaviour(Asked asked, Simulator simulator);

/// <summary>A plausible way in which a service may differ from what the snapshots say.</summary>
/// <param name="Kind">Wire form, status, authentication, validation, arithmetic, calendar, state, uniqueness or concurrency.</param>
/// <param name="Name">The difference as a sentence about the deviating service.</param>
/// <param name="Begin">Makes the behaviour for one conversation.</param>
internal sealed record Deviation(string Kind, string Name, Func<TimeProvider, Behaviour> Begin)
{
    /// <summary>An answer that is right but for something about it.</summary>
    public static Deviation OfReply(string kind, string name, Func<Asked, Reply, Reply> alter) =>
        new(kind, name, _ => async (asked, simulator) => alter(asked, await simulator(asked)));

    /// <summary>A call that is understood differently.</summary>
    public static Deviation OfCall(string kind, string name, Func<Asked, Asked> alter) =>
        new(kind, name, _ => (asked, simulator) => simulator(alter(asked)));

    /// <summary>An answer that is different where the right one meets a condition.</summary>
    public static Deviation Instead(string kind, string name, Func<Asked, Reply, bool> when, Func<Asked, Simulator, Task<Reply>> instead) =>
        new(kind, name, _ => async (asked, simulator) => await simulator(asked) is var reply && when(asked, reply) ? await instead(asked, simulator) : reply);

    public override string ToString() => $"{Kind}: {Name}";
}

/// <summary>Lives between a conversation and the simulator, and deviates.</summary>
internal sealed class Deviating(Deviation deviation, TimeProvider clock) : DelegatingHandler
{
    private readonly Behaviour _behaviour = deviation.Begin(clock);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = await Asked.Read(request, cancellationToken);
        var close = request.Headers.ConnectionClose;
        var reply = await _behaviour(asked, Send);
        return reply.Write();

        async Task<Reply> Send(Asked altered)
        {
            using var on = altered.Write(request.RequestUri!);
            on.Headers.ConnectionClose = close;
            using var response = await base.SendAsync(on, cancellationToken);
            return await Reply.Read(response, cancellationToken);
        }
    }
}
