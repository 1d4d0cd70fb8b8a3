using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Journal;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>The one door to state. No rule lives behind it: what is decided, a <see cref="Change"/> decides.</summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Returns when the store can answer.</summary>
    /// <exception cref="StoreException">It cannot; the message names the cause.</exception>
    ValueTask Ready(CancellationToken cancel);

    /// <summary>The client of a key, as it may have been a while ago: whether it still has that key, a <see cref="Change"/> says.</summary>
    ValueTask<Client?> FindClient(KeyHash key, CancellationToken cancel);

    /// <summary>Every client, in the order of their making.</summary>
    ValueTask<IReadOnlyList<Client>> Clients(CancellationToken cancel);

    /// <summary>
    /// Makes a client together with its first vouchers. Where its key exists already, answers that client instead;
    /// where it is a sandbox and there are <paramref name="sandboxesAtMost"/>, null. Parallel calls make one.
    /// </summary>
    ValueTask<Client?> AddClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int sandboxesAtMost, CancellationToken cancel);

    /// <summary>
    /// Makes a client together with its first vouchers; null where another has its name or its key, or there are
    /// <paramref name="atMost"/>, sandboxes aside. Parallel calls make one.
    /// </summary>
    ValueTask<Client?> MakeClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int atMost, CancellationToken cancel);

    /// <summary>
    /// Loads what the change needs, lets it decide, saves what it decided, and returns once that is durable. Changes
    /// of one client are decided one after the other, each seeing all before it. Null where the client is gone. A change
    /// once asked for is not taken back, whether or not its caller still waits.
    /// </summary>
    /// <exception cref="StoreException">Nothing of the change was kept, or it is not known whether it was.</exception>
    ValueTask<Outcome?> Change(long client, Change change);

    ValueTask<Voucher?> FindVoucher(long client, long serial, CancellationToken cancel);

    ValueTask<IReadOnlyList<Voucher>> FindVouchers(long client, VoucherQuery query, CancellationToken cancel);

    /// <summary>How many are meant, however many may be asked for.</summary>
    ValueTask<long> CountVouchers(long client, VoucherQuery query, CancellationToken cancel);

    /// <summary>A client with all its vouchers as they are at one moment, whatever changes while they are read; null where it is gone.</summary>
    ValueTask<Snapshot?> Snapshot(long client, CancellationToken cancel);

    /// <summary>What became of a voucher, in order.</summary>
    ValueTask<IReadOnlyList<VoucherEvent>> FindHistory(long client, long serial, CancellationToken cancel);

    /// <summary>Newest first, unless the query says otherwise.</summary>
    ValueTask<IReadOnlyList<Message>> FindMessages(long client, MessageQuery query, CancellationToken cancel);

    /// <summary>How many are meant, however many may be asked for.</summary>
    ValueTask<long> CountMessages(long client, MessageQuery query, CancellationToken cancel);

    /// <summary>
    /// Messages of all clients that wait and may be tried now. They are their caller's until then, whoever else asks:
    /// each has that time as its next attempt, by which its caller knows it again.
    /// </summary>
    ValueTask<IReadOnlyList<ClaimedMessage>> ClaimMessages(DateTimeOffset real, DateTimeOffset until, int atMost, CancellationToken cancel);

    /// <summary>Keeps the last entries of a client's journal, at most so many; nothing where the client is gone.</summary>
    ValueTask AppendEntries(long client, IReadOnlyList<JournalEntry> entries, int atMost, CancellationToken cancel);

    /// <summary>Newest first, unless the query says otherwise.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> FindEntries(long client, JournalQuery query, CancellationToken cancel);

    /// <summary>How many are meant, however many may be asked for.</summary>
    ValueTask<long> CountEntries(long client, JournalQuery query, CancellationToken cancel);

    /// <summary>Clears them up to this one, those included that are still on their way from another replica.</summary>
    ValueTask ClearEntries(long client, long upTo, CancellationToken cancel);

    /// <summary>Forgets a client with all that is its own; false where there is none.</summary>
    ValueTask<bool> ForgetClient(long client, CancellationToken cancel);

    /// <summary>Forgets the sandboxes not used since then, with all that is theirs; answers how many.</summary>
    ValueTask<int> ForgetSandboxes(DateTimeOffset unusedSince, CancellationToken cancel);

    /// <summary>What was set for all clients under a name, as JSON; null where nothing.</summary>
    ValueTask<string?> FindSetting(string name, CancellationToken cancel);

    /// <summary>Sets it for every replica, or with null takes it back.</summary>
    ValueTask PutSetting(string name, string? json, CancellationToken cancel);

    /// <summary>Sets it where it is still what it was before, null for nothing; otherwise sets nothing, and answers false. Of parallel calls one succeeds.</summary>
    ValueTask<bool> SwapSetting(string name, string? before, string json, CancellationToken cancel);
}

/// <summary>A message that its caller is to hand to the mail server, and whose it is.</summary>
internal sealed record ClaimedMessage(Client Client, Message Message);

/// <summary>The store could not do what was asked; the message is for the log and names the cause.</summary>
internal class StoreException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The connection broke while the change was being written, and the store does not say what became of it: it can be kept.</summary>
internal sealed class InDoubtException(string message, Exception cause) : StoreException(message, cause);
