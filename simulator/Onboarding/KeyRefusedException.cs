using System.Globalization;

namespace ImovoSim.Onboarding;

/// <summary>Every refusal of a public key. None repeats anything of it but its kind, its size and its dates.</summary>
internal sealed class KeyRefusedException(string why) : Exception(why)
{
    public const string Private = "This is a private key. It was not kept: it must stay with you alone. Send the public one, as gpg --armor --export YOUR-ADDRESS prints it.";
    public const string None = "This is no ASCII-armoured public key: send what gpg --armor --export YOUR-ADDRESS prints, from -----BEGIN PGP PUBLIC KEY BLOCK----- to its END.";
    public const string Broken = "The public key cannot be read: it is cut short or altered. Send it as gpg --armor --export YOUR-ADDRESS prints it.";
    public const string Several = "These are several keys, and a message is sealed for one: send the one, as gpg --armor --export ITS-FINGERPRINT prints it.";
    public const string TooLarge = "A public key may have 64 kB here: send it without the signatures of others, as gpg --armor --export-options export-minimal --export YOUR-ADDRESS prints it.";
    public const string Unsigned = "The key is not signed by itself, or it was altered since: send it as gpg --armor --export YOUR-ADDRESS prints it.";
    public const string Revoked = "The key is revoked: send one that is not.";
    public const string EncryptionRevoked = "The key's encryption subkey is revoked: add another (gpg --quick-add-key FINGERPRINT default encr), or send another key.";
    public const string SignOnly = "The key can sign and not encrypt: add an encryption subkey (gpg --quick-add-key FINGERPRINT default encr), or send another key.";
    private const string Good = "send a key of RSA with 2048 bits or more, or of Curve25519";

    public static string Expired(DateTimeOffset at) =>
        $"The key expired on {Day(at)}: renew it (gpg --quick-set-expire FINGERPRINT 1y) and send it again.";

    public static string EncryptionExpired(DateTimeOffset at) =>
        $"The key's encryption subkey expired on {Day(at)}: renew it (gpg --quick-set-expire FINGERPRINT 1y '*') and send the key again.";

    public static string Weak(string what) => $"The key is {what}, which is too weak: {Good}.";

    public static string Unsupported(string what) => $"The key is {what}, which is not supported here: {Good}.";

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
