using System.Runtime.InteropServices;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Delivery;
using ImovoSim.Vouchers;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The rows of the PostgreSQL tables, as parameters and back.</summary>
internal static class PostgresRows
{
    private static readonly string[] Tables = ["voucher", "reference", "event", "message"];

    public const string ClientColumns =
        "id, name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, clock_frozen, last_serial, day_totals, last_used, first_limit, steering, last_message";

    public const string InsertClient =
        "INSERT INTO client (name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, clock_frozen, last_serial, day_totals, last_used, first_limit, steering, last_message) " +
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (key) DO NOTHING RETURNING id";

    public const string UpdateClient =
        "UPDATE client SET name = $2, key = $3, is_sandbox = $4, seed = $5, campaigns = $6, weekly_limit = $7, clock_offset = $8, " +
        "clock_frozen = $9, last_serial = $10, day_totals = $11, last_used = $12, first_limit = $13, steering = $14, last_message = $15, version = $17 WHERE id = $1 AND version = $16";

    // What is left of that when vouchers are issued, and no more.
    public const string UpdateCounters =
        "UPDATE client SET last_serial = $2, day_totals = $3, last_used = $4, last_message = $5, version = $7 WHERE id = $1 AND version = $6";

    // Most batches are vouchers, with or without messages, and nothing else: one statement is planned, bound and run once.
    // Of what is issued the limit counts all, which is the default of the column that is left out.
    public const string Issue =
        $"WITH updated AS ({UpdateCounters} RETURNING id), sent AS (INSERT INTO message ({PostgresMessages.InsertColumns}) " +
        "SELECT updated.id, new.* FROM updated, unnest($24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36) AS new) " +
        "INSERT INTO voucher SELECT updated.id, new.* FROM updated, unnest($8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) AS new";

    // The writes of a batch go over together, so each has to see for itself whether the client's row was updated.
    public const string Updated = "(SELECT id FROM client WHERE id = $1 AND version = $2) AS updated";

    public const string InsertVouchers =
        $"INSERT INTO voucher SELECT updated.id, new.* FROM {Updated}, unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) AS new";

    public const string InsertReferences = $"INSERT INTO reference SELECT updated.id, new.* FROM {Updated}, unnest($3, $4, $5) AS new";

    public const string UpdateVouchers =
        "UPDATE voucher SET uses_left = new.uses_left, used = new.used, state = new.state, expires_at = new.expires_at " +
        $"FROM {Updated}, unnest($3, $4, $5, $6, $7) AS new (serial, uses_left, used, state, expires_at) WHERE voucher.client = $1 AND voucher.serial = new.serial";

    public const string InsertEvents =
        $"INSERT INTO event (client, serial, kind, at, outlet, terminal, pence, text) SELECT updated.id, new.* FROM {Updated}, unnest($3, $4, $5, $6, $7, $8, $9) AS new";

    public const string EventColumns = "serial, kind, at, pence, outlet, terminal, text";

    /// <summary>Where <see cref="LockClient"/> has the version, behind the client's columns.</summary>
    public const int VersionColumn = 15;

    /// <summary>$1 to $6 as <see cref="Meant"/> gives them.</summary>
    public const string WhereMeant =
        "FROM voucher WHERE client = $1 AND ($2 < 0 OR state = $2) AND expires_at BETWEEN $3 AND $4 AND ($5 = '' OR campaign = $5) AND ($6 = '' OR reference = $6)";

    public static Client ReadClient(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), MemoryMarshal.Read<KeyHash>(row.GetFieldValue<byte[]>(2)), row.GetBoolean(3), (ulong)row.GetInt64(4),
        new CampaignGrant(row.GetString(5)), row.IsDBNull(6) ? null : row.GetInt64(6),
        new ClockSetting(new TimeSpan(row.GetInt64(7)), row.IsDBNull(8) ? null : Instant(row.GetInt64(8))),
        row.GetInt64(9), DayTotalBytes.Unpack(row.GetFieldValue<byte[]>(10)), Instant(row.GetInt64(11)),
        row.IsDBNull(12) ? null : row.GetInt64(12), row.IsDBNull(13) ? null : row.GetString(13), row.GetInt64(14));

    public static Voucher ReadVoucher(NpgsqlDataReader row) => ReadVoucher(row, 0);

    /// <param name="at">Where the voucher's columns begin.</param>
    public static Voucher ReadVoucher(NpgsqlDataReader row, int at)
    {
        string? Text(int column) => row.IsDBNull(at + column) ? null : row.GetString(at + column);
        return new Voucher(
            row.GetInt64(at + 1), row.GetString(at + 2), row.GetString(at + 3), row.GetInt64(at + 4), Instant(row.GetInt64(at + 5)), Instant(row.GetInt64(at + 6)), row.GetString(at + 7),
            Text(8), Text(9) is { } name ? new IdBlock(name, Text(10)!, Text(11)!) : null, Text(12), row.GetInt32(at + 13), row.GetBoolean(at + 14),
            row.GetBoolean(at + 15), (VoucherState)row.GetInt16(at + 16), row.GetBoolean(at + 17));
    }

    public static (long Serial, VoucherEvent Happened) ReadEvent(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return (row.GetInt64(0), new VoucherEvent((VoucherEventKind)row.GetInt16(1), Instant(row.GetInt64(2)), row.GetInt64(3), Text(4), Text(5), Text(6)));
    }

    public static NpgsqlParameter[] Meant(long client, VoucherQuery query) =>
    [
        Value(client), Value((short)(query.State is { } state ? (int)state : -1)), Value(query.LastFrom.UtcTicks), Value(query.LastTo.UtcTicks),
        Value(query.Campaign ?? ""), Value(query.Reference ?? ""),
    ];

    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter[] Of(Client client)
    {
        var key = client.Key;
        return
        [
            Value(client.Id), Value(client.Name), Value(MemoryMarshal.AsBytes(new ReadOnlySpan<KeyHash>(in key)).ToArray()), Value(client.IsSandbox),
            Value((long)client.Seed), Value(client.Grant.Text), Nullable(client.WeeklyLimit), Value(client.Clock.Offset.Ticks),
            Nullable(client.Clock.FrozenAt?.UtcTicks), Value(client.LastSerial), Value(DayTotalBytes.Pack(client.DayTotals)), Value(client.LastUsed.UtcTicks),
            Nullable(client.FirstLimit), new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)client.Steering ?? DBNull.Value },
            Value(client.LastMessage),
        ];
    }

    public static NpgsqlBatchCommand LockClient(long client) => Command($"SELECT {ClientColumns}, version FROM client WHERE id = $1 FOR UPDATE", Value(client));

    public static NpgsqlBatchCommand FindVersion(long client) => Command("SELECT version FROM client WHERE id = $1", Value(client));

    public static NpgsqlBatchCommand FindVouchers(long client, long[] serials, (string Campaign, string Reference)[] references) => Command(
        "SELECT * FROM voucher WHERE client = $1 AND (serial = ANY($2) OR serial IN " +
        "(SELECT serial FROM reference JOIN unnest($3, $4) AS asked (campaign, reference) USING (campaign, reference) WHERE client = $1))",
        Value(client), Value(serials), Value(references.Select(key => key.Campaign).ToArray()), Value(references.Select(key => key.Reference).ToArray()));

    public static NpgsqlBatchCommand FindEvents(long client, long[] serials) => Command(
        $"SELECT {EventColumns} FROM event WHERE client = $1 AND serial = ANY($2) ORDER BY id", Value(client), Value(serials));

    /// <summary>Updates nothing where the row has another version than before.</summary>
    public static NpgsqlBatchCommand Update(Client before, long[] version, Client after, long[] next) => after.DiffersInCountsOnly(before)
        ? Command(UpdateCounters, Counters(after, version, next))
        : Command(UpdateClient, [.. Of(after), Value(version), Value(next)]);

    /// <summary>The update, the vouchers and their messages in one; affects as many rows as there are vouchers, or none.</summary>
    public static NpgsqlBatchCommand IssueThese(Client after, long[] version, long[] next, IReadOnlyList<Voucher> vouchers, IReadOnlyList<Message> messages) =>
        Command(Issue, [.. Counters(after, version, next), .. Columns(vouchers), .. PostgresMessages.Columns(messages)]);

    private static NpgsqlParameter[] Counters(Client after, long[] version, long[] next) =>
    [
        Value(after.Id), Value(after.LastSerial), Value(DayTotalBytes.Pack(after.DayTotals)), Value(after.LastUsed.UtcTicks), Value(after.LastMessage), Value(version), Value(next),
    ];

    private static NpgsqlParameter[] Columns(IReadOnlyList<Voucher> vouchers)
    {
        NpgsqlParameter Column<T>(Func<Voucher, T> of) => Value(vouchers.Select(of).ToArray());
        return
        [
            Column(v => v.Serial), Column(v => v.Code), Column(v => v.Campaign), Column(v => v.Pence),
            Column(v => v.IssuedAt.UtcTicks), Column(v => v.ExpiresAt.UtcTicks), Column(v => v.CustomerReference), Column(v => v.DeliveryRecipient),
            Column(v => v.Id?.CustomerName), Column(v => v.Id?.Address), Column(v => v.Id?.PostCode), Column(v => v.LinkTail), Column(v => v.UsesLeft),
            Column(v => v.Used), Column(v => v.PerReference), Column(v => (short)v.State),
        ];
    }

    public static IEnumerable<NpgsqlBatchCommand> Insert(long client, long[] version, IReadOnlyList<Voucher> vouchers)
    {
        if (vouchers.Count == 0)
            yield break;
        yield return Command(InsertVouchers, [Value(client), Value(version), .. Columns(vouchers), Value(vouchers.Select(v => v.Uncounted).ToArray())]);
        var counted = vouchers.Where(voucher => voucher.PerReference).ToList();
        if (counted.Count > 0)
            yield return Command(InsertReferences, Value(client), Value(version), Value(counted.Select(v => v.Campaign).ToArray()),
                Value(counted.Select(v => v.CustomerReference).ToArray()), Value(counted.Select(v => v.Serial).ToArray()));
    }

    public static IEnumerable<NpgsqlBatchCommand> Update(long client, long[] version, IReadOnlyList<Voucher> vouchers)
    {
        if (vouchers.Count > 0)
            yield return Command(UpdateVouchers, Value(client), Value(version), Value(vouchers.Select(v => v.Serial).ToArray()), Value(vouchers.Select(v => v.UsesLeft).ToArray()),
                Value(vouchers.Select(v => v.Used).ToArray()), Value(vouchers.Select(v => (short)v.State).ToArray()), Value(vouchers.Select(v => v.ExpiresAt.UtcTicks).ToArray()));
    }

    public static IEnumerable<NpgsqlBatchCommand> Append(long client, long[] version, IReadOnlyList<(long Serial, VoucherEvent Happened)> events)
    {
        if (events.Count == 0)
            yield break;
        NpgsqlParameter Column<T>(Func<VoucherEvent, T> of) => Value(events.Select(entry => of(entry.Happened)).ToArray());
        yield return Command(InsertEvents, Value(client), Value(version), Value(events.Select(entry => entry.Serial).ToArray()), Column(e => (short)e.Kind),
            Column(e => e.At.UtcTicks), Column(e => e.Outlet), Column(e => e.Terminal), Column(e => e.Pence), Column(e => e.Text));
    }

    /// <summary>All that a client has beside its row.</summary>
    public static IEnumerable<NpgsqlBatchCommand> DeleteVouchers(long client, long[] version)
    {
        foreach (var table in Tables)
            yield return Command($"DELETE FROM {table} USING {Updated} WHERE {table}.client = updated.id", Value(client), Value(version));
    }

    /// <summary>The same where its row is gone.</summary>
    public static IEnumerable<NpgsqlBatchCommand> DeleteVouchers(long client)
    {
        foreach (var table in Tables)
            yield return Command($"DELETE FROM {table} WHERE client = $1", Value(client));
    }

    private static NpgsqlParameter Nullable(long? value) =>
        value is { } given ? Value(given) : new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = DBNull.Value };

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
