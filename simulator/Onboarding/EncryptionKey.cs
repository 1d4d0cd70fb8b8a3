using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace ImovoSim.Onboarding;

/// <summary>Whom a message is sealed for.</summary>
/// <param name="Fingerprint">Of the whole key, not of its subkey.</param>
/// <param name="Expires">When the key that it is sealed for is over; null for never.</param>
internal sealed record Recipient(PgpPublicKey Key, string Fingerprint, DateTimeOffset? Expires)
{
    /// <summary>The key that is encrypted with, and nothing of its owner.</summary>
    public byte[] Packet
    {
        get
        {
            using var buffer = new MemoryStream();
            using (var packets = new BcpgOutputStream(buffer))
                Key.PublicKeyPacket.Encode(packets);
            return buffer.ToArray();
        }
    }

    public static PgpPublicKey Unpack(byte[] packet) => new((PublicKeyPacket)new BcpgInputStream(new MemoryStream(packet)).ReadPacket());
}

/// <summary>Chooses of a key and its subkeys the newest that its owner lets others encrypt for, and that is good for it.</summary>
internal static class EncryptionKey
{
    /// <exception cref="KeyRefusedException">There is none.</exception>
    public static Recipient Of(PgpPublicKeyRing ring, DateTimeOffset now)
    {
        var primary = ring.GetPublicKey();
        if (KeyStrength.Refuses(primary, signs: true) is { } weak)
            throw new KeyRefusedException(weak);
        var owner = new OwnersWord(primary, now);
        if (owner.IsRevoked(primary))
            throw new KeyRefusedException(KeyRefusedException.Revoked);
        var word = owner.On(primary) ?? throw new KeyRefusedException(KeyRefusedException.Unsigned);
        var end = OwnersWord.Expiry(primary, word);
        if (end <= now)
            throw new KeyRefusedException(KeyRefusedException.Expired(end.Value));
        // The key itself comes last, whenever its subkeys were made: it is kept for signing where there is a choice.
        var candidates = ring.GetPublicKeys().OrderBy(key => key.IsMasterKey).ThenByDescending(key => key.CreationTime).Select(key => Judge(key, owner, now)).ToList();
        if (candidates.FirstOrDefault(one => one is { Encrypts: true, Refusal: null }) is not { Key: { } chosen } best)
            throw new KeyRefusedException(candidates.FirstOrDefault(one => one.Encrypts).Refusal ?? candidates.FirstOrDefault(one => one.Refusal == KeyRefusedException.Unsigned).Refusal ?? KeyRefusedException.SignOnly);
        return new Recipient(chosen, Convert.ToHexString(primary.GetFingerprint()), Earlier(end, best.Expires));
    }

    private static Candidate Judge(PgpPublicKey key, OwnersWord owner, DateTimeOffset now)
    {
        if (owner.On(key) is not { } word)
            return new Candidate(key, false, KeyRefusedException.Unsigned, null);
        var end = OwnersWord.Expiry(key, word);
        return new Candidate(
            key, OwnersWord.IsForEncryption(key, word),
            owner.IsRevoked(key) ? KeyRefusedException.EncryptionRevoked
            : end <= now ? KeyRefusedException.EncryptionExpired(end.Value)
            : KeyStrength.Refuses(key, signs: false),
            end);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private readonly record struct Candidate(PgpPublicKey Key, bool Encrypts, string? Refusal, DateTimeOffset? Expires);
}
