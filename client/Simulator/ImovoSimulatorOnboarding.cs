using System.Net;
using System.Text;
using System.Text.Json.Serialization;

namespace ImovoSim.Client;

/// <summary>Asks a simulator for a key of its own by PGP, as the vendor gives keys to partners. Needs no key. Safe to share between threads.</summary>
/// <remarks>What is answered is sealed: only the owner of the private key can read it, with <c>gpg --decrypt</c> or what else speaks OpenPGP.</remarks>
public sealed class ImovoSimulatorOnboarding
{
    private const string Route = "_sim/onboarding";
    private readonly SimulatorConnection _connection;

    /// <summary>The simulator that an HttpClient's BaseAddress names.</summary>
    /// <param name="http">An HttpClient whose BaseAddress is the simulator's. It stays yours to dispose.</param>
    /// <exception cref="ArgumentException">The HttpClient has no BaseAddress.</exception>
    public ImovoSimulatorOnboarding(HttpClient http) => _connection = new(http);

    /// <summary>Makes a client, or where the admin approves first, asks for one.</summary>
    /// <param name="publicKey">One ASCII-armoured public key, as <c>gpg --armor --export</c> prints it, of 64 kB at most; of RSA with 2048 bits or more, or of Curve25519.</param>
    /// <param name="name">1 to 64 letters, digits, _, - and . that no other client has; null has one made of the key's fingerprint.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The sealed message, or the id to ask for it by.</returns>
    /// <exception cref="ImovoSimulatorException">The key is none that a message can be sealed for (400, 413), the name is taken (409), it is switched off (403), or there are as many clients as may be (503).</exception>
    public async Task<KeyAnswer> Ask(string publicKey, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(publicKey);
        var path = name is null ? Route : $"{Route}?name={Uri.EscapeDataString(name)}";
        var (status, body) = await _connection.Text(HttpMethod.Post, path, publicKey, cancellationToken).ConfigureAwait(false);
        return Read(status, body);
    }

    /// <summary>Asks what became of a request for a key.</summary>
    /// <param name="id">The id that <see cref="Ask"/> was answered with.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The sealed message, or the same id while it still waits.</returns>
    /// <exception cref="ImovoSimulatorException">The admin has refused it, with the reason (403), or there is none of this id (404).</exception>
    public async Task<KeyAnswer> Collect(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var (status, body) = await _connection.Text(HttpMethod.Get, $"{Route}/{Uri.EscapeDataString(id)}", null, cancellationToken).ConfigureAwait(false);
        return Read(status, body);
    }

    private KeyAnswer Read(HttpStatusCode status, byte[] body) => status == HttpStatusCode.Accepted
        ? new KeyAnswer(null, _connection.Read(status, body, SimulatorJson.Default.WaitingBody).Id)
        : new KeyAnswer(Encoding.UTF8.GetString(body), null);
}

/// <summary>What comes back for a public key: one of the two is there.</summary>
/// <param name="Message">An ASCII-armoured PGP message with the key, the address and the campaigns; null while the admin is to approve.</param>
/// <param name="WaitingId">The id to collect the message by; null once it is there. Whoever has it can collect, and only the private key's owner can read.</param>
public sealed record KeyAnswer(string? Message, string? WaitingId);

/// <summary>Somebody who asked for a key.</summary>
/// <param name="Id">What it is decided by.</param>
/// <param name="Name">The name that the client is to have, or has.</param>
/// <param name="State">How it stands.</param>
/// <param name="Fingerprint">Of the public key, in hexadecimal digits.</param>
/// <param name="At">When it came, by the real clock.</param>
/// <param name="KeyExpires">When the public key is over; null for never.</param>
/// <param name="DecidedAt">When it was decided; null while it waits.</param>
/// <param name="Reason">Why it was refused; null where it was not.</param>
public sealed record KeyApplication(
    string Id, string Name, KeyApplicationState State, string Fingerprint, DateTimeOffset At, DateTimeOffset? KeyExpires, DateTimeOffset? DecidedAt, string? Reason);

/// <summary>How a request for a key stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeyApplicationState>))]
public enum KeyApplicationState
{
    /// <summary>The admin has yet to decide.</summary>
    Waiting,

    /// <summary>The client is made, and its owner can collect the message.</summary>
    Approved,

    /// <summary>There will be no key.</summary>
    Refused,
}
