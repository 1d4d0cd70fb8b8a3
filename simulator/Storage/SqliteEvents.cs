using ImovoSim.Vouchers;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>The rows of what became of vouchers in the SQLite file.</summary>
internal sealed class SqliteEvents(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(connection, "INSERT INTO event (voucher, kind, at, outlet, terminal, pence, text) VALUES (?, ?, ?, ?, ?, ?, ?)");
    private readonly SqliteStatement _delete = new(connection, "DELETE FROM event WHERE voucher BETWEEN ?1 AND ?2");

    private readonly SqliteCommand _find = new(
        "SELECT voucher, kind, at, pence, outlet, terminal, text FROM event WHERE voucher > $after AND voucher <= $to ORDER BY voucher, id", connection)
    {
        Parameters = { new SqliteParameter("$after", SqliteType.Integer), new SqliteParameter("$to", SqliteType.Integer) },
    };

    public void Append(long client, long serial, VoucherEvent happened) => _insert
        .Bind(1, SqliteRows.Id(client, serial)).Bind(2, (long)happened.Kind).Bind(3, happened.At.UtcTicks).Bind(4, happened.Outlet)
        .Bind(5, happened.Terminal).Bind(6, happened.Pence).Bind(7, happened.Text).Run();

    public void Delete(long client) => _delete.Bind(1, SqliteRows.Id(client, 0)).Bind(2, SqliteRows.Id(client, SqliteRows.LastSerial)).Run();

    /// <summary>What became of one voucher, in order.</summary>
    public IReadOnlyList<VoucherEvent> Of(long client, long serial) =>
        serial > SqliteRows.LastSerial ? [] : [.. Between(client, serial - 1, serial).Select(entry => entry.Happened)];

    /// <summary>What became of the vouchers after a serial, up to and with another.</summary>
    public IReadOnlyList<(long Serial, VoucherEvent Happened)> Between(long client, long after, long upTo)
    {
        _find.Parameters[0].Value = SqliteRows.Id(client, after);
        _find.Parameters[1].Value = SqliteRows.Id(client, Math.Min(upTo, SqliteRows.LastSerial));
        using var row = _find.ExecuteReader();
        var events = new List<(long, VoucherEvent)>();
        while (row.Read())
            events.Add((row.GetInt64(0) & SqliteRows.LastSerial, Read(row)));
        return events;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _find.Dispose();
    }

    private static VoucherEvent Read(SqliteDataReader row) => new(
        (VoucherEventKind)row.GetInt32(1), SqliteRows.Instant(row.GetInt64(2)), row.GetInt64(3), SqliteRows.Text(row, 4), SqliteRows.Text(row, 5), SqliteRows.Text(row, 6));
}
