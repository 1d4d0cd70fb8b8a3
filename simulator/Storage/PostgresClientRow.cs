using System.Security.Cryptography;
using ImovoSim.Clients;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>
/// A client's row, remembered as this program left it. What is decided by that is written only where the row still has
/// the version that it was left with, so a batch costs one way to the server and back, and its commit. Where another
/// program has written meanwhile, the row is locked and read, and the batch decided anew.
/// </summary>
internal sealed class PostgresClientRow(long client, PostgresConnections connections, TimeProvider time, int messagesAtMost)
{
    // Of more programs than these that write one client at the same time, the longest silent could not learn what became of a lost batch.
    private const int WritersKept = 16;
    private readonly long _writer = (long)RandomNumberGenerator.GetInt32(int.MaxValue) << 32;
    private uint _batches;
    private (Client State, long[] Version)? _left;
    private bool _alone = true;

    /// <summary>Null where the client is gone. Done when it returns, unless the connection broke in the middle.</summary>
    /// <exception cref="NotKeptException">The connection broke.</exception>
    /// <exception cref="InDoubtException">It broke, and the server does not say whether anything is kept.</exception>
    public async ValueTask<Outcome[]?> Commit(PostgresWriter writer, Change[] changes)
    {
        try
        {
            var connection = writer.Connection();
            var outcomes = (_alone && _left is { } left ? CommitAs(left, connection, changes) : null) ?? CommitLocked(connection, changes);
            writer.Answered();
            return outcomes;
        }
        catch (CommitLostException lost)
        {
            _left = null;
            writer.Close();
            return await WasKept(lost) ? lost.Outcomes : throw new NotKeptException(lost.InnerException!);
        }
        catch (Exception e)
        {
            // A transaction can be open on it.
            if (writer.Close())
                throw new NotKeptException(e);
            throw;
        }
    }

    private async ValueTask<bool> WasKept(CommitLostException lost)
    {
        try
        {
            return await PostgresLostCommit.WasKept(connections.Shared, client, lost.Batch, Next, time);
        }
        catch (OperationCanceledException)
        {
            throw new InDoubtException($"PostgreSQL: {lost.Message}", lost.InnerException!);
        }
    }

    /// <summary>Null, and nothing written, where the row is not as it was left.</summary>
    private Outcome[]? CommitAs((Client State, long[] Version) left, NpgsqlConnection connection, Change[] changes)
    {
        var batch = new PostgresBatch(changes, messagesAtMost);
        var reads = batch.Reads(left.State);
        if (reads.Count > 0 && !IsCurrent(left.Version, connection, reads, batch))
            return null;
        var (outcomes, after) = batch.Decide(left.State);
        if (!batch.HasChanges && ReferenceEquals(after, left.State))
            return reads.Count > 0 || IsCurrent(left.Version, connection, [], batch) ? outcomes : null;
        return Write(connection, batch, left, after, outcomes) ? outcomes : null;
    }

    private Outcome[]? CommitLocked(NpgsqlConnection connection, Change[] changes)
    {
        if (BeginAndLock(connection) is not { } found)
        {
            End(connection);
            return null;
        }

        _alone = _left is not { } left || left.Version.AsSpan().SequenceEqual(found.Version);
        var batch = new PostgresBatch(changes, messagesAtMost);
        if (batch.Reads(found.State) is { Count: > 0 } reads)
            Read(connection, reads, batch.Load);
        var (outcomes, after) = batch.Decide(found.State);
        if (!batch.HasChanges && ReferenceEquals(after, found.State))
        {
            _left = found;
            End(connection);
        }
        else
        {
            Write(connection, batch, found, after, outcomes, new NpgsqlBatchCommand("COMMIT"));
        }

        return outcomes;
    }

    private (Client State, long[] Version)? BeginAndLock(NpgsqlConnection connection)
    {
        (Client, long[])? found = null;
        Read(connection, [new NpgsqlBatchCommand("BEGIN"), PostgresRows.LockClient(client)], row =>
        {
            if (row.Read())
                found = (PostgresRows.ReadClient(row), row.GetFieldValue<long[]>(PostgresRows.VersionColumn));
        });
        return found;
    }

    private static void End(NpgsqlConnection connection) => Read(connection, [new NpgsqlBatchCommand("COMMIT")], _ => { });

    // The version is looked at after the vouchers: where it is still the same, what was read before belongs to it.
    private bool IsCurrent(long[] version, NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> reads, PostgresBatch batch)
    {
        var current = false;
        Read(connection, [.. reads, PostgresRows.FindVersion(client)], row =>
        {
            if (reads.Count > 0)
                batch.Load(row);
            current = row.Read() && row.GetFieldValue<long[]>(0).AsSpan().SequenceEqual(version);
        });
        return current;
    }

    private static void Read(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, Action<NpgsqlDataReader> read)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        using var row = batch.ExecuteReader();
        read(row);
    }

    // Without BEGIN, what goes over in one batch is one transaction.
    private bool Write(
        NpgsqlConnection connection, PostgresBatch batch, (Client State, long[] Version) before, Client after, Outcome[] outcomes, params ReadOnlySpan<NpgsqlBatchCommand> last)
    {
        var version = Next(before.Version);
        using var write = new NpgsqlBatch(connection);
        foreach (var command in batch.Writes(before.State, before.Version, after, version))
            write.BatchCommands.Add(command);
        foreach (var command in last)
            write.BatchCommands.Add(command);
        try
        {
            write.ExecuteNonQuery();
        }
        catch (Exception e) when (e is not PostgresException { SqlState: not ['5', '7', ..] } && e is NpgsqlException or TimeoutException or IOException)
        {
            throw new CommitLostException(version[0], outcomes, e);
        }

        if (write.BatchCommands[0].RecordsAffected == 0)
            return false;
        _left = (after, version);
        return true;
    }

    private long[] Next(long[] version) => [_writer | ++_batches, .. version.Where(other => other >> 32 != _writer >> 32).Take(WritersKept - 1)];

    /// <summary>The connection broke, and nothing of the batch is kept or ever will be.</summary>
    public sealed class NotKeptException(Exception cause) : Exception(cause.Message, cause)
    {
        // Who waited that long already is not to wait as long again.
        public bool MayBeTriedAgain => InnerException is not (TimeoutException or { InnerException: TimeoutException });
    }

    /// <summary>The connection broke while the commit was under way.</summary>
    private sealed class CommitLostException(long batch, Outcome[] outcomes, Exception cause) : Exception(cause.Message, cause)
    {
        public long Batch => batch;

        public Outcome[] Outcomes => outcomes;
    }
}
