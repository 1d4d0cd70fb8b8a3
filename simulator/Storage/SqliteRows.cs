using System.Runtime.InteropServices;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Vouchers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImovoSim.Storage;

/// <summary>The rows of the SQLite file, each statement prepared once on the one connection that there is.</summary>
internal sealed class SqliteRows : IDisposable
{
    private const int SerialBits = 36;
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _insertVoucher;
    private readonly SqliteCommand _begin, _commit, _insertClient, _updateClient, _deleteVouchers, _deleteReferences, _deleteClient,
        _updateVoucher, _findVoucher, _insertReference, _findReferences, _ready;

    public SqliteRows(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _insertClient = Prepare(
            "INSERT INTO client (id, name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, clock_frozen, last_serial, day_totals, last_used) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", 12);
        _updateClient = Prepare(
            "UPDATE client SET name = $2, key = $3, is_sandbox = $4, seed = $5, campaigns = $6, weekly_limit = $7, clock_offset = $8, clock_frozen = $9, last_serial = $10, day_totals = $11, last_used = $12 WHERE id = $1", 12);
        _deleteVouchers = Prepare("DELETE FROM voucher WHERE id BETWEEN $1 AND $2", 2);
        _deleteReferences = Prepare("DELETE FROM reference WHERE client = $1", 1);
        _deleteClient = Prepare("DELETE FROM client WHERE id = $1", 1);
        Check(raw.sqlite3_prepare_v2(connection.Handle, "INSERT INTO voucher VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", out _insertVoucher));
        _updateVoucher = Prepare("UPDATE voucher SET uses_left = $2, used = $3, state = $4 WHERE id = $1", 4);
        _findVoucher = Prepare("SELECT * FROM voucher WHERE id = $1", 1);
        _insertReference = Prepare("INSERT INTO reference VALUES ($1, $2, $3, $4)", 4);
        _findReferences = Prepare("SELECT serial FROM reference WHERE client = $1 AND campaign = $2 AND reference = $3", 3);
        _ready = Prepare("UPDATE ready SET at = at + 1");
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>Undoes what was begun, where the engine has not done so itself.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            using var rollback = new SqliteCommand("ROLLBACK", _connection);
            rollback.ExecuteNonQuery();
        }
    }

    public void Touch() => _ready.ExecuteNonQuery();

    public IReadOnlyList<Client> Clients()
    {
        using var command = new SqliteCommand("SELECT * FROM client ORDER BY id", _connection);
        using var row = command.ExecuteReader();
        var clients = new List<Client>();
        while (row.Read())
            clients.Add(new Client(
                row.GetInt64(0), row.GetString(1), MemoryMarshal.Read<KeyHash>((byte[])row[2]), row.GetBoolean(3), (ulong)row.GetInt64(4),
                new CampaignGrant(row.GetString(5)), row.IsDBNull(6) ? null : row.GetInt64(6),
                new ClockSetting(new TimeSpan(row.GetInt64(7)), row.IsDBNull(8) ? null : Instant(row.GetInt64(8))),
                row.GetInt64(9), DayTotalBytes.Unpack((byte[])row[10]), Instant(row.GetInt64(11))));
        return clients;
    }

    public void Insert(Client client) => Write(_insertClient, client);

    public void Update(Client client) => Write(_updateClient, client);

    public void Delete(Client client)
    {
        Run(_deleteVouchers, Id(client.Id, 0), Id(client.Id + 1, 0) - 1);
        Run(_deleteReferences, client.Id);
        Run(_deleteClient, client.Id);
    }

    public void Insert(long client, Voucher voucher)
    {
        // Not by a SqliteCommand: it makes a reader and boxes sixteen values each time, twice the price of the row itself.
        raw.sqlite3_bind_int64(_insertVoucher, 1, Id(client, voucher.Serial));
        raw.sqlite3_bind_int64(_insertVoucher, 4, voucher.Pence);
        raw.sqlite3_bind_int64(_insertVoucher, 5, voucher.IssuedAt.UtcTicks);
        raw.sqlite3_bind_int64(_insertVoucher, 6, voucher.ExpiresAt.UtcTicks);
        raw.sqlite3_bind_int(_insertVoucher, 13, voucher.UsesLeft);
        raw.sqlite3_bind_int(_insertVoucher, 14, voucher.Used ? 1 : 0);
        raw.sqlite3_bind_int(_insertVoucher, 15, voucher.PerReference ? 1 : 0);
        raw.sqlite3_bind_int(_insertVoucher, 16, (int)voucher.State);
        BindText(2, voucher.Code);
        BindText(3, voucher.Campaign);
        BindText(7, voucher.CustomerReference);
        BindText(8, voucher.DeliveryRecipient);
        BindText(9, voucher.Id?.CustomerName);
        BindText(10, voucher.Id?.Address);
        BindText(11, voucher.Id?.PostCode);
        BindText(12, voucher.LinkTail);
        var result = raw.sqlite3_step(_insertVoucher);
        raw.sqlite3_reset(_insertVoucher);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        if (voucher.PerReference)
            Run(_insertReference, client, voucher.Campaign, voucher.CustomerReference, voucher.Serial);
    }

    public void Update(long client, Voucher voucher) =>
        Run(_updateVoucher, Id(client, voucher.Serial), voucher.UsesLeft, voucher.Used, (int)voucher.State);

    public Voucher? Find(long client, long serial)
    {
        Bind(_findVoucher, Id(client, serial));
        using var row = _findVoucher.ExecuteReader();
        if (!row.Read())
            return null;
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new Voucher(
            serial, row.GetString(1), row.GetString(2), row.GetInt64(3), Instant(row.GetInt64(4)), Instant(row.GetInt64(5)), row.GetString(6),
            Text(7), Text(8) is { } name ? new IdBlock(name, Text(9)!, Text(10)!) : null, Text(11), row.GetInt32(12), row.GetBoolean(13),
            row.GetBoolean(14), (VoucherState)row.GetInt32(15));
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

    public void Dispose()
    {
        foreach (var command in new[] { _begin, _commit, _insertClient, _updateClient, _deleteVouchers, _deleteReferences, _deleteClient, _updateVoucher, _findVoucher, _insertReference, _findReferences, _ready })
            command.Dispose();
        _insertVoucher.Dispose();
        _connection.Dispose();
    }

    private void BindText(int index, string? text)
    {
        if (text is null)
            raw.sqlite3_bind_null(_insertVoucher, index);
        else
            raw.sqlite3_bind_text(_insertVoucher, index, text);
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);

    private static long Id(long client, long serial) => (client << SerialBits) + serial;

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    private static void Write(SqliteCommand command, Client client)
    {
        var key = client.Key;
        Run(command, client.Id, client.Name, MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in key)).ToArray(), client.IsSandbox, (long)client.Seed,
            client.Grant.Text, client.WeeklyLimit, client.Clock.Offset.Ticks, client.Clock.FrozenAt?.UtcTicks, client.LastSerial,
            DayTotalBytes.Pack(client.DayTotals), client.LastUsed.UtcTicks);
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        Bind(command, values);
        command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }

    private SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = new SqliteCommand(sql, _connection);
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        command.Prepare();
        return command;
    }
}
