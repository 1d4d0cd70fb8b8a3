using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;

namespace ImovoSim.Onboarding;

/// <summary>A text that one key's owner can read, and nobody else: AES-256 with a check of its integrity, ASCII-armoured.</summary>
internal static class SealedMessage
{
    // A secret, not simulated chance: it must not follow from anything that another can know.
    private static readonly SecureRandom Random = new(new CryptoApiRandomGenerator(RandomNumberGenerator.Create()));

    public static string For(PgpPublicKey key, string text, DateTimeOffset now)
    {
        var letter = Literal(text, now);
        var generator = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true, Random);
        generator.AddMethod(key);
        using var buffer = new MemoryStream();
        using (var armour = new ArmoredOutputStream(buffer, addVersionHeader: false))
        using (var packet = generator.Open(armour, letter.Length))
            packet.Write(letter);
        return Encoding.ASCII.GetString(buffer.ToArray()).ReplaceLineEndings("\n");
    }

    private static byte[] Literal(string text, DateTimeOffset now)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var buffer = new MemoryStream();
        using (var packet = new PgpLiteralDataGenerator().Open(buffer, PgpLiteralData.Binary, "", bytes.Length, now.UtcDateTime))
            packet.Write(bytes);
        return buffer.ToArray();
    }
}
