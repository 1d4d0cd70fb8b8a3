using System.Runtime.CompilerServices;
using static ImovoSim.Client.SimulatorConnection;

namespace ImovoSim.Client;

/// <summary>The vouchers that a client has issued.</summary>
public sealed class SimulatorVouchers
{
    private readonly SimulatorConnection _connection;

    internal SimulatorVouchers(SimulatorConnection connection) => _connection = connection;

    /// <summary>One voucher, with whom it is for and all that became of it.</summary>
    /// <param name="voucherCode">The voucher's code.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The voucher and its history.</returns>
    /// <exception cref="ImovoSimulatorException">The client has no such voucher (404).</exception>
    public Task<VoucherDetails> Get(string voucherCode, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(voucherCode);
        return _connection.Get($"_sim/vouchers/{Uri.EscapeDataString(voucherCode)}", SimulatorJson.Default.VoucherDetails, cancellationToken);
    }

    /// <summary>All vouchers that fit, in the order of their issue; asked for page by page while you go through them.</summary>
    /// <param name="state">Only those that stand like this by the client's clock; null for all.</param>
    /// <param name="reference">Only those of this customer reference, letter for letter; null for all.</param>
    /// <param name="campaign">Only those of this campaign; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The vouchers, those among them that the simulator puts into every sandbox.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public async IAsyncEnumerable<SimulatedVoucher> List(
        VoucherState? state = null, string? reference = null, string? campaign = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        VoucherPage? page = null;
        do
        {
            page = await Page(state, reference, campaign, page?.Next, 1000, cancellationToken).ConfigureAwait(false);
            foreach (var voucher in page.Vouchers)
                yield return voucher;
        }
        while (page.Next is not null);
    }

    /// <summary>One page of the vouchers that fit, in the order of their issue.</summary>
    /// <param name="state">Only those that stand like this by the client's clock; null for all.</param>
    /// <param name="reference">Only those of this customer reference, letter for letter; null for all.</param>
    /// <param name="campaign">Only those of this campaign; null for all.</param>
    /// <param name="after">The page after this one: <see cref="VoucherPage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">How many at most, from 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The page, and how many fit in all.</returns>
    /// <exception cref="ImovoSimulatorException">The limit is out of bounds (400).</exception>
    public Task<VoucherPage> Page(
        VoucherState? state = null, string? reference = null, string? campaign = null, long? after = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        var query = $"limit={limit}{Filter("after", after?.ToString(System.Globalization.CultureInfo.InvariantCulture))}{Filter("state", Name(state))}{Filter("reference", reference)}{Filter("campaign", campaign)}";
        return _connection.Get($"_sim/vouchers?{query}", SimulatorJson.Default.VoucherPage, cancellationToken);
    }

    internal static string? Name(VoucherState? state) => state switch
    {
        null => null,
        VoucherState.Live => "live",
        VoucherState.Redeemed => "redeemed",
        VoucherState.Cancelled => "cancelled",
        VoucherState.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };
}
