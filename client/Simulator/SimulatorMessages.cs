using System.Runtime.CompilerServices;
using static ImovoSim.Client.SimulatorConnection;

namespace ImovoSim.Client;

/// <summary>What a client's customers were sent, where the campaign leaves delivery to the service.</summary>
public sealed class SimulatorMessages
{
    private const string Path = "_sim/messages";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly SimulatorConnection _connection;

    internal SimulatorMessages(SimulatorConnection connection) => _connection = connection;

    /// <summary>The messages that fit, the newest first; asked for page by page while you go through them.</summary>
    /// <param name="to">Only those for this contact; a UK mobile number however it is written. Null for all.</param>
    /// <param name="state">Only those that stand like this by the client's clock; null for all.</param>
    /// <param name="voucherCode">Only those about this voucher; null for all.</param>
    /// <param name="reference">Only those about vouchers of this customer reference, letter for letter; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The messages that the simulator still has.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public async IAsyncEnumerable<SimulatedMessage> List(
        string? to = null, MessageState? state = null, string? voucherCode = null, string? reference = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = $"{Filter("to", to)}{Filter("state", Name(state))}{Filter("code", voucherCode)}{Filter("reference", reference)}";
        string? before = null;
        do
        {
            var page = await _connection.Get($"{Path}?limit=1000&count=false{filter}{Filter("before", before)}", SimulatorJson.Default.MessagePage, cancellationToken).ConfigureAwait(false);
            foreach (var message in page.Messages)
                yield return message;
            before = page.Next;
        }
        while (before is not null);
    }

    /// <summary>The newest message that a customer has received, waited for: what a test says where it means "the customer received the code".</summary>
    /// <param name="to">The contact; a UK mobile number however it is written.</param>
    /// <param name="longest">For how long, at most 30 seconds; null for five.</param>
    /// <param name="voucherCode">Only one about this voucher; null for any.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The message, which is delivered.</returns>
    /// <exception cref="ImovoSimulatorException">None was delivered in that time, or the simulator refused, or there is none.</exception>
    public async Task<SimulatedMessage> WaitFor(string to, TimeSpan? longest = null, string? voucherCode = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(to);
        var wait = longest ?? TimeSpan.FromSeconds(5);
        if (wait < TimeSpan.Zero || wait > LongestWait)
            throw new ArgumentOutOfRangeException(nameof(longest), longest, "A wait is from zero to 30 seconds.");
        var page = await _connection.Get(
            $"{Path}?limit=1&count=false&state=delivered&wait=PT{Math.Ceiling(wait.TotalSeconds):0}S{Filter("to", to)}{Filter("code", voucherCode)}", SimulatorJson.Default.MessagePage, cancellationToken)
            .ConfigureAwait(false);
        // Without the contact, which is somebody's, and without the code, which is money.
        return page.Messages is [var message, ..] ? message
            : throw new ImovoSimulatorException($"No message for this contact{(voucherCode is null ? "" : $" about voucher {VoucherIssued.End(voucherCode)}")} was delivered within {wait.TotalSeconds:0.#} seconds: List shows those that there are.");
    }

    /// <summary>Sends a voucher's message once more, to whom and as the voucher was asked for.</summary>
    /// <param name="voucherCode">The voucher's code.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The new message.</returns>
    /// <exception cref="ImovoSimulatorException">The client has no such voucher (404); or it is over, or the service does not deliver it (409).</exception>
    public Task<SimulatedMessage> Resend(string voucherCode, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(voucherCode);
        return _connection.Send(HttpMethod.Post, $"_sim/vouchers/{Uri.EscapeDataString(voucherCode)}/resend", SimulatorJson.Default.SimulatedMessage, cancellationToken);
    }

    private static string? Name(MessageState? state) => state switch
    {
        null => null,
        MessageState.Waiting => "waiting",
        MessageState.Sent => "sent",
        MessageState.Delivered => "delivered",
        MessageState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };
}
