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
    public const int SerialBits = 36;
    public const long LastSerial = (1L << SerialBits) - 1;
    private readonly SqliteConnection _connection;
    // Not by SqliteCommands what every flush does: they make a reader and box each value, twice the price of the row itself.
    private readonly sqlite3_stmt _begin, _commit, _updateClient, _updateCounts, _insertVoucher;
    private readonly SqliteCommand _insertClient, _deleteVouchers, _deleteReferences, _deleteClient,
        _updateVoucher, _findVoucher, _insertReference, _findReferences, _ready, _findVouchers, _findNewest, _countVouchers, _insertEvent, _findHistory, _deleteEvents,
        _findEvents, _findClient, _findSetting, _putSetting, _deleteSetting;

    public SqliteRows(SqliteConnection connection)
    {
        _connection = connection;
        Journal = new SqliteJournal(connection);
        Messages = new SqliteMessages(connection);
        _begin = PrepareRaw("BEGIN IMMEDIATE");
        _commit = PrepareRaw("COMMIT");
        _insertClient = Prepare(
            "INSERT INTO client (id, name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, clock_frozen, last_serial, day_totals, last_used, first_limit, steering, last_message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)", 15);
        _updateClient = PrepareRaw(
            "UPDATE client SET name = ?2, key = ?3, is_sandbox = ?4, seed = ?5, campaigns = ?6, weekly_limit = ?7, clock_offset = ?8, clock_frozen = ?9, last_serial = ?10, day_totals = ?11, last_used = ?12, first_limit = ?13, steering = ?14, last_message = ?15 WHERE id = ?1");
        // Not the key with it: its index would be written as well.
        _updateCounts = PrepareRaw("UPDATE client SET last_serial = ?2, day_totals = ?3, last_used = ?4, last_message = ?5 WHERE id = ?1");
        _deleteVouchers = Prepare("DELETE FROM voucher WHERE id BETWEEN $1 AND $2", 2);
        _deleteReferences = Prepare("DELETE FROM reference WHERE client = $1", 1);
        _deleteClient = Prepare("DELETE FROM client WHERE id = $1", 1);
        _insertVoucher = PrepareRaw("INSERT INTO voucher VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _updateVoucher = Prepare("UPDATE voucher SET uses_left = $2, used = $3, state = $4, expires_at = $5 WHERE id = $1", 5);
        _findVoucher = Prepare("SELECT * FROM voucher WHERE id = $1", 1);
        _insertReference = Prepare("INSERT INTO reference VALUES ($1, $2, $3, $4)", 4);
        _findReferences = Prepare("SELECT serial FROM reference WHERE client = $1 AND campaign = $2 AND reference = $3", 3);
        const string Meant = "FROM voucher WHERE id > $1 AND id < $2 AND ($3 IS NULL OR state = $3) AND expires_at BETWEEN $4 AND $5 " +
            "AND ($6 IS NULL OR campaign = $6) AND ($7 IS NULL OR reference = $7)";
        _findVouchers = Prepare($"SELECT * {Meant} ORDER BY id LIMIT $8", 8);
        _findNewest = Prepare($"SELECT * {Meant} ORDER BY id DESC LIMIT $8", 8);
        _countVouchers = Prepare($"SELECT count(*) {Meant}", 7);
        _findEvents = Prepare("SELECT voucher, kind, at, pence, outlet, terminal, text FROM event WHERE voucher > $1 AND voucher <= $2 ORDER BY voucher, id", 2);
        _findClient = Prepare("SELECT * FROM client WHERE id = $1", 1);
        _findSetting = Prepare("SELECT json FROM setting WHERE name = $1", 1);
        _putSetting = Prepare("INSERT OR REPLACE INTO setting VALUES ($1, $2)", 2);
        _deleteSetting = Prepare("DELETE FROM setting WHERE name = $1", 1);
        _insertEvent = Prepare("INSERT INTO event (voucher, kind, at, outlet, terminal, pence, text) VALUES ($1, $2, $3, $4, $5, $6, $7)", 7);
        _findHistory = Prepare("SELECT kind, at, pence, outlet, terminal, text FROM event WHERE voucher = $1 ORDER BY id", 1);
        _deleteEvents = Prepare("DELETE FROM event WHERE voucher BETWEEN $1 AND $2", 2);
        _ready = Prepare("UPDATE ready SET at = at + 1");
    }

    public SqliteJournal Journal { get; }

    public SqliteMessages Messages { get; }

    public void Begin() => Step(_begin);

    public void Commit() => Step(_commit);

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
            clients.Add(ReadClient(row));
        return clients;
    }

    public Client? FindClient(long client)
    {
        Bind(_findClient, client);
        using var row = _findClient.ExecuteReader();
        return row.Read() ? ReadClient(row) : null;
    }

    /// <summary>What follows is read as it is now, whatever is written meanwhile.</summary>
    public void BeginRead()
    {
        using var begin = new SqliteCommand("BEGIN", _connection);
        begin.ExecuteNonQuery();
    }

    public string? FindSetting(string name)
    {
        Bind(_findSetting, name);
        return (string?)_findSetting.ExecuteScalar();
    }

    public void PutSetting(string name, string? json)
    {
        if (json is null)
            Run(_deleteSetting, name);
        else
            Run(_putSetting, name, json);
    }

    /// <summary>What became of the vouchers after a serial, up to and with another.</summary>
    public IReadOnlyList<(long Serial, VoucherEvent Happened)> Histories(long client, long after, long to)
    {
        Bind(_findEvents, Id(client, after), Id(client, Math.Min(to, LastSerial)));
        using var row = _findEvents.ExecuteReader();
        var events = new List<(long, VoucherEvent)>();
        while (row.Read())
            events.Add((row.GetInt64(0) & LastSerial, ReadEvent(row, 1)));
        return events;
    }

    public void Insert(Client client) => Run(
        _insertClient, client.Id, client.Name, KeyBytes(client), client.IsSandbox, (long)client.Seed, client.Grant.Text, client.WeeklyLimit,
        client.Clock.Offset.Ticks, client.Clock.FrozenAt?.UtcTicks, client.LastSerial, DayTotalBytes.Pack(client.DayTotals), client.LastUsed.UtcTicks,
        client.FirstLimit, client.Steering, client.LastMessage);

    public void Update(Client client)
    {
        var statement = _updateClient;
        raw.sqlite3_bind_int64(statement, 1, client.Id);
        Bind(statement, 2, client.Name);
        raw.sqlite3_bind_blob(statement, 3, KeyBytes(client));
        raw.sqlite3_bind_int(statement, 4, client.IsSandbox ? 1 : 0);
        raw.sqlite3_bind_int64(statement, 5, (long)client.Seed);
        Bind(statement, 6, client.Grant.Text);
        Bind(statement, 7, client.WeeklyLimit);
        raw.sqlite3_bind_int64(statement, 8, client.Clock.Offset.Ticks);
        Bind(statement, 9, client.Clock.FrozenAt?.UtcTicks);
        raw.sqlite3_bind_int64(statement, 10, client.LastSerial);
        raw.sqlite3_bind_blob(statement, 11, DayTotalBytes.Pack(client.DayTotals));
        raw.sqlite3_bind_int64(statement, 12, client.LastUsed.UtcTicks);
        Bind(statement, 13, client.FirstLimit);
        Bind(statement, 14, client.Steering);
        raw.sqlite3_bind_int64(statement, 15, client.LastMessage);
        Step(statement);
    }

    /// <summary>Where it differs from the row in them only.</summary>
    public void UpdateCounts(Client client)
    {
        raw.sqlite3_bind_int64(_updateCounts, 1, client.Id);
        raw.sqlite3_bind_int64(_updateCounts, 2, client.LastSerial);
        raw.sqlite3_bind_blob(_updateCounts, 3, DayTotalBytes.Pack(client.DayTotals));
        raw.sqlite3_bind_int64(_updateCounts, 4, client.LastUsed.UtcTicks);
        raw.sqlite3_bind_int64(_updateCounts, 5, client.LastMessage);
        Step(_updateCounts);
    }

    public void Delete(Client client)
    {
        DeleteVouchers(client.Id);
        Journal.Clear(client.Id);
        Run(_deleteClient, client.Id);
    }

    public void DeleteVouchers(long client)
    {
        Run(_deleteVouchers, Id(client, 0), Id(client + 1, 0) - 1);
        Run(_deleteEvents, Id(client, 0), Id(client + 1, 0) - 1);
        Run(_deleteReferences, client);
        Messages.Delete(client);
    }

    public void Insert(long client, Voucher voucher)
    {
        raw.sqlite3_bind_int64(_insertVoucher, 1, Id(client, voucher.Serial));
        raw.sqlite3_bind_int64(_insertVoucher, 4, voucher.Pence);
        raw.sqlite3_bind_int64(_insertVoucher, 5, voucher.IssuedAt.UtcTicks);
        raw.sqlite3_bind_int64(_insertVoucher, 6, voucher.ExpiresAt.UtcTicks);
        raw.sqlite3_bind_int(_insertVoucher, 13, voucher.UsesLeft);
        raw.sqlite3_bind_int(_insertVoucher, 14, voucher.Used ? 1 : 0);
        raw.sqlite3_bind_int(_insertVoucher, 15, voucher.PerReference ? 1 : 0);
        raw.sqlite3_bind_int(_insertVoucher, 16, (int)voucher.State);
        Bind(_insertVoucher, 2, voucher.Code);
        Bind(_insertVoucher, 3, voucher.Campaign);
        Bind(_insertVoucher, 7, voucher.CustomerReference);
        Bind(_insertVoucher, 8, voucher.DeliveryRecipient);
        Bind(_insertVoucher, 9, voucher.Id?.CustomerName);
        Bind(_insertVoucher, 10, voucher.Id?.Address);
        Bind(_insertVoucher, 11, voucher.Id?.PostCode);
        Bind(_insertVoucher, 12, voucher.LinkTail);
        Step(_insertVoucher);
        if (voucher.PerReference)
            Run(_insertReference, client, voucher.Campaign, voucher.CustomerReference, voucher.Serial);
    }

    public void Update(long client, Voucher voucher) =>
        Run(_updateVoucher, Id(client, voucher.Serial), voucher.UsesLeft, voucher.Used, (int)voucher.State, voucher.ExpiresAt.UtcTicks);

    public void Append(long client, long serial, VoucherEvent happened) => Run(
        _insertEvent, Id(client, serial), (int)happened.Kind, happened.At.UtcTicks, happened.Outlet, happened.Terminal, happened.Pence, happened.Text);

    public IReadOnlyList<VoucherEvent> History(long client, long serial)
    {
        if (serial > LastSerial)
            return [];
        Bind(_findHistory, Id(client, serial));
        using var row = _findHistory.ExecuteReader();
        var events = new List<VoucherEvent>();
        while (row.Read())
            events.Add(ReadEvent(row, 0));
        return events;
    }

    public IReadOnlyList<Voucher> Find(long client, VoucherQuery query)
    {
        var find = query.NewestFirst ? _findNewest : _findVouchers;
        Bind(find, [.. Meant(client, query), query.AtMost]);
        using var row = find.ExecuteReader();
        var vouchers = new List<Voucher>();
        while (row.Read())
            vouchers.Add(ReadVoucher(row));
        return vouchers;
    }

    public long Count(long client, VoucherQuery query)
    {
        Bind(_countVouchers, Meant(client, query with { After = 0 }));
        return (long)_countVouchers.ExecuteScalar()!;
    }

    public Voucher? Find(long client, long serial)
    {
        // A code by chance can lead anywhere, and beyond the client's own range there is another client's.
        if (serial > LastSerial)
            return null;
        Bind(_findVoucher, Id(client, serial));
        using var row = _findVoucher.ExecuteReader();
        return row.Read() ? ReadVoucher(row) : null;
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
        foreach (var command in new[] { _insertClient, _deleteVouchers, _deleteReferences, _deleteClient, _updateVoucher, _findVoucher, _insertReference, _findReferences, _ready, _findVouchers, _findNewest, _countVouchers, _insertEvent, _findHistory, _deleteEvents, _findEvents, _findClient, _findSetting, _putSetting, _deleteSetting })
            command.Dispose();
        foreach (var statement in new[] { _begin, _commit, _updateClient, _updateCounts, _insertVoucher })
            statement.Dispose();
        Journal.Dispose();
        Messages.Dispose();
        _connection.Dispose();
    }

    private static Client ReadClient(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), MemoryMarshal.Read<KeyHash>((byte[])row[2]), row.GetBoolean(3), (ulong)row.GetInt64(4),
        new CampaignGrant(row.GetString(5)), row.IsDBNull(6) ? null : row.GetInt64(6),
        new ClockSetting(new TimeSpan(row.GetInt64(7)), row.IsDBNull(8) ? null : Instant(row.GetInt64(8))),
        row.GetInt64(9), DayTotalBytes.Unpack((byte[])row[10]), Instant(row.GetInt64(11)),
        row.IsDBNull(12) ? null : row.GetInt64(12), row.IsDBNull(13) ? null : row.GetString(13), row.GetInt64(14));

    private static VoucherEvent ReadEvent(SqliteDataReader row, int at) => new(
        (VoucherEventKind)row.GetInt32(at), Instant(row.GetInt64(at + 1)), row.GetInt64(at + 2), Text(row, at + 3), Text(row, at + 4), Text(row, at + 5));

    /// <param name="at">Where the voucher's columns begin.</param>
    public static Voucher ReadVoucher(SqliteDataReader row, int at = 0) => new(
        row.GetInt64(at) & LastSerial, row.GetString(at + 1), row.GetString(at + 2), row.GetInt64(at + 3), Instant(row.GetInt64(at + 4)), Instant(row.GetInt64(at + 5)),
        row.GetString(at + 6), Text(row, at + 7), Text(row, at + 8) is { } name ? new IdBlock(name, Text(row, at + 9)!, Text(row, at + 10)!) : null, Text(row, at + 11),
        row.GetInt32(at + 12), row.GetBoolean(at + 13), row.GetBoolean(at + 14), (VoucherState)row.GetInt32(at + 15));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static object?[] Meant(long client, VoucherQuery query) =>
    [
        Id(client, Math.Min(query.Bounds.Above, LastSerial)), Id(client, Math.Min(query.Bounds.Below, LastSerial + 1)), (int?)query.State, query.LastFrom.UtcTicks, query.LastTo.UtcTicks, query.Campaign, query.Reference,
    ];

    private static void Bind(sqlite3_stmt statement, int index, string? text)
    {
        if (text is null)
            raw.sqlite3_bind_null(statement, index);
        else
            raw.sqlite3_bind_text(statement, index, text);
    }

    private static void Bind(sqlite3_stmt statement, int index, long? number)
    {
        if (number is { } given)
            raw.sqlite3_bind_int64(statement, index, given);
        else
            raw.sqlite3_bind_null(statement, index);
    }

    private void Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);

    private static byte[] KeyBytes(Client client)
    {
        var key = client.Key;
        return MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in key)).ToArray();
    }

    public static long Id(long client, long serial) => (client << SerialBits) + serial;

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

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

    private sqlite3_stmt PrepareRaw(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection.Handle, sql, out var statement));
        return statement;
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
