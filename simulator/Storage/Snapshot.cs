using System.Runtime.CompilerServices;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>A client with all its vouchers as they were at one moment; read in pages, so that nobody needs to hold them all.</summary>
internal abstract class Snapshot(Client client) : IAsyncDisposable
{
    private const int PageSize = 1000;

    public Client Client => client;

    /// <summary>Every voucher with what became of it, in order.</summary>
    public async IAsyncEnumerable<(Voucher Voucher, IReadOnlyList<VoucherEvent> History)> Vouchers([EnumeratorCancellation] CancellationToken cancel)
    {
        for (long after = 0; ; after += PageSize)
        {
            var page = await Page(after, PageSize, cancel);
            foreach (var entry in page)
                yield return entry;
            if (page.Count < PageSize)
                yield break;
        }
    }

    /// <summary>Every message that is kept, in order.</summary>
    public abstract ValueTask<IReadOnlyList<Message>> Messages(CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    /// <summary>The vouchers with the serials after that one.</summary>
    protected abstract ValueTask<IReadOnlyList<(Voucher Voucher, IReadOnlyList<VoucherEvent> History)>> Page(long after, int size, CancellationToken cancel);

    protected static IReadOnlyList<(Voucher, IReadOnlyList<VoucherEvent>)> Join(IReadOnlyList<Voucher> vouchers, IEnumerable<(long Serial, VoucherEvent Happened)> events)
    {
        var histories = events.ToLookup(entry => entry.Serial, entry => entry.Happened);
        return [.. vouchers.Select(voucher => (voucher, (IReadOnlyList<VoucherEvent>)[.. histories[voucher.Serial]]))];
    }
}
