namespace ImovoSim.Journal;

/// <summary>One call of a client: what it is found by, and the record of what was said.</summary>
/// <param name="id">Grows with time; no two entries of a client share it, whichever replica wrote them.</param>
/// <param name="body">Writes the record as JSON, once, and not before somebody wants it.</param>
internal sealed class JournalEntry(long id, JournalKey key, Func<byte[]> body)
{
    private readonly Lock _writing = new();
    private Func<byte[]>? _write = body;
    private byte[]? _body;

    public JournalEntry(long id, JournalKey key, byte[] body)
        : this(id, key, () => body)
    {
    }

    public long Id => id;

    public JournalKey Key => key;

    public byte[] Body
    {
        get
        {
            lock (_writing)
            {
                _body ??= _write!();
                _write = null;
                return _body;
            }
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
