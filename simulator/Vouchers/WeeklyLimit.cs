using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Fidelity;

namespace ImovoSim.Vouchers;

/// <summary>The client's weekly value limit: which days count, and what is left of them.</summary>
internal static class WeeklyLimit
{
    public static (DateOnly From, DateOnly To) Days(DateOnly today, Profile facts)
    {
        if (facts.Says(Facts.LimitWindow, "last-seven-days"))
            return (today.AddDays(-6), today);
        var monday = London.Monday(today);
        return (monday, monday.AddDays(6));
    }

    public static bool Refuses(Client client, DateOnly today, long pence, Profile facts)
    {
        if (client.WeeklyLimit is not { } limit)
            return false;
        var (from, to) = Days(today, facts);
        var sum = client.IssuedBetween(from, to) + pence;
        return facts.Says(Facts.LimitBoundary, "refused-at") ? sum >= limit : sum > limit;
    }
}
