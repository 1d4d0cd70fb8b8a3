using ImovoSim.Vouchers;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>The vouchers' rows in the SQLite file, and those that find them by their customer's reference.</summary>
internal sealed class SqliteVouchers : IDisposable
{
    private const string Meant = "FROM voucher WHERE id > $1 AND id < $2 AND ($3 IS NULL OR state = $3) AND expires_at BETWEEN $4 AND $5 " +
        "AND ($6 IS NULL OR campaign = $6) AND ($7 IS NULL OR reference = $7)";

    private readonly SqliteStatement _insert, _update, _delete, _insertReference, _deleteReferences;
    private readonly SqliteCommand _find, _findOldest, _findNewest, _count, _findReferences;

    public SqliteVouchers(SqliteConnection connection)
    {
        _insert = new SqliteStatement(connection, "INSERT INTO voucher VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _update = new SqliteStatement(connection, "UPDATE voucher SET uses_left = ?2, used = ?3, state = ?4, expires_at = ?5 WHERE id = ?1");
        _delete = new SqliteStatement(connection, "DELETE FROM voucher WHERE id BETWEEN ?1 AND ?2");
        _insertReference = new SqliteStatement(connection, "INSERT INTO reference VALUES (?, ?, ?, ?)");
        _deleteReferences = new SqliteStatement(connection, "DELETE FROM reference WHERE client = ?1");
        _find = Prepare(connection, "SELECT * FROM voucher WHERE id = $1", 1);
        _findOldest = Prepare(connection, $"SELECT * {Meant} ORDER BY id LIMIT $8", 8);
        _findNewest = Prepare(connection, $"SELECT * {Meant} ORDER BY id DESC LIMIT $8", 8);
        _count = Prepare(connection, $"SELECT count(*) {Meant}", 7);
        _findReferences = Prepare(connection, "SELECT serial FROM reference WHERE client = $1 AND campaign = $2 AND reference = $3", 3);
    }

    public void Insert(long client, Voucher voucher)
    {
        _insert
            .Bind(1, SqliteRows.Id(client, voucher.Serial)).Bind(2, voucher.Code).Bind(3, voucher.Campaign).Bind(4, voucher.Pence)
            .Bind(5, voucher.IssuedAt.UtcTicks).Bind(6, voucher.ExpiresAt.UtcTicks).Bind(7, voucher.CustomerReference).Bind(8, voucher.DeliveryRecipient)
            .Bind(9, voucher.Id?.CustomerName).Bind(10, voucher.Id?.Address).Bind(11, voucher.Id?.PostCode).Bind(12, voucher.LinkTail)
            .Bind(13, voucher.UsesLeft).Bind(14, voucher.Used ? 1 : 0).Bind(15, voucher.PerReference ? 1 : 0).Bind(16, (long)voucher.State)
            .Bind(17, voucher.Uncounted ? 1 : 0).Run();
        if (voucher.PerReference)
            _insertReference.Bind(1, client).Bind(2, voucher.Campaign).Bind(3, voucher.CustomerReference).Bind(4, voucher.Serial).Run();
    }

    public void Update(long client, Voucher voucher) => _update
        .Bind(1, SqliteRows.Id(client, voucher.Serial)).Bind(2, voucher.UsesLeft).Bind(3, voucher.Used ? 1 : 0).Bind(4, (long)voucher.State).Bind(5, voucher.ExpiresAt.UtcTicks).Run();

    public void Delete(long client)
    {
        _delete.Bind(1, SqliteRows.Id(client, 0)).Bind(2, SqliteRows.Id(client, SqliteRows.LastSerial)).Run();
        _deleteReferences.Bind(1, client).Run();
    }

    public Voucher? Find(long client, long serial)
    {
        // A code by chance can lead anywhere, and beyond the client's own range there is another client's.
        if (serial > SqliteRows.LastSerial)
            return null;
        Bind(_find, SqliteRows.Id(client, serial));
        using var row = _find.ExecuteReader();
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<Voucher> FindByReference(long client, string campaign, string reference)
    {
        Bind(_findReferences, client, campaign, reference);
        var serials = new List<long>();
        using (var row = _findReferences.ExecuteReader())
        {
            while (row.Read())
                serials.Add(row.GetInt64(0));
        }

        return [.. serials.Select(serial => Find(client, serial)!)];
    }

    public IReadOnlyList<Voucher> Find(long client, VoucherQuery query)
    {
        var find = query.NewestFirst ? _findNewest : _findOldest;
        Bind(find, [.. Values(client, query), query.AtMost]);
        using var row = find.ExecuteReader();
        var vouchers = new List<Voucher>();
        while (row.Read())
            vouchers.Add(Read(row));
        return vouchers;
    }

    public long Count(long client, VoucherQuery query)
    {
        Bind(_count, Values(client, query with { After = 0 }));
        return (long)_count.ExecuteScalar()!;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _update, _delete, _insertReference, _deleteReferences })
            statement.Dispose();
        foreach (var command in new[] { _find, _findOldest, _findNewest, _count, _findReferences })
            command.Dispose();
    }

    /// <param name="at">Where the voucher's columns begin.</param>
    public static Voucher Read(SqliteDataReader row, int at = 0)
    {
        string? Text(int column) => SqliteRows.Text(row, at + column);
        return new Voucher(
            row.GetInt64(at) & SqliteRows.LastSerial, row.GetString(at + 1), row.GetString(at + 2), row.GetInt64(at + 3), SqliteRows.Instant(row.GetInt64(at + 4)),
            SqliteRows.Instant(row.GetInt64(at + 5)), row.GetString(at + 6), Text(7), Text(8) is { } name ? new IdBlock(name, Text(9)!, Text(10)!) : null, Text(11),
            row.GetInt32(at + 12), row.GetBoolean(at + 13), row.GetBoolean(at + 14), (VoucherState)row.GetInt32(at + 15), row.GetBoolean(at + 16));
    }

    private static object?[] Values(long client, VoucherQuery query) =>
    [
        SqliteRows.Id(client, Math.Min(query.Bounds.Above, SqliteRows.LastSerial)), SqliteRows.Id(client, Math.Min(query.Bounds.Below, SqliteRows.LastSerial + 1)),
        (int?)query.State, query.LastFrom.UtcTicks, query.LastTo.UtcTicks, query.Campaign, query.Reference,
    ];

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = new SqliteCommand(sql, connection);
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        command.Prepare();
        return command;
    }
}
