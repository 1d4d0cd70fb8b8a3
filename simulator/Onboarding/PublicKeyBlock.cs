using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace ImovoSim.Onboarding;

/// <summary>Reads one ASCII-armoured public key, as <c>gpg --armor --export</c> prints it. Whatever it is not is refused with a sentence.</summary>
internal static partial class PublicKeyBlock
{
    public const int MostBytes = 64 * 1024;
    private const string Begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private const string End = "-----END PGP PUBLIC KEY BLOCK-----";

    /// <exception cref="KeyRefusedException">It is no key that a message can be sealed for; the message says why, and what to do.</exception>
    public static Recipient Read(byte[] body, DateTimeOffset now)
    {
        if (body.Length > MostBytes)
            throw new KeyRefusedException(KeyRefusedException.TooLarge);
        var text = Encoding.Latin1.GetString(body);
        if (IsPrivate(text))
            throw new KeyRefusedException(KeyRefusedException.Private);
        if (!text.Contains(Begin, StringComparison.Ordinal))
            throw new KeyRefusedException(KeyRefusedException.None);
        if (text.IndexOf(Begin, StringComparison.Ordinal) != text.LastIndexOf(Begin, StringComparison.Ordinal))
            throw new KeyRefusedException(KeyRefusedException.Several);
        if (!text.Contains(End, StringComparison.Ordinal))
            throw new KeyRefusedException(KeyRefusedException.Broken);
        try
        {
            var recipient = EncryptionKey.Of(Ring(body), now);
            // What nothing can be sealed for, a point on no curve for one, shows now, and not when a key is to be given.
            SealedMessage.For(recipient.Key, "", now);
            return recipient;
        }
        catch (Exception e) when (e is not (KeyRefusedException or OutOfMemoryException))
        {
            // A reader of packets fails in as many ways as bytes can be wrong. None is told or logged: it could quote them.
            throw new KeyRefusedException(KeyRefusedException.Broken);
        }
    }

    /// <summary>Whether it is a private key, of PGP or another kind, by what stands above it.</summary>
    public static bool IsPrivate(string text) => PrivateHead().IsMatch(text);

    private static PgpPublicKeyRing Ring(byte[] body)
    {
        PgpPublicKeyRing? ring = null;
        var objects = new PgpObjectFactory(new ArmoredInputStream(new MemoryStream(body)));
        while (objects.NextPgpObject() is { } found)
        {
            ring = found switch
            {
                PgpPublicKeyRing only when ring is null => only,
                PgpPublicKeyRing => throw new KeyRefusedException(KeyRefusedException.Several),
                PgpSecretKeyRing or PgpSecretKey => throw new KeyRefusedException(KeyRefusedException.Private),
                _ => throw new KeyRefusedException(KeyRefusedException.Broken),
            };
        }

        return ring ?? throw new KeyRefusedException(KeyRefusedException.Broken);
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*(PRIVATE|SECRET) KEY")]
    private static partial Regex PrivateHead();
}
