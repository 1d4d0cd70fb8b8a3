using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace ImovoSim.Onboarding;

/// <summary>What the owner of a key says of it and its subkeys: signatures that the key has made itself, each verified, of which only the signed parts count.</summary>
internal sealed class OwnersWord(PgpPublicKey primary, DateTimeOffset now)
{
    private const int EncryptFlags = PgpKeyFlags.CanEncryptCommunications | PgpKeyFlags.CanEncryptStorage;

    /// <summary>For ever, whenever that was.</summary>
    public bool IsRevoked(PgpPublicKey key) => key.IsMasterKey
        ? primary.GetSignaturesOfType(PgpSignature.KeyRevocation).Any(signature => Holds(signature, one => one.VerifyCertification(primary)))
        : key.GetSignaturesOfType(PgpSignature.SubkeyRevocation).Any(signature => Holds(signature, one => one.VerifyCertification(primary, key)));

    /// <summary>The newest word on the key, or null where there is none.</summary>
    public PgpSignature? On(PgpPublicKey key) => Newest(key.IsMasterKey
        ? primary.GetUserIds().Distinct().Select(OnName).OfType<PgpSignature>().Concat(primary.GetSignaturesOfType(PgpSignature.DirectKey).Where(signature => Holds(signature, one => one.VerifyCertification(primary))))
        : key.GetSignaturesOfType(PgpSignature.SubkeyBinding).Where(signature => Holds(signature, one => one.VerifyCertification(primary, key))));

    /// <summary>When the key is over by a word on it; null for never.</summary>
    public static DateTimeOffset? Expiry(PgpPublicKey key, PgpSignature word) =>
        word.GetHashedSubPackets()?.GetKeyExpirationTime() is > 0 and var seconds ? Utc(key.CreationTime).AddSeconds(seconds) : null;

    /// <summary>Where a word says nothing of what its key is for, it is for what its kind can do.</summary>
    public static bool IsForEncryption(PgpPublicKey key, PgpSignature word) =>
        key.IsEncryptionKey
        && (word.GetHashedSubPackets() is not { } said || !said.HasSubpacket(SignatureSubpacketTag.KeyFlags) || (said.GetKeyFlags() & EncryptFlags) != 0);

    // A name that is revoked says nothing any more, unless it was taken up again.
    private PgpSignature? OnName(string name)
    {
        var newest = Newest(primary.GetSignaturesForId(name).Where(signature => Holds(signature, one => one.VerifyCertification(name, primary))));
        return newest?.SignatureType == PgpSignature.CertificationRevocation ? null : newest;
    }

    private bool Holds(PgpSignature signature, Func<PgpSignature, bool> verifies)
    {
        if (signature.KeyId != primary.KeyId || IsOver(signature))
            return false;
        try
        {
            signature.InitVerify(primary);
            return verifies(signature);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What cannot be verified, by an algorithm that is not known or for want of sense, does not hold; another may.
            return false;
        }
    }

    private bool IsOver(PgpSignature signature) =>
        signature.GetHashedSubPackets()?.GetSignatureExpirationTime() is > 0 and var seconds && Utc(signature.CreationTime).AddSeconds(seconds) <= now;

    private static PgpSignature? Newest(IEnumerable<PgpSignature> signatures) => signatures.MaxBy(signature => signature.CreationTime);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
