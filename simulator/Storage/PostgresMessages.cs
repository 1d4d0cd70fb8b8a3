using ImovoSim.Delivery;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The messages' rows in PostgreSQL, as parameters and back.</summary>
internal static class PostgresMessages
{
    // Where a message's columns end and its voucher's begin.
    private const int VoucherColumn = 12;

    private const string Rows =
        "m.id, m.channel, m.recipient, m.subject, m.text, m.state, m.created, m.due, m.reason, m.attempts, m.first_attempt, m.next_attempt, v.*";

    private const string From = "FROM message m JOIN voucher v ON v.client = m.client AND v.serial = m.serial";

    private const string Meant = $"{From} WHERE m.client = $1 AND m.id > $2 AND m.id < $3 AND ($4 < 0 OR m.state = $4) AND m.due BETWEEN $5 AND $6 " +
        "AND ($7 = '' OR m.recipient = $7) AND ($8 < 0 OR m.channel = $8) AND ($9 < 0 OR m.serial = $9) AND ($10 = '' OR v.campaign = $10) AND ($11 = '' OR v.reference = $11)";

    public const string InsertColumns = "client, id, serial, channel, recipient, subject, text, state, created, due, reason, attempts, first_attempt, next_attempt";

    private const string InsertMessages = $"INSERT INTO message ({InsertColumns}) " +
        $"SELECT updated.id, new.* FROM {PostgresRows.Updated}, unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS new";

    private const string UpdateMessages =
        "UPDATE message SET state = new.state, due = new.due, reason = new.reason, attempts = new.attempts, first_attempt = new.first_attempt, next_attempt = new.next_attempt " +
        $"FROM {PostgresRows.Updated}, unnest($3, $4, $5, $6, $7, $8, $9) AS new (id, state, due, reason, attempts, first_attempt, next_attempt) WHERE message.client = $1 AND message.id = new.id";

    public const string TrimMessages =
        $"DELETE FROM message USING {PostgresRows.Updated} WHERE message.client = $1 AND message.id > $3 AND message.id <= $4 AND message.next_attempt IS NULL";

    private const string DeleteMessages =
        $"DELETE FROM message USING {PostgresRows.Updated} WHERE message.client = $1 AND message.id = ANY($3) AND message.next_attempt IS NULL";

    /// <summary>$1 the real time, $2 until when they are claimed, $3 how many at most.</summary>
    public const string Claim =
        "UPDATE message SET next_attempt = $2 FROM (SELECT m.client, m.id FROM message m JOIN client c ON c.id = m.client " +
        "WHERE m.next_attempt <= $1 AND m.due <= coalesce(c.clock_frozen, $1 + c.clock_offset) ORDER BY m.next_attempt LIMIT $3 FOR UPDATE OF m SKIP LOCKED) AS due " +
        "WHERE message.client = due.client AND message.id = due.id RETURNING message.client, message.id";

    public const string Count = $"SELECT count(*) {Meant}";

    public static string Find(bool oldestFirst) => $"SELECT {Rows} {Meant} ORDER BY m.id {(oldestFirst ? "ASC" : "DESC")} LIMIT $12";

    /// <summary>$1 the client, $2 the ids.</summary>
    public const string FindThese = $"SELECT {Rows} {From} WHERE m.client = $1 AND m.id = ANY($2)";

    public static NpgsqlParameter[] Values(long client, MessageQuery query) =>
    [
        PostgresRows.Value(client), PostgresRows.Value(query.After), PostgresRows.Value(query.Before), PostgresRows.Value((short)(query.State is { } state ? (int)state : -1)),
        PostgresRows.Value(query.DueFrom.UtcTicks), PostgresRows.Value(query.DueTo.UtcTicks), PostgresRows.Value(query.To ?? ""),
        PostgresRows.Value((short)(query.Channel is { } channel ? (int)channel : -1)), PostgresRows.Value(query.Serial ?? -1),
        PostgresRows.Value(query.Campaign ?? ""), PostgresRows.Value(query.Reference ?? ""),
    ];

    public static NpgsqlBatchCommand Insert(long client, long[] version, IReadOnlyList<Message> messages) =>
        PostgresRows.Command(InsertMessages, [PostgresRows.Value(client), PostgresRows.Value(version), .. Columns(messages)]);

    public static NpgsqlParameter[] Columns(IReadOnlyList<Message> messages)
    {
        NpgsqlParameter Column<T>(Func<Message, T> of) => PostgresRows.Value(messages.Select(of).ToArray());
        return
        [
            Column(m => m.Id), Column(m => m.Voucher.Serial), Column(m => (short)m.Channel), Column(m => m.To),
            Column(m => m.Subject), Column(m => m.Text), Column(m => (short)m.State), Column(m => m.Created.UtcTicks), Column(m => m.Due.UtcTicks), Column(m => m.Reason),
            Column(m => m.Attempts), Column(m => m.FirstAttempt?.UtcTicks), Column(m => m.NextAttempt?.UtcTicks),
        ];
    }

    public static NpgsqlBatchCommand Update(long client, long[] version, IReadOnlyList<Message> messages)
    {
        NpgsqlParameter Column<T>(Func<Message, T> of) => PostgresRows.Value(messages.Select(of).ToArray());
        return PostgresRows.Command(
            UpdateMessages, PostgresRows.Value(client), PostgresRows.Value(version), Column(m => m.Id), Column(m => (short)m.State), Column(m => m.Due.UtcTicks), Column(m => m.Reason),
            Column(m => m.Attempts), Column(m => m.FirstAttempt?.UtcTicks), Column(m => m.NextAttempt?.UtcTicks));
    }

    /// <summary>Those after the one and up to the other go, but for those that wait.</summary>
    public static NpgsqlBatchCommand Trim(long client, long[] version, long after, long upTo) =>
        PostgresRows.Command(TrimMessages, PostgresRows.Value(client), PostgresRows.Value(version), PostgresRows.Value(after), PostgresRows.Value(upTo));

    /// <summary>These go, but for those that wait.</summary>
    public static NpgsqlBatchCommand Delete(long client, long[] version, long[] these) =>
        PostgresRows.Command(DeleteMessages, PostgresRows.Value(client), PostgresRows.Value(version), PostgresRows.Value(these));

    public static Message Read(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        DateTimeOffset? At(int column) => row.IsDBNull(column) ? null : new(row.GetInt64(column), TimeSpan.Zero);
        return new Message(
            row.GetInt64(0), PostgresRows.ReadVoucher(row, VoucherColumn), (Channel)row.GetInt16(1), row.GetString(2), Text(3), row.GetString(4), (MessageState)row.GetInt16(5),
            At(6)!.Value, At(7)!.Value, Text(8), row.GetInt32(9), At(10), At(11));
    }
}
