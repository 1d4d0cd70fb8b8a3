namespace ImovoSim.Storage;

/// <summary>Which of a client's messages go when it gets more. A stretch of them at once: a statement for each flush costs more than the rows that it saves.</summary>
internal static class OldMessages
{
    private const int Stretches = 16;

    /// <summary>Those after the one and up to the other; none where they are the same.</summary>
    public static (long After, long UpTo) Between(long lastBefore, long last, int atMost)
    {
        var stretch = Math.Max(atMost / Stretches, 1);
        return (Kept(lastBefore), Kept(last));

        long Kept(long newest) => Math.Max(newest - atMost, 0) / stretch * stretch;
    }
}
