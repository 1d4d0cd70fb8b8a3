namespace ImovoSim.Journal;

/// <summary>One call of a client: what it is found by, and the record of what was said.</summary>
/// <param name="id">Grows with time; no two entries of a client share it, whichever replica wrote them.</param>
internal sealed class JournalEntry(long id, Exchange? call)
{
    // So many are written at a stretch, a millisecond's work.
    private const int AtOnce = 16;
    private JournalKey? _key;
    private byte[]? _body;

    /// <summary>One that was written before.</summary>
    public JournalEntry(long id, JournalKey key, byte[] body)
        : this(id, null) => (_key, _body) = (key, body);

    public long Id => id;

    // Made when somebody wants them; when two do at once, both make the same.
    public JournalKey Key => _key ??= call!.Key();

    public byte[] Body => _body ??= call!.Write(id, Key);

    /// <summary>Writes their records now, for a store that keeps them as JSON; whoever calls meanwhile gets his turn in between.</summary>
    public static async Task Write(IReadOnlyList<JournalEntry> entries)
    {
        for (var at = 0; at < entries.Count; at++)
        {
            _ = entries[at].Body;
            if (at % AtOnce == AtOnce - 1)
                await Task.Yield();
        }
    }
}

/// <summary>What entries are filtered by.</summary>
/// <param name="Outcome">issued, cancelled, refused, nothing, or failed.</param>
/// <param name="Status">What the caller got; 0 where nothing came.</param>
internal sealed record JournalKey(string Operation, string Outcome, int Status, bool Struck, string? Campaign, string? Reference, string? Code);

/// <summary>Which entries are meant; null means any.</summary>
internal sealed record JournalQuery(
    string? Operation = null, string? Outcome = null, int? Status = null, bool? Struck = null, string? Campaign = null, string? Reference = null, string? Code = null,
    long After = 0, long Before = long.MaxValue, bool OldestFirst = false, int AtMost = 100)
{
    public bool Means(JournalEntry entry) =>
        entry.Id > After && entry.Id < Before && Is(Operation, entry.Key.Operation) && Is(Outcome, entry.Key.Outcome)
        && (Status is null || Status == entry.Key.Status) && (Struck is null || Struck == entry.Key.Struck)
        && Is(Campaign, entry.Key.Campaign) && Is(Reference, entry.Key.Reference) && Is(Code, entry.Key.Code);

    private static bool Is(string? asked, string? has) => asked is null || asked == has;
}
