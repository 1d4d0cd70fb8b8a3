using System.Collections.Concurrent;

namespace ImovoSim.Contracts.Tests.Deviations;

/// <summary>Services that check first and write afterwards: wrong only for calls at the same time.</summary>
internal static class Races
{
    private static Deviation Race(string name, Func<Counter, Asked, Reply, Reply> late) => new("concurrency", name, _ =>
    {
        var together = new Counter();
        return async (asked, simulator) =>
        {
            together.Enter();
            try
            {
                var reply = await simulator(asked);
                if (reply.Issues) together.Issued.TryAdd(asked.Campaign!, reply);
                return together.Met ? late(together, asked, reply) : reply;
            }
            finally
            {
                together.Leave();
            }
        };
    });

    private sealed class Counter
    {
        private int _now;
        private int _most;

        public ConcurrentDictionary<string, Reply> Issued { get; } = [];

        /// <summary>Whether two calls of the conversation were ever under way at once.</summary>
        public bool Met => Volatile.Read(ref _most) > 1;

        public void Enter()
        {
            var now = Interlocked.Increment(ref _now);
            if (now > 1) Interlocked.Exchange(ref _most, now);
        }

        public void Leave() => Interlocked.Decrement(ref _now);
    }

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Race("of cancellations at once more than one succeeds", (_, asked, reply) => asked.IsCancel && reply.Says("already cancelled") ? Reply.Success : reply),
        Race("requests at once share a code", (together, asked, reply) => reply.Issues && asked.Campaign == "THINK" ? together.Issued[asked.Campaign!] : reply),
        Race("requests at once share a link", (_, _, reply) => reply.Matching("id=GC-[A-Za-z0-9]+", "id=GC-QGhDENUu4")),
        Race("requests at once for one reference both succeed", (together, asked, reply) =>
            asked.Campaign == "ONEPER" && reply.Refuses ? together.Issued.GetValueOrDefault(asked.Campaign, reply) : reply),
        Race("requests at once meet a full house", (_, asked, reply) => asked.IsRequest && reply.Issues ? new(503, null, "", []) : reply),
        Race("cancellations at once meet a deadlock", (_, asked, reply) => asked.IsCancel && reply.Says("already cancelled") ? new(500, null, "", []) : reply),
    ];
}
