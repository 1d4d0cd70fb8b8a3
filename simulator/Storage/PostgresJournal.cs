using ImovoSim.Journal;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The journal's rows in PostgreSQL. They are written beside the client's lock: no call waits for them.</summary>
internal static class PostgresJournal
{
    // Where the client is gone, or has cleared its journal since, an entry of before is too late.
    private const string AppendEntries =
        "INSERT INTO journal SELECT client.id, entry.* FROM client, unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) " +
        "AS entry (id, operation, outcome, status, struck, campaign, reference, code, body) WHERE client.id = $1 AND entry.id > client.journal_from ON CONFLICT DO NOTHING";

    public const string Trim =
        "DELETE FROM journal WHERE client = $1 AND id <= (SELECT id FROM journal WHERE client = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)";

    private const string Meant = "FROM journal WHERE client = $1 AND id > $2 AND id < $3 AND ($4 = '' OR operation = $4) AND ($5 = '' OR outcome = $5) " +
        "AND ($6 < 0 OR status = $6) AND ($7 < 0 OR struck = ($7 = 1)) AND ($8 = '' OR campaign = $8) AND ($9 = '' OR reference = $9) AND ($10 = '' OR code = $10)";

    public const string Count = $"SELECT count(*) {Meant}";

    // Any number will do, as long as every replica takes the same.
    private const int Lock = 0x6A6F726E;

    public static IEnumerable<NpgsqlBatchCommand> Append(long client, IReadOnlyList<JournalEntry> entries, int atMost)
    {
        // Not while it is cleared: an entry would not see that it is too late, and whoever clears would not see the entry.
        yield return PostgresRows.Command($"SELECT pg_advisory_xact_lock_shared({Lock}, ($1 % 2147483647)::int)", PostgresRows.Value(client));
        NpgsqlParameter Column<T>(Func<JournalEntry, T> of) => PostgresRows.Value(entries.Select(of).ToArray());
        yield return PostgresRows.Command(
            AppendEntries, PostgresRows.Value(client), Column(e => e.Id), Column(e => e.Key.Operation), Column(e => e.Key.Outcome), Column(e => e.Key.Status),
            Column(e => e.Key.Struck), Column(e => e.Key.Campaign), Column(e => e.Key.Reference), Column(e => e.Key.Code), Column(e => e.Body));
        yield return PostgresRows.Command(Trim, PostgresRows.Value(client), PostgresRows.Value((long)atMost));
    }

    /// <param name="upTo">Entries up to this one that other replicas have yet to write are cleared as well.</param>
    public static IEnumerable<NpgsqlBatchCommand> Clear(long client, long upTo) =>
    [
        PostgresRows.Command($"SELECT pg_advisory_xact_lock({Lock}, ($1 % 2147483647)::int)", PostgresRows.Value(client)),
        PostgresRows.Command("UPDATE client SET journal_from = $2 WHERE id = $1", PostgresRows.Value(client), PostgresRows.Value(upTo)),
        PostgresRows.Command("DELETE FROM journal WHERE client = $1 AND id <= $2", PostgresRows.Value(client), PostgresRows.Value(upTo)),
    ];

    public static string Find(bool oldestFirst) =>
        $"SELECT id, operation, outcome, status, struck, campaign, reference, code, body {Meant} ORDER BY id {(oldestFirst ? "ASC" : "DESC")} LIMIT $11";

    public static NpgsqlParameter[] Values(long client, JournalQuery query) =>
    [
        PostgresRows.Value(client), PostgresRows.Value(query.After), PostgresRows.Value(query.Before), PostgresRows.Value(query.Operation ?? ""), PostgresRows.Value(query.Outcome ?? ""),
        PostgresRows.Value(query.Status ?? -1), PostgresRows.Value(query.Struck is { } struck ? (struck ? 1 : 0) : -1), PostgresRows.Value(query.Campaign ?? ""),
        PostgresRows.Value(query.Reference ?? ""), PostgresRows.Value(query.Code ?? ""),
    ];

    public static JournalEntry Read(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new JournalEntry(
            row.GetInt64(0), new JournalKey(row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetBoolean(4), Text(5), Text(6), Text(7)), row.GetFieldValue<byte[]>(8));
    }
}
