namespace ImovoSim.Storage;

/// <summary>Somebody who waits for a flush, and is to be told how it went.</summary>
internal interface IWaiting
{
    void Wake();
}

/// <summary>Wakes those who waited for one flush: a change of thread for each would cost more than what they then do.</summary>
internal sealed class WakeUps(IWaiting[] waiting, int from, int to) : IThreadPoolWorkItem
{
    // Few enough for the last not to wait long for those before it, where there are other processors to go to.
    private const int MostInOne = 16;

    public static void Of(IWaiting[] waiting)
    {
        for (var from = 0; from < waiting.Length; from += MostInOne)
            ThreadPool.UnsafeQueueUserWorkItem(new WakeUps(waiting, from, Math.Min(from + MostInOne, waiting.Length)), preferLocal: false);
    }

    public void Execute()
    {
        for (var i = from; i < to; i++)
            waiting[i].Wake();
    }
}
