using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>A client as on its first day: the same calls give the same codes again.</summary>
internal sealed class Reset(Client firstDay, IReadOnlyList<Voucher> first, DateTimeOffset real) : Change(real)
{
    protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new(
        [],
        Client: firstDay with { Id = client.Id, Key = client.Key, LastUsed = client.LastUsed },
        Restart: first);
}
