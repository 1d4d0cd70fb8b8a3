using ImovoSim.Delivery;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>The messages' rows in the SQLite file.</summary>
internal sealed class SqliteMessages(SqliteConnection connection) : IDisposable
{
    // Where a message's columns end and its voucher's begin.
    private const int Columns = 12;

    private const string Rows =
        "m.id, m.channel, m.recipient, m.subject, m.text, m.state, m.created, m.due, m.reason, m.attempts, m.first_attempt, m.next_attempt, v.* " +
        "FROM message m JOIN voucher v ON v.id = m.voucher";

    private const string Meant = "WHERE m.id > $above AND m.id < $below AND ($state IS NULL OR m.state = $state) AND m.due BETWEEN $from AND $to " +
        "AND ($recipient IS NULL OR m.recipient = $recipient) AND ($channel IS NULL OR m.channel = $channel) AND ($voucher IS NULL OR m.voucher = $voucher) " +
        "AND ($campaign IS NULL OR v.campaign = $campaign) AND ($reference IS NULL OR v.reference = $reference)";

    private readonly SqliteStatement _insert = new(connection, "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    private readonly SqliteStatement _update = new(connection, "UPDATE message SET state = ?2, due = ?3, reason = ?4, attempts = ?5, first_attempt = ?6, next_attempt = ?7 WHERE id = ?1");
    private readonly SqliteStatement _trim = new(connection, "DELETE FROM message WHERE id > ?1 AND id <= ?2 AND next_attempt IS NULL");
    private readonly SqliteStatement _delete = new(connection, "DELETE FROM message WHERE id BETWEEN ?1 AND ?2");

    public void Insert(long client, Message message) => _insert
        .Bind(1, SqliteRows.Id(client, message.Id)).Bind(2, SqliteRows.Id(client, message.Voucher.Serial)).Bind(3, (long)message.Channel).Bind(4, message.To)
        .Bind(5, message.Subject).Bind(6, message.Text).Bind(7, (long)message.State).Bind(8, message.Created.UtcTicks).Bind(9, message.Due.UtcTicks)
        .Bind(10, message.Reason).Bind(11, message.Attempts).Bind(12, message.FirstAttempt?.UtcTicks).Bind(13, message.NextAttempt?.UtcTicks).Run();

    public void Update(long client, Message message, bool kept)
    {
        var id = SqliteRows.Id(client, message.Id);
        if (!kept)
            _delete.Bind(1, id).Bind(2, id).Run();
        else
            _update.Bind(1, id).Bind(2, (long)message.State).Bind(3, message.Due.UtcTicks).Bind(4, message.Reason).Bind(5, message.Attempts)
                .Bind(6, message.FirstAttempt?.UtcTicks).Bind(7, message.NextAttempt?.UtcTicks).Run();
    }

    /// <summary>Those after the one and up to the other go, but for those that wait.</summary>
    public void Trim(long client, long after, long upTo) => _trim.Bind(1, SqliteRows.Id(client, after)).Bind(2, SqliteRows.Id(client, upTo)).Run();

    /// <summary>Whatever waits may be tried at once.</summary>
    public int Release()
    {
        using var command = new SqliteCommand("UPDATE message SET next_attempt = 0 WHERE next_attempt > 0", connection);
        return command.ExecuteNonQuery();
    }

    public void Delete(long client) => _delete.Bind(1, SqliteRows.Id(client, 0)).Bind(2, SqliteRows.Id(client, SqliteRows.LastSerial)).Run();

    public Message? Find(long client, long id) => Find(client, new MessageQuery(default, After: id - 1, Before: id + 1)) is [var message] ? message : null;

    public IReadOnlyList<Message> Find(long client, MessageQuery query)
    {
        using var command = new SqliteCommand($"SELECT {Rows} {Meant} ORDER BY m.id {(query.OldestFirst ? "ASC" : "DESC")} LIMIT $most", connection);
        Bind(command, [.. Values(client, query), ("$most", query.AtMost)]);
        return [.. Read(command).Select(row => row.Message)];
    }

    public long Count(long client, MessageQuery query)
    {
        using var command = new SqliteCommand($"SELECT count(*) FROM message m JOIN voucher v ON v.id = m.voucher {Meant}", connection);
        Bind(command, Values(client, query));
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Those of all clients that may be tried, and by the clock of theirs be sent.</summary>
    public IReadOnlyList<(long Client, Message Message)> Waiting(DateTimeOffset real, int atMost)
    {
        using var command = new SqliteCommand(
            $"SELECT {Rows} JOIN client c ON c.id = m.id >> {SqliteRows.SerialBits} WHERE m.next_attempt <= $real AND m.due <= coalesce(c.clock_frozen, $real + c.clock_offset) " +
            "ORDER BY m.next_attempt LIMIT $most", connection);
        Bind(command, ("$real", real.UtcTicks), ("$most", atMost));
        return Read(command);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _update, _trim, _delete })
            statement.Dispose();
    }

    private static (string, object?)[] Values(long client, MessageQuery query) =>
    [
        ("$above", SqliteRows.Id(client, Math.Min(query.After, SqliteRows.LastSerial))), ("$below", SqliteRows.Id(client, Math.Min(query.Before, SqliteRows.LastSerial + 1))),
        ("$state", (long?)query.State), ("$from", query.DueFrom.UtcTicks), ("$to", query.DueTo.UtcTicks), ("$recipient", query.To), ("$channel", (long?)query.Channel),
        ("$voucher", query.Serial is { } serial ? SqliteRows.Id(client, Math.Min(serial, SqliteRows.LastSerial)) : null), ("$campaign", query.Campaign), ("$reference", query.Reference),
    ];

    private static List<(long Client, Message Message)> Read(SqliteCommand command)
    {
        using var row = command.ExecuteReader();
        var messages = new List<(long, Message)>();
        while (row.Read())
            messages.Add((row.GetInt64(0) >> SqliteRows.SerialBits, new Message(
                row.GetInt64(0) & SqliteRows.LastSerial, SqliteVouchers.Read(row, Columns), (Channel)row.GetInt32(1), row.GetString(2), SqliteRows.Text(row, 3), row.GetString(4),
                (MessageState)row.GetInt32(5), SqliteRows.Instant(row.GetInt64(6)), SqliteRows.Instant(row.GetInt64(7)), SqliteRows.Text(row, 8), row.GetInt32(9),
                row.IsDBNull(10) ? null : SqliteRows.Instant(row.GetInt64(10)), row.IsDBNull(11) ? null : SqliteRows.Instant(row.GetInt64(11)))));
        return messages;
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
    }
}
