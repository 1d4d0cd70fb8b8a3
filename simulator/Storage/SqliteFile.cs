using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImovoSim.Storage;

/// <summary>Opens the file: one process at a time, every commit on the disk before it is answered, schema up to date.</summary>
internal static class SqliteFile
{
    public const string Name = "imovo-sim.db";

    // Seconds.
    private const int Patience = 5;

    private const string Gone = "is not there any more; put it back, or start again";

    // SQLITE_FCNTL_HAS_MOVED
    private const int HasMoved = 20;

    /// <summary>Held as long as the store: two programs on one file would each trust a memory of their own.</summary>
    /// <exception cref="IOException">Another program holds it.</exception>
    public static FileStream Lock(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{Name}.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException("another program has it open", e);
        }
    }

    /// <summary>A door beside the writer's that sees what is committed, and holds up nobody.</summary>
    public static SqliteRows OpenToRead(string folder)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, Name), Pooling = false, DefaultTimeout = Patience, Mode = SqliteOpenMode.ReadOnly };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            return new SqliteRows(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="make">Whether it is made where there is none. Not while the program runs: an empty one in the place of one that is gone would pass for it.</param>
    public static SqliteRows Open(string folder, bool make)
    {
        var path = Path.Combine(folder, Name);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = Patience, Mode = make ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            // The settings' own timeout is of commands only, and what is written here is none.
            raw.sqlite3_busy_timeout(connection.Handle, Patience * 1000);
            // FULL: a commit that was answered is on the disk.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8192;");
            Upgrade(connection, path);
            return new SqliteRows(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What is written to a file that nobody finds any more is as good as lost.</summary>
    /// <exception cref="IOException">It was taken away, or another one is in its place.</exception>
    public static void CheckThere(SqliteConnection connection)
    {
        if (sqlite3_file_control(connection.Handle!, 0, HasMoved, out var moved) != raw.SQLITE_OK || moved != 0)
            throw new IOException($"the file {Gone}");
    }

    /// <summary>The same of its log, which the transaction that is under way has made, if not another before.</summary>
    /// <exception cref="IOException">It was taken away.</exception>
    public static void CheckLogThere(SqliteConnection connection)
    {
        if (!File.Exists($"{connection.DataSource}-wal"))
            throw new IOException($"the file's log {Gone}");
    }

    private static void Upgrade(SqliteConnection connection, string path)
    {
        var scripts = Schema.Of("sqlite");
        // Taking the write lock first makes the version true for as long as it matters.
        Execute(connection, "BEGIN IMMEDIATE");
        using var query = new SqliteCommand("PRAGMA user_version", connection);
        var version = (long)query.ExecuteScalar()!;
        Schema.CheckNotNewer(version, scripts, path);
        query.CommandText = "SELECT count(*) FROM sqlite_master";
        if (version == 0 && (long)query.ExecuteScalar()! > 0)
            throw new SettingException($"{path} is another program's database. Set DataFolder to a folder of this program's own.");
        for (var next = (int)version; next < scripts.Count; next++)
            Execute(connection, $"{scripts[next]}; PRAGMA user_version = {next + 1};");
        Execute(connection, "COMMIT");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    [DllImport("e_sqlite3")]
    private static extern int sqlite3_file_control(sqlite3 connection, nint database, int operation, out int result);
}
