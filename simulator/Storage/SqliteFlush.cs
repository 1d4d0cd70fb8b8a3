using ImovoSim.Telemetry;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>One transaction of the file: works, then all that they changed is on the disk, or nothing of it is kept.</summary>
internal sealed class SqliteFlush(string folder, SqliteClients clients) : IDisposable
{
    private SqliteRows? _rows;

    public string Folder => folder;

    public string Path => System.IO.Path.Combine(folder, SqliteFile.Name);

    public static string Cause(Exception e) => e is SqliteException { SqliteErrorCode: 5 or 6 } ? "another program has it open" : e.Message.TrimEnd('.');

    public void Open(bool make)
    {
        _rows = SqliteFile.Open(folder, make);
        clients.Load(_rows);
    }

    /// <summary>Each work knows afterwards whether it failed.</summary>
    public void Run(SqliteWork[] batch)
    {
        var began = Meters.FlushBegins();
        try
        {
            if (_rows is null)
                Open(make: false);
            _rows!.Begin();
            foreach (var work in batch)
                work.Run(_rows, clients);
            clients.Save(_rows);
            _rows.Commit();
            clients.Keep();
            Meters.Flushed(began, batch.Length);
        }
        catch (Exception e)
        {
            Undo(e);
            Fail(batch, e);
        }
    }

    public void Dispose() => _rows?.Dispose();

    private void Fail(SqliteWork[] batch, Exception e)
    {
        if (e is SqliteException or IOException or UnauthorizedAccessException or SettingException)
            e = new StoreException($"{Path}: {Cause(e)}", e);
        else if (batch.Length > 1)
        {
            // One of them is at fault, and the others only shared its flush.
            foreach (var work in batch)
                Run([work]);
            return;
        }

        foreach (var work in batch)
            work.Failure = e;
    }

    private void Undo(Exception cause)
    {
        clients.Undo();
        try
        {
            _rows?.Rollback();
            // What a deleted log holds is in nobody's reach any more once the connection is closed.
            if (cause is IOException)
                _rows?.Checkpoint();
            // A full disk leaves the connection whole; after any other fault only a new one is sure to see the file as it is.
            if (cause is not SqliteException { SqliteErrorCode: 13 })
                Close();
        }
        catch (SqliteException)
        {
            Close();
        }
    }

    private void Close()
    {
        _rows?.Dispose();
        _rows = null;
    }
}
