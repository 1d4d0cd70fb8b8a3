using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImovoSim.Storage;

/// <summary>A statement without rows, prepared once. Not a SqliteCommand, which makes a reader and boxes each value.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    public SqliteStatement Bind(int index, long? number)
    {
        if (number is { } given)
            raw.sqlite3_bind_int64(_statement, index, given);
        else
            raw.sqlite3_bind_null(_statement, index);
        return this;
    }

    public SqliteStatement Bind(int index, string? text)
    {
        if (text is null)
            raw.sqlite3_bind_null(_statement, index);
        else
            raw.sqlite3_bind_text(_statement, index, text);
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> bytes)
    {
        raw.sqlite3_bind_blob(_statement, index, bytes);
        return this;
    }

    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
