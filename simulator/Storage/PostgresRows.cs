using System.Runtime.InteropServices;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Vouchers;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The rows of the PostgreSQL tables, as parameters and back.</summary>
internal static class PostgresRows
{
    private const int RowsPerStatement = 5000;

    public const string ClientColumns =
        "id, name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, clock_frozen, last_serial, day_totals, last_used, first_limit, steering";

    public const string InsertClient =
        "INSERT INTO client (name, key, is_sandbox, seed, campaigns, weekly_limit, clock_offset, clock_frozen, last_serial, day_totals, last_used, first_limit, steering) " +
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (key) DO NOTHING RETURNING id";

    public const string UpdateClient =
        "UPDATE client SET name = $2, key = $3, is_sandbox = $4, seed = $5, campaigns = $6, weekly_limit = $7, clock_offset = $8, " +
        "clock_frozen = $9, last_serial = $10, day_totals = $11, last_used = $12, first_limit = $13, steering = $14 WHERE id = $1";

    public const string InsertVouchers =
        "INSERT INTO voucher SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

    public const string InsertReferences = "INSERT INTO reference SELECT $1, * FROM unnest($2, $3, $4)";

    public const string UpdateVouchers =
        "UPDATE voucher SET uses_left = new.uses_left, used = new.used, state = new.state, expires_at = new.expires_at " +
        "FROM unnest($2, $3, $4, $5, $6) AS new (serial, uses_left, used, state, expires_at) WHERE voucher.client = $1 AND voucher.serial = new.serial";

    public const string InsertEvents =
        "INSERT INTO event (client, serial, kind, at, outlet, terminal, pence, text) SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8)";

    public const string EventColumns = "serial, kind, at, pence, outlet, terminal, text";

    /// <summary>$1 to $6 as <see cref="Meant"/> gives them.</summary>
    public const string WhereMeant =
        "FROM voucher WHERE client = $1 AND ($2 < 0 OR state = $2) AND expires_at BETWEEN $3 AND $4 AND ($5 = '' OR campaign = $5) AND ($6 = '' OR reference = $6)";

    public static Client ReadClient(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), MemoryMarshal.Read<KeyHash>(row.GetFieldValue<byte[]>(2)), row.GetBoolean(3), (ulong)row.GetInt64(4),
        new CampaignGrant(row.GetString(5)), row.IsDBNull(6) ? null : row.GetInt64(6),
        new ClockSetting(new TimeSpan(row.GetInt64(7)), row.IsDBNull(8) ? null : Instant(row.GetInt64(8))),
        row.GetInt64(9), DayTotalBytes.Unpack(row.GetFieldValue<byte[]>(10)), Instant(row.GetInt64(11)),
        row.IsDBNull(12) ? null : row.GetInt64(12), row.IsDBNull(13) ? null : row.GetString(13));

    public static Voucher ReadVoucher(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new Voucher(
            row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetInt64(4), Instant(row.GetInt64(5)), Instant(row.GetInt64(6)), row.GetString(7),
            Text(8), Text(9) is { } name ? new IdBlock(name, Text(10)!, Text(11)!) : null, Text(12), row.GetInt32(13), row.GetBoolean(14),
            row.GetBoolean(15), (VoucherState)row.GetInt16(16));
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
        ];
    }

    public static IEnumerable<NpgsqlBatchCommand> Insert(long client, IReadOnlyList<Voucher> vouchers)
    {
        if (vouchers.Count == 0)
            yield break;
        NpgsqlParameter Column<T>(Func<Voucher, T> of) => Value(vouchers.Select(of).ToArray());
        yield return Command(InsertVouchers, Value(client), Column(v => v.Serial), Column(v => v.Code), Column(v => v.Campaign), Column(v => v.Pence),
            Column(v => v.IssuedAt.UtcTicks), Column(v => v.ExpiresAt.UtcTicks), Column(v => v.CustomerReference), Column(v => v.DeliveryRecipient),
            Column(v => v.Id?.CustomerName), Column(v => v.Id?.Address), Column(v => v.Id?.PostCode), Column(v => v.LinkTail), Column(v => v.UsesLeft),
            Column(v => v.Used), Column(v => v.PerReference), Column(v => (short)v.State));
        var counted = vouchers.Where(voucher => voucher.PerReference).ToList();
        if (counted.Count > 0)
            yield return Command(InsertReferences, Value(client), Value(counted.Select(v => v.Campaign).ToArray()),
                Value(counted.Select(v => v.CustomerReference).ToArray()), Value(counted.Select(v => v.Serial).ToArray()));
    }

    public static IEnumerable<NpgsqlBatchCommand> Update(long client, IReadOnlyList<Voucher> vouchers)
    {
        if (vouchers.Count > 0)
            yield return Command(UpdateVouchers, Value(client), Value(vouchers.Select(v => v.Serial).ToArray()), Value(vouchers.Select(v => v.UsesLeft).ToArray()),
                Value(vouchers.Select(v => v.Used).ToArray()), Value(vouchers.Select(v => (short)v.State).ToArray()), Value(vouchers.Select(v => v.ExpiresAt.UtcTicks).ToArray()));
    }

    public static IEnumerable<NpgsqlBatchCommand> Append(long client, IReadOnlyList<(long Serial, VoucherEvent Happened)> events)
    {
        if (events.Count == 0)
            yield break;
        NpgsqlParameter Column<T>(Func<VoucherEvent, T> of) => Value(events.Select(entry => of(entry.Happened)).ToArray());
        yield return Command(InsertEvents, Value(client), Value(events.Select(entry => entry.Serial).ToArray()), Column(e => (short)e.Kind),
            Column(e => e.At.UtcTicks), Column(e => e.Outlet), Column(e => e.Terminal), Column(e => e.Pence), Column(e => e.Text));
    }

    /// <summary>In pieces that a statement is done with soon.</summary>
    public static IEnumerable<NpgsqlBatchCommand> InsertMany(long client, IReadOnlyList<Voucher> vouchers, IReadOnlyList<(long Serial, VoucherEvent Happened)> events) =>
    [
        .. vouchers.Chunk(RowsPerStatement).SelectMany(chunk => Insert(client, chunk)),
        .. events.Chunk(RowsPerStatement).SelectMany(chunk => Append(client, chunk)),
    ];

    /// <summary>All that a client has beside its row.</summary>
    public static IEnumerable<NpgsqlBatchCommand> DeleteVouchers(long client)
    {
        foreach (var table in new[] { "voucher", "reference", "event" })
            yield return Command($"DELETE FROM {table} WHERE client = $1", Value(client));
    }

    private static NpgsqlParameter Nullable(long? value) =>
        value is { } given ? Value(given) : new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = DBNull.Value };

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
