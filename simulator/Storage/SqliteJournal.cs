using ImovoSim.Journal;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>The journal's rows in the SQLite file.</summary>
internal sealed class SqliteJournal(SqliteConnection connection) : IDisposable
{
    private const string Meant = "FROM journal WHERE client = $client AND id > $after AND id < $before AND ($operation IS NULL OR operation = $operation) " +
        "AND ($outcome IS NULL OR outcome = $outcome) AND ($status IS NULL OR status = $status) AND ($struck IS NULL OR struck = $struck) " +
        "AND ($campaign IS NULL OR campaign = $campaign) AND ($reference IS NULL OR reference = $reference) AND ($code IS NULL OR code = $code)";

    private readonly SqliteCommand _append = new(
        "INSERT OR IGNORE INTO journal VALUES ($client, $id, $operation, $outcome, $status, $struck, $campaign, $reference, $code, $body)", connection);

    // Nothing is more than the most where there is no entry so far back.
    private readonly SqliteCommand _trim = new(
        "DELETE FROM journal WHERE client = $client AND id <= (SELECT id FROM journal WHERE client = $client ORDER BY id DESC LIMIT 1 OFFSET $most)", connection);

    private readonly SqliteCommand _clear = new("DELETE FROM journal WHERE client = $client", connection);

    public void Append(long client, IEnumerable<JournalEntry> entries)
    {
        foreach (var entry in entries)
            Run(_append, ("$client", client), ("$id", entry.Id), ("$operation", entry.Key.Operation), ("$outcome", entry.Key.Outcome), ("$status", entry.Key.Status),
                ("$struck", entry.Key.Struck), ("$campaign", entry.Key.Campaign), ("$reference", entry.Key.Reference), ("$code", entry.Key.Code), ("$body", entry.Body));
    }

    public void Trim(long client, int atMost) => Run(_trim, ("$client", client), ("$most", atMost));

    public IReadOnlyList<JournalEntry> Find(long client, JournalQuery query)
    {
        using var command = new SqliteCommand(
            $"SELECT id, operation, outcome, status, struck, campaign, reference, code, body {Meant} ORDER BY id {(query.OldestFirst ? "ASC" : "DESC")} LIMIT $most", connection);
        Bind(command, [.. Values(client, query), ("$most", query.AtMost)]);
        using var row = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (row.Read())
            entries.Add(new JournalEntry(
                row.GetInt64(0),
                new JournalKey(row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetBoolean(4), SqliteRows.Text(row, 5), SqliteRows.Text(row, 6), SqliteRows.Text(row, 7)),
                (byte[])row[8]));
        return entries;
    }

    public long Count(long client, JournalQuery query)
    {
        using var command = new SqliteCommand($"SELECT count(*) {Meant}", connection);
        Bind(command, Values(client, query));
        return (long)command.ExecuteScalar()!;
    }

    public void Clear(long client) => Run(_clear, ("$client", client));

    public void Dispose()
    {
        _append.Dispose();
        _trim.Dispose();
        _clear.Dispose();
    }

    private static (string, object?)[] Values(long client, JournalQuery query) =>
    [
        ("$client", client), ("$after", query.After), ("$before", query.Before), ("$operation", query.Operation), ("$outcome", query.Outcome), ("$status", query.Status),
        ("$struck", query.Struck), ("$campaign", query.Campaign), ("$reference", query.Reference), ("$code", query.Code),
    ];

    private static void Run(SqliteCommand command, params ReadOnlySpan<(string, object?)> values)
    {
        Bind(command, values);
        command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
    }
}
