using ImovoSim.Delivery;

namespace ImovoSim.Storage;

/// <summary>The messages of one client in memory; whoever holds the client's lock has it to himself.</summary>
internal sealed class MessageShelf(int atMost)
{
    private readonly Dictionary<long, Message> _messages = [];
    private readonly SortedSet<(DateTimeOffset Next, long Id)> _waiting = [];
    private readonly Queue<long> _oldest = [];

    public IEnumerable<Message> All => _messages.Values.OrderBy(message => message.Id);

    public Message? Find(long id) => _messages.GetValueOrDefault(id);

    public void Add(Message message)
    {
        Put(message);
        _oldest.Enqueue(message.Id);
        // One that waits is kept, and goes when it waits no more.
        while (_oldest.Count > atMost)
        {
            var oldest = _oldest.Dequeue();
            if (_waiting.Count == 0 || _messages[oldest].NextAttempt is null)
                _messages.Remove(oldest);
        }
    }

    public void Update(Message message)
    {
        if (_messages.TryGetValue(message.Id, out var before) && before.NextAttempt is { } next)
            _waiting.Remove((next, message.Id));
        Put(message);
        if (message.NextAttempt is null && (!_oldest.TryPeek(out var oldest) || message.Id < oldest))
            _messages.Remove(message.Id);
    }

    public void Clear()
    {
        _messages.Clear();
        _waiting.Clear();
        _oldest.Clear();
    }

    /// <summary>Those that may be tried at a real time, and by the client's may be sent; nobody else's until another.</summary>
    public IReadOnlyList<Message> Claim(DateTimeOffset real, DateTimeOffset now, DateTimeOffset until, int most)
    {
        var claimed = _waiting.TakeWhile(waiting => waiting.Next <= real).Select(waiting => _messages[waiting.Id]).Where(message => message.Due <= now).Take(most)
            .Select(message => message with { NextAttempt = until }).ToList();
        claimed.ForEach(Update);
        return claimed;
    }

    private void Put(Message message)
    {
        _messages[message.Id] = message;
        if (message.NextAttempt is { } next)
            _waiting.Add((next, message.Id));
    }
}
