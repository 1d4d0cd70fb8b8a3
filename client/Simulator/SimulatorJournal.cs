using System.Runtime.CompilerServices;
using static ImovoSim.Client.SimulatorConnection;

namespace ImovoSim.Client;

/// <summary>What a client's calls said, and why each was decided as it was.</summary>
public sealed class SimulatorJournal
{
    private const string Path = "_sim/journal";
    private readonly SimulatorConnection _connection;

    internal SimulatorJournal(SimulatorConnection connection) => _connection = connection;

    /// <summary>The calls that fit, the newest first; asked for page by page while you go through them. Names, addresses and contact details are masked.</summary>
    /// <param name="outcome">Only calls of which this came, whatever the caller got; null for all.</param>
    /// <param name="reference">Only calls of this customer reference, letter for letter; null for all.</param>
    /// <param name="operation">Only calls of this operation; null for all.</param>
    /// <param name="struck">Only calls that a fault struck, or that none did; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The calls that the journal still has.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public async IAsyncEnumerable<JournalEntry> List(
        CallOutcome? outcome = null, string? reference = null, VendorOperation? operation = null, bool? struck = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = $"{Filter("outcome", Name(outcome))}{Filter("reference", reference)}{Filter("operation", operation?.ToString())}{Filter("struck", struck is { } flag ? flag ? "true" : "false" : null)}";
        string? before = null;
        do
        {
            var page = await _connection.Get($"{Path}?limit=1000{filter}{Filter("before", before)}", SimulatorJson.Default.JournalPage, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
                yield return entry;
            before = page.Next;
        }
        while (before is not null);
    }

    /// <summary>Empties the journal.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When it is empty.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task Clear(CancellationToken cancellationToken = default) => _connection.Delete(Path, cancellationToken);

    internal static string? Name(CallOutcome? outcome) => outcome switch
    {
        null => null,
        CallOutcome.Issued => "issued",
        CallOutcome.Cancelled => "cancelled",
        CallOutcome.Refused => "refused",
        CallOutcome.Nothing => "nothing",
        CallOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };
}
