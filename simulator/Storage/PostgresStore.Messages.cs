using ImovoSim.Delivery;

namespace ImovoSim.Storage;

/// What the service would have sent.
internal sealed partial class PostgresStore
{
    public async ValueTask<IReadOnlyList<Message>> FindMessages(long client, MessageQuery query, CancellationToken cancel) =>
        await Read(PostgresMessages.Find(query.OldestFirst), PostgresMessages.Read, cancel, [.. PostgresMessages.Values(client, query), PostgresRows.Value((long)query.AtMost)]);

    public async ValueTask<long> CountMessages(long client, MessageQuery query, CancellationToken cancel) =>
        (await Read(PostgresMessages.Count, row => row.GetInt64(0), cancel, PostgresMessages.Values(client, query)))[0];

    public async ValueTask<IReadOnlyList<ClaimedMessage>> ClaimMessages(DateTimeOffset real, DateTimeOffset until, int atMost, CancellationToken cancel)
    {
        var rows = await Read(
            PostgresMessages.Claim, row => (Client: row.GetInt64(0), Id: row.GetInt64(1)), cancel,
            PostgresRows.Value(real.UtcTicks), PostgresRows.Value(until.UtcTicks), PostgresRows.Value((long)atMost));
        var claimed = new List<ClaimedMessage>();
        foreach (var mine in rows.GroupBy(row => row.Client, row => row.Id))
        {
            var owner = await Read($"SELECT {PostgresRows.ClientColumns} FROM client WHERE id = $1", PostgresRows.ReadClient, cancel, PostgresRows.Value(mine.Key));
            var messages = await Read(
                PostgresMessages.FindThese, PostgresMessages.Read, cancel, PostgresRows.Value(mine.Key), PostgresRows.Value(mine.ToArray()));
            claimed.AddRange(owner.SelectMany(_ => messages, (client, message) => new ClaimedMessage(client, message)));
        }

        return claimed;
    }
}
