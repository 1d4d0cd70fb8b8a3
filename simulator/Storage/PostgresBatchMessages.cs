using ImovoSim.Clients;
using ImovoSim.Delivery;
using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The messages that a batch has loaded, made and changed.</summary>
internal sealed class PostgresBatchMessages(Change[] changes, int atMost)
{
    private const int RowsPerStatement = 5000;
    private readonly Dictionary<long, Message> _known = [];
    private readonly List<Message> _made = [];
    private readonly Dictionary<long, Message> _resolved = [];
    private long _lastBefore;
    private long[] _asked = [];

    public bool HasChanges => _made.Count + _resolved.Count > 0;

    public IReadOnlyList<Message> Made => _made;

    public IReadOnlyList<NpgsqlBatchCommand> Reads(Client client)
    {
        _asked = [.. changes.Select(change => change.NeedsMessage(client)).Where(id => id > 0).Distinct()];
        return _asked.Length == 0 ? [] : [PostgresRows.Command(PostgresMessages.FindThese, PostgresRows.Value(client.Id), PostgresRows.Value(_asked))];
    }

    public void Load(NpgsqlDataReader row)
    {
        if (_asked.Length == 0)
            return;
        while (row.Read())
        {
            var message = PostgresMessages.Read(row);
            _known[message.Id] = message;
        }

        row.NextResult();
    }

    public void Begin(Client client) => _lastBefore = client.LastMessage;

    private long Last => Math.Max(_lastBefore, _made.LastOrDefault()?.Id ?? 0);

    public Message? Find(long id) => _known.GetValueOrDefault(id);

    public void Keep(Outcome outcome)
    {
        foreach (var message in outcome.Messages ?? [])
        {
            _known[message.Id] = message;
            _made.Add(message);
        }

        if (outcome.Resolved is { } resolved)
            _known[resolved.Id] = _resolved[resolved.Id] = resolved;
    }

    public void Restart()
    {
        _known.Clear();
        _made.Clear();
        _resolved.Clear();
        _lastBefore = 0;
    }

    /// <summary>The last ones are kept, and those that wait; one that waits no more goes where it is too old by now.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes(long client, long[] version)
    {
        foreach (var chunk in _made.Chunk(RowsPerStatement))
            yield return PostgresMessages.Insert(client, version, chunk);
        foreach (var command in WritesBeside(client, version))
            yield return command;
    }

    /// <summary>The same without those that were made, which went over with their vouchers.</summary>
    public IEnumerable<NpgsqlBatchCommand> WritesBeside(long client, long[] version)
    {
        if (_resolved.Count > 0)
            yield return PostgresMessages.Update(client, version, [.. _resolved.Values]);
        var last = Last;
        var (after, upTo) = OldMessages.Between(_lastBefore, last, atMost);
        var old = _resolved.Values.Where(message => message.NextAttempt is null && message.Id <= last - atMost).Select(message => message.Id).ToArray();
        if (upTo > after)
            yield return PostgresMessages.Trim(client, version, after, upTo);
        if (old.Length > 0)
            yield return PostgresMessages.Delete(client, version, old);
    }
}
