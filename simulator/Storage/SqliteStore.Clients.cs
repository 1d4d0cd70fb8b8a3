using ImovoSim.Clients;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// What concerns all clients.
internal sealed partial class SqliteStore
{
    public ValueTask<Client?> MakeClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int atMost, CancellationToken cancel) => _writer.Run((rows, clients) =>
        clients.All.Any(client => client.Key == newcomer.Key || client.IsCalled(newcomer.Name)) || clients.All.Count(client => !client.IsSandbox) >= atMost
            ? null
            : Make(rows, clients, newcomer, vouchers));

    public async ValueTask PutSetting(string name, string? json, CancellationToken cancel) => await _writer.Run((rows, _) =>
    {
        rows.Settings.Put(name, json);
        return true;
    });

    public ValueTask<bool> SwapSetting(string name, string? before, string json, CancellationToken cancel) => _writer.Run((rows, _) =>
    {
        if (rows.Settings.Find(name) != before)
            return false;
        rows.Settings.Put(name, json);
        return true;
    });

    private static Client Make(SqliteRows rows, SqliteClients clients, Client newcomer, IReadOnlyList<Voucher> vouchers)
    {
        var client = newcomer with { Id = clients.NextId() };
        rows.Clients.Insert(client);
        foreach (var voucher in vouchers)
            rows.Vouchers.Insert(client.Id, voucher);
        clients.Touch(client);
        return client;
    }
}
