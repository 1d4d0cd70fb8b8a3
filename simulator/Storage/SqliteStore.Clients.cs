using ImovoSim.Clients;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// What concerns all clients.
internal sealed partial class SqliteStore
{
    public ValueTask<Client?> MakeClient(Client newcomer, IReadOnlyList<Voucher> vouchers, CancellationToken cancel) => Enqueue(rows =>
    {
        var current = _byId.Keys.Union(_touched.Keys).Select(Current).OfType<Client>();
        return current.Any(client => client.Key == newcomer.Key || client.IsCalled(newcomer.Name)) ? null : Make(rows, newcomer, vouchers);
    });

    public async ValueTask PutSetting(string name, string? json, CancellationToken cancel) => await Enqueue(rows =>
    {
        rows.PutSetting(name, json);
        return true;
    });

    private Client Make(SqliteRows rows, Client newcomer, IReadOnlyList<Voucher> vouchers)
    {
        var client = newcomer with { Id = ++_lastId };
        rows.Insert(client);
        foreach (var voucher in vouchers)
            rows.Insert(client.Id, voucher);
        _touched[client.Id] = client;
        return client;
    }
}
