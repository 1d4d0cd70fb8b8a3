using System.Collections.Concurrent;
using ImovoSim.Clients;

namespace ImovoSim.Storage;

/// <summary>The clients of the file, kept in memory too, since the file is this process's alone; and what the flush under way has made of them.</summary>
internal sealed class SqliteClients(int messagesAtMost)
{
    private readonly ConcurrentDictionary<KeyHash, Client> _byKey = new();
    private readonly Dictionary<long, Client> _byId = [];
    private readonly Dictionary<long, Client?> _touched = [];
    private long _lastId;

    public IEnumerable<Client> All => _byId.Values.Where(client => !_touched.ContainsKey(client.Id)).Concat(_touched.Values.OfType<Client>());

    /// <summary>As the last flush left it; the only question that may be asked while another is under way.</summary>
    public Client? Find(KeyHash key) => _byKey.GetValueOrDefault(key);

    public Client? Find(long id) => _touched.TryGetValue(id, out var touched) ? touched : _byId.GetValueOrDefault(id);

    public long NextId() => ++_lastId;

    public void Touch(Client client) => _touched[client.Id] = client;

    public void Forget(Client client) => _touched[client.Id] = null;

    /// <summary>Takes what the file has for the truth.</summary>
    public void Load(SqliteRows rows)
    {
        _byId.Clear();
        _byKey.Clear();
        foreach (var client in rows.Clients.All())
            _byKey[client.Key] = _byId[client.Id] = client;
        _lastId = _byId.Keys.DefaultIfEmpty(0).Max();
    }

    /// <summary>Each client's row once a flush, however many changes it had; and the messages go that are too many by now.</summary>
    public void Save(SqliteRows rows)
    {
        foreach (var client in _touched.Values)
        {
            if (client is null)
                continue;
            var before = _byId.GetValueOrDefault(client.Id);
            if (before is not null && client.DiffersInCountsOnly(before))
                rows.Clients.UpdateCounts(client);
            else
                rows.Clients.Update(client);
            var (after, upTo) = OldMessages.Between(before?.LastMessage ?? 0, client.LastMessage, messagesAtMost);
            if (upTo > after)
                rows.Messages.Trim(client.Id, after, upTo);
        }
    }

    /// <summary>The flush is on the disk.</summary>
    public void Keep()
    {
        foreach (var (id, client) in _touched)
        {
            // What is looked up meanwhile must never be missing, so a key goes only when nobody has it any more.
            if (_byId.TryGetValue(id, out var before) && before.Key != client?.Key)
                _byKey.TryRemove(before.Key, out _);
            if (client is null)
                _byId.Remove(id);
            else
                _byKey[client.Key] = _byId[id] = client;
        }

        _touched.Clear();
    }

    public void Undo() => _touched.Clear();
}
