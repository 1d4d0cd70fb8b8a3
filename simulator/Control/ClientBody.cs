using ImovoSim.Clients;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>A client as its owner and the admin see it: never with its key.</summary>
internal sealed record ClientBody(
    string Name, bool Sandbox, string Campaigns, decimal? WeeklyLimit, long Vouchers, DateTimeOffset Now, DateTimeOffset LastUsed)
{
    public static ClientBody Of(Client client, DateTimeOffset real) => new(
        client.Name, client.IsSandbox, client.Grant.Text, client.WeeklyLimit is { } pence ? Money.ToPounds(pence) : null,
        client.LastSerial, client.Clock.At(real), client.LastUsed);
}

internal sealed record ClientsBody(IReadOnlyList<ClientBody> Clients);
