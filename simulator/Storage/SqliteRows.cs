using ImovoSim.Clients;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImovoSim.Storage;

/// <summary>The rows of the SQLite file, on the one connection that there is: what each kind of them is written and read by.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : IDisposable
{
    public const int SerialBits = 36;

    // Milliseconds.
    private const long LogSeenEvery = 1000;
    public const long LastSerial = (1L << SerialBits) - 1;
    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _touch = new(connection, "UPDATE ready SET at = at + 1");
    private long _logSeen;

    public SqliteClientRows Clients { get; } = new(connection);

    public SqliteVouchers Vouchers { get; } = new(connection);

    public SqliteEvents Events { get; } = new(connection);

    public SqliteMessages Messages { get; } = new(connection);

    public SqliteJournal Journal { get; } = new(connection);

    public SqliteSettings Settings { get; } = new(connection);

    public void Begin()
    {
        _begin.Run();
        SqliteFile.CheckThere(connection);
        // Not each time: of a file that was looked at, Linux writes the times with the next flush as well, which takes as long as the flush.
        if (Environment.TickCount64 - _logSeen < LogSeenEvery)
            return;
        SqliteFile.CheckLogThere(connection);
        _logSeen = Environment.TickCount64;
    }

    public void Commit() => _commit.Run();

    /// <summary>Undoes what was begun, where the engine has not done so itself.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            using var rollback = new SqliteCommand("ROLLBACK", connection);
            rollback.ExecuteNonQuery();
        }
    }

    /// <summary>Brings over into the file what is only in its log yet.</summary>
    public void Checkpoint()
    {
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint", connection);
        checkpoint.ExecuteNonQuery();
    }

    /// <summary>What follows is read as it is now, whatever is written meanwhile.</summary>
    public void BeginRead()
    {
        using var begin = new SqliteCommand("BEGIN", connection);
        begin.ExecuteNonQuery();
    }

    public void Touch() => _touch.Run();

    public void Delete(Client client)
    {
        DeleteVouchers(client.Id);
        Journal.Clear(client.Id);
        Clients.Delete(client.Id);
    }

    /// <summary>And what became of them, and was sent of them.</summary>
    public void DeleteVouchers(long client)
    {
        Vouchers.Delete(client);
        Events.Delete(client);
        Messages.Delete(client);
    }

    public void Dispose()
    {
        foreach (var each in new IDisposable[] { _begin, _commit, _touch, Clients, Vouchers, Events, Messages, Journal, connection })
            each.Dispose();
    }

    /// <summary>The number of a voucher's row, or of a message's.</summary>
    public static long Id(long client, long serial) => (client << SerialBits) + serial;

    public static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
