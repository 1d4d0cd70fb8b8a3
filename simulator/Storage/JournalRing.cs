using ImovoSim.Journal;

namespace ImovoSim.Storage;

/// <summary>The journal of one client in memory.</summary>
internal sealed class JournalRing
{
    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = [];

    public void Append(IReadOnlyList<JournalEntry> entries, int atMost)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _entries.Enqueue(entry);
                if (_entries.Count > atMost)
                    _entries.Dequeue();
            }
        }
    }

    public IReadOnlyList<JournalEntry> Find(JournalQuery query)
    {
        JournalEntry[] all;
        lock (_lock)
            all = [.. _entries];
        if (!query.OldestFirst)
            Array.Reverse(all);
        return [.. all.Where(query.Means).Take(query.AtMost)];
    }

    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }
}
