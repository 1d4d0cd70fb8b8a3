using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>Opens the file: one process at a time, every commit on the disk before it is answered, schema up to date.</summary>
internal static class SqliteFile
{
    public const string Name = "imovo-sim.db";

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
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, Name), Pooling = false, DefaultTimeout = 5, Mode = SqliteOpenMode.ReadOnly };
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

    public static SqliteRows Open(string folder)
    {
        var path = Path.Combine(folder, Name);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
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

    private static void Upgrade(SqliteConnection connection, string path)
    {
        var scripts = Schema.Of("sqlite");
        // Taking the write lock first makes the version true for as long as it matters.
        Execute(connection, "BEGIN IMMEDIATE");
        using var query = new SqliteCommand("PRAGMA user_version", connection);
        var version = (long)query.ExecuteScalar()!;
        Schema.CheckNotNewer(version, scripts, path);
        for (var next = (int)version; next < scripts.Count; next++)
            Execute(connection, $"{scripts[next]}; PRAGMA user_version = {next + 1};");
        Execute(connection, "COMMIT");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
