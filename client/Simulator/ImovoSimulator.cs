using System.Text;

namespace ImovoSim.Client;

/// <summary>
/// Steers the ImovoSim simulator for one API key: what a shop does, what a calendar does and what networks do. Each key has
/// its own vouchers, clock, limit and faults, so tests with keys of their own never meet. Safe to share between threads.
/// </summary>
/// <remarks>
/// Every call is one request and has happened when it returns. Money is pounds. What the simulator refuses is an
/// <see cref="ImovoSimulatorException"/> with its sentence, and nothing has changed then.
/// </remarks>
public sealed class ImovoSimulator
{
    private readonly SimulatorConnection _connection;

    /// <summary>The simulator that an HttpClient's BaseAddress names.</summary>
    /// <param name="http">An HttpClient whose BaseAddress is the simulator's, such as <c>http://127.0.0.1:5080</c>. It stays yours to dispose.</param>
    /// <param name="apiKey">The key that the program under test sends in X-API-KEY; one that begins with <c>sim_</c> makes its sandbox.</param>
    /// <exception cref="ArgumentException">The HttpClient has no BaseAddress, or the key is empty.</exception>
    public ImovoSimulator(HttpClient http, string apiKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(apiKey);
        _connection = new(http, "X-API-KEY", apiKey);
        Vouchers = new(_connection);
        Clock = new(_connection);
        Limit = new(_connection);
        Faults = new(_connection);
        Journal = new(_connection);
        Messages = new(_connection);
    }

    /// <summary>What the client has issued.</summary>
    public SimulatorVouchers Vouchers { get; }

    /// <summary>The client's own time.</summary>
    public SimulatorClock Clock { get; }

    /// <summary>The client's weekly value limit.</summary>
    public SimulatorLimit Limit { get; }

    /// <summary>The failures that strike the client's calls.</summary>
    public SimulatorFaults Faults { get; }

    /// <summary>What the client's calls said, and why each was decided so.</summary>
    public SimulatorJournal Journal { get; }

    /// <summary>The SMS and e-mails that the client's customers were sent.</summary>
    public SimulatorMessages Messages { get; }

    /// <summary>The client itself: its limit, its campaigns, its time.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The client as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<SimulatorClient> Show(CancellationToken cancellationToken = default) =>
        _connection.Get("_sim", SimulatorJson.Default.SimulatorClient, cancellationToken);

    /// <summary>Another key in the place of the client's own, sealed for a public key. This object's key is refused from then on.</summary>
    /// <param name="publicKey">One ASCII-armoured public key of PGP, as <see cref="ImovoSimulatorOnboarding.Ask"/> takes it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>An ASCII-armoured PGP message with the new key.</returns>
    /// <exception cref="ImovoSimulatorException">The public key is no good (400, 413), or the client is a sandbox or of the settings (409); its key stays as it is.</exception>
    public async Task<string> RotateKey(string publicKey, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(publicKey);
        return Encoding.UTF8.GetString((await _connection.Text(HttpMethod.Post, "_sim/onboarding/rotate-key", publicKey, cancellationToken).ConfigureAwait(false)).Body);
    }

    /// <summary>Redeems a voucher, as a shop's terminal does.</summary>
    /// <param name="voucherCode">The voucher's code.</param>
    /// <param name="outlet">The shop, in at most 256 characters; null for none.</param>
    /// <param name="terminal">Its terminal, in at most 256 characters; null for none.</param>
    /// <param name="amount">Pounds, where the campaign leaves the amount to the shop; null for the whole value.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What the terminal is told. A redemption that is refused is an answer as well: <see cref="TerminalAnswer.Accepted"/> is false.</returns>
    /// <exception cref="ImovoSimulatorException">The client has no such voucher (404), or the request makes no sense (400).</exception>
    public Task<TerminalAnswer> Redeem(
        string voucherCode, string? outlet = null, string? terminal = null, decimal? amount = null, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, Voucher(voucherCode, "/redeem"), new(outlet, terminal, amount), SimulatorJson.Default.TerminalRequest, SimulatorJson.Default.TerminalAnswer, cancellationToken);

    /// <summary>Takes a voucher's last redemption back whole, as the terminal that made it can on the same day.</summary>
    /// <param name="voucherCode">The voucher's code.</param>
    /// <param name="outlet">The shop, as the redemption had it.</param>
    /// <param name="terminal">Its terminal, as the redemption had it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What the terminal is told; <see cref="TerminalAnswer.Accepted"/> is false where there is nothing to take back.</returns>
    /// <exception cref="ImovoSimulatorException">The client has no such voucher (404).</exception>
    public Task<TerminalAnswer> Void(string voucherCode, string? outlet = null, string? terminal = null, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, Voucher(voucherCode, "/void"), new(outlet, terminal, null), SimulatorJson.Default.TerminalRequest, SimulatorJson.Default.TerminalAnswer, cancellationToken);

    /// <summary>Ends a voucher now, by the client's clock.</summary>
    /// <param name="voucherCode">The voucher's code.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The voucher, expired.</returns>
    /// <exception cref="ImovoSimulatorException">The client has no such voucher (404), or it is cancelled or redeemed already (409).</exception>
    public Task<SimulatedVoucher> Expire(string voucherCode, CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, Voucher(voucherCode, "/expire"), SimulatorJson.Default.SimulatedVoucher, cancellationToken);

    /// <summary>Counts vouchers, and says whether there are as many as expected.</summary>
    /// <param name="expected">How many of which vouchers.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it holds, and the difference.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<Counted> Count(VoucherCount expected, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return _connection.Count(expected.Request, cancellationToken);
    }

    /// <summary>Like the count of vouchers, and throws where it does not hold: an assertion that needs no assertion library.</summary>
    /// <param name="expected">How many of which vouchers.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When it holds.</returns>
    /// <exception cref="ImovoVerificationException">There are more or fewer; the message says what was found.</exception>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public async Task Verify(VoucherCount expected, CancellationToken cancellationToken = default) =>
        Check(expected, await Count(expected, cancellationToken).ConfigureAwait(false));

    /// <summary>Counts calls by the journal, and says whether there are as many as expected.</summary>
    /// <param name="expected">How many of which calls.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it holds, and the difference.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<Counted> Count(CallCount expected, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return _connection.Count(expected.Request, cancellationToken);
    }

    /// <summary>Like the count of calls, and throws where it does not hold.</summary>
    /// <param name="expected">How many of which calls.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>When it holds.</returns>
    /// <exception cref="ImovoVerificationException">There are more or fewer; the message says what was found.</exception>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public async Task Verify(CallCount expected, CancellationToken cancellationToken = default) =>
        Check(expected, await Count(expected, cancellationToken).ConfigureAwait(false));

    /// <summary>Gives the client vouchers with a past; all of them, or none where one is wrong.</summary>
    /// <param name="vouchers">1 to 100,000 vouchers.</param>
    /// <param name="countsForLimit">Whether the weekly limit counts them, each on the day of its issue.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many, and the first of them with their codes.</returns>
    /// <exception cref="ImovoSimulatorException">One is wrong (400); the message names it.</exception>
    public Task<SeededVouchers> Seed(IEnumerable<SeedVoucher> vouchers, bool countsForLimit = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vouchers);
        return Seed(new SeedRequest([.. vouchers.Select(SeedEntry.Of)], null, countsForLimit), cancellationToken);
    }

    /// <summary>Gives the client made-up vouchers of made-up people; the same client, count and seed get the same.</summary>
    /// <param name="count">1 to 100,000.</param>
    /// <param name="campaigns">Codes of the client's campaigns; null for all that are open.</param>
    /// <param name="seed">Another gives other vouchers.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many, and the first of them with their codes.</returns>
    /// <exception cref="ImovoSimulatorException">A campaign is not the client's (400).</exception>
    public Task<SeededVouchers> Seed(int count, IReadOnlyList<string>? campaigns = null, long seed = 1, CancellationToken cancellationToken = default) =>
        Seed(new SeedRequest(null, new GenerateRequest(count, campaigns, seed), false), cancellationToken);

    /// <summary>The client's whole state but for its key and its journal, as a file that this and later simulators read.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The file: JSON in UTF-8.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<byte[]> Export(CancellationToken cancellationToken = default) => _connection.Bytes("_sim/export", cancellationToken);

    /// <summary>Makes the client what a file says, and leaves it its name, its key and its journal.</summary>
    /// <param name="file">What <see cref="Export"/> gave, of this or another client.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The client as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The file is broken or of a later version (400), and nothing has changed.</exception>
    public Task<SimulatorClient> Import(byte[] file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return _connection.Send(HttpMethod.Post, "_sim/import", file, SimulatorJson.Default.SimulatorClient, cancellationToken);
    }

    /// <summary>Makes the client as it was on its first day: the same calls give the same codes again.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The client as it is now.</returns>
    /// <exception cref="ImovoSimulatorException">The simulator refused, or there is none.</exception>
    public Task<SimulatorClient> Reset(CancellationToken cancellationToken = default) =>
        _connection.Send(HttpMethod.Post, "_sim/reset", SimulatorJson.Default.SimulatorClient, cancellationToken);

    private static void Check(object expected, Counted counted)
    {
        if (!counted.Holds)
            throw new ImovoVerificationException($"{expected}", counted);
    }

    private Task<SeededVouchers> Seed(SeedRequest request, CancellationToken cancel) =>
        _connection.Send(HttpMethod.Post, "_sim/seed", request, SimulatorJson.Default.SeedRequest, SimulatorJson.Default.SeededVouchers, cancel);

    private static string Voucher(string code, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        return $"_sim/vouchers/{Uri.EscapeDataString(code)}{what}";
    }
}
