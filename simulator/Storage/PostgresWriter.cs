using System.Data;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>A thread that commits, and its connection.</summary>
internal sealed class PostgresWriter : IDisposable
{
    // What is between here and the server forgets connections that nothing goes over for long, and does not say so.
    private static readonly TimeSpan MostIdle = TimeSpan.FromMinutes(5);

    // A change that goes to a server that was stopped meanwhile is in doubt, and a question is not. No server stops in less.
    private static readonly TimeSpan Trusted = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MostForStop = TimeSpan.FromMilliseconds(500);
    private readonly PostgresWriters _writers;
    private readonly PostgresConnections _connections;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _goOn = new(0);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private NpgsqlConnection? _connection;
    private long _lastUsed;

    public PostgresWriter(PostgresWriters writers, PostgresConnections connections, TimeProvider time)
    {
        (_writers, _connections, _time) = (writers, connections, time);
        _thread = new Thread(Run) { IsBackground = true, Name = "postgres" };
    }

    public void Start() => _thread.Start();

    public void GoOn() => _goOn.Release();

    /// <summary>With no transaction open on it. On the writer's own thread only.</summary>
    public NpgsqlConnection Connection()
    {
        if (_connection is not null && _time.GetElapsedTime(_lastUsed) is var idle && (idle > MostIdle || (idle > Trusted && !Answers(_connection))))
            Close();
        // Not the way to open one that blocks: where a server takes the connection and says nothing, that has no timeout.
        _connection ??= _connections.Own.OpenConnectionAsync().AsTask().GetAwaiter().GetResult();
        return _connection;
    }

    /// <summary>The server has answered on it. A batch can take longer than what is trusted, where the server is far away.</summary>
    public void Answered() => _lastUsed = _time.GetTimestamp();

    /// <summary>Whatever is under way on it ends; true where it was broken. On the writer's own thread only.</summary>
    public bool Close()
    {
        var broke = _connection is { State: not ConnectionState.Open };
        // Other idle connections are likely to be as broken.
        if (broke)
            _connections.Shared.Clear();
        _connection?.Dispose();
        _connection = null;
        return broke;
    }

    public void Dispose()
    {
        _stopping = true;
        _goOn.Release();
        // Whoever waits for a server that does not answer has nothing to lose: his callers were told nothing yet.
        if (_thread.Join(MostForStop))
            _goOn.Dispose();
    }

    private static bool Answers(NpgsqlConnection connection)
    {
        try
        {
            using var question = new NpgsqlCommand("SELECT", connection);
            question.ExecuteNonQuery();
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            return false;
        }
    }

    private void Run()
    {
        while (true)
        {
            while (_writers.Next(this) is { } lane)
                lane.Run(this);
            if (_stopping)
                break;
            _goOn.Wait();
        }

        Close();
    }
}
