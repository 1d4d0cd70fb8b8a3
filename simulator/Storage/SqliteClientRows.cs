using System.Runtime.InteropServices;
using ImovoSim.Clients;
using ImovoSim.Clock;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>The clients' rows in the SQLite file.</summary>
internal sealed class SqliteClientRows(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(
        connection,
        "INSERT INTO client (id, name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, clock_frozen, last_serial, day_totals, last_used, first_limit, steering, last_message) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly SqliteStatement _update = new(
        connection,
        "UPDATE client SET name = ?2, key = ?3, is_sandbox = ?4, seed = ?5, campaigns = ?6, weekly_limit = ?7, clock_offset = ?8, clock_frozen = ?9, last_serial = ?10, " +
        "day_totals = ?11, last_used = ?12, first_limit = ?13, steering = ?14, last_message = ?15 WHERE id = ?1");

    // Not the key with it: its index would be written as well.
    private readonly SqliteStatement _updateCounts = new(
        connection, "UPDATE client SET last_serial = ?2, day_totals = ?3, last_used = ?4, last_message = ?5 WHERE id = ?1");

    private readonly SqliteStatement _delete = new(connection, "DELETE FROM client WHERE id = ?1");

    public IReadOnlyList<Client> All()
    {
        using var command = new SqliteCommand("SELECT * FROM client ORDER BY id", connection);
        using var row = command.ExecuteReader();
        var clients = new List<Client>();
        while (row.Read())
            clients.Add(Read(row));
        return clients;
    }

    public Client? Find(long client)
    {
        using var command = new SqliteCommand("SELECT * FROM client WHERE id = $id", connection) { Parameters = { new SqliteParameter("$id", client) } };
        using var row = command.ExecuteReader();
        return row.Read() ? Read(row) : null;
    }

    public void Insert(Client client) => Bind(_insert, client).Run();

    public void Update(Client client) => Bind(_update, client).Run();

    /// <summary>Where it differs from the row in them only.</summary>
    public void UpdateCounts(Client client) => _updateCounts
        .Bind(1, client.Id).Bind(2, client.LastSerial).Bind(3, DayTotalBytes.Pack(client.DayTotals)).Bind(4, client.LastUsed.UtcTicks).Bind(5, client.LastMessage).Run();

    public void Delete(long client) => _delete.Bind(1, client).Run();

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _update, _updateCounts, _delete })
            statement.Dispose();
    }

    private static SqliteStatement Bind(SqliteStatement statement, Client client)
    {
        var key = client.Key;
        return statement
            .Bind(1, client.Id).Bind(2, client.Name).Bind(3, MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in key))).Bind(4, client.IsSandbox ? 1 : 0)
            .Bind(5, (long)client.Seed).Bind(6, client.Grant.Text).Bind(7, client.WeeklyLimit).Bind(8, client.Clock.Offset.Ticks).Bind(9, client.Clock.FrozenAt?.UtcTicks)
            .Bind(10, client.LastSerial).Bind(11, DayTotalBytes.Pack(client.DayTotals)).Bind(12, client.LastUsed.UtcTicks).Bind(13, client.FirstLimit)
            .Bind(14, client.Steering).Bind(15, client.LastMessage);
    }

    private static Client Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), MemoryMarshal.Read<KeyHash>((byte[])row[2]), row.GetBoolean(3), (ulong)row.GetInt64(4),
        new CampaignGrant(row.GetString(5)), row.IsDBNull(6) ? null : row.GetInt64(6),
        new ClockSetting(new TimeSpan(row.GetInt64(7)), row.IsDBNull(8) ? null : SqliteRows.Instant(row.GetInt64(8))),
        row.GetInt64(9), DayTotalBytes.Unpack((byte[])row[10]), SqliteRows.Instant(row.GetInt64(11)),
        row.IsDBNull(12) ? null : row.GetInt64(12), SqliteRows.Text(row, 13), row.GetInt64(14));
}
