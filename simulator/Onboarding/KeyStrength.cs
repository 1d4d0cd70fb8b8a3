using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace ImovoSim.Onboarding;

/// <summary>Which kinds of keys are good enough. Also keeps numbers out that would take minutes to calculate with.</summary>
internal static class KeyStrength
{
    private const int LeastBits = 2048;
    private const int MostBits = 16384;
    private const int MostExponentBits = 32;
    private const string Curve25519 = "1.3.6.1.4.1.3029.1.5.1";
    private static readonly string[] OtherCurves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <param name="signs">Whether it is asked for its own signatures, and not for what is encrypted with it.</param>
    /// <returns>Null, or the sentence that refuses it.</returns>
    public static string? Refuses(PgpPublicKey key, bool signs)
    {
        if (key.Version != 4)
            return KeyRefusedException.Unsupported($"of version {key.Version}");
        var material = key.PublicKeyPacket.Key;
        return (key.Algorithm, material) switch
        {
            (_, RsaPublicBcpgKey rsa) => RefusesRsa(rsa),
            (PublicKeyAlgorithmTag.EdDsa_Legacy or PublicKeyAlgorithmTag.Ed25519, _) when signs => null,
            (PublicKeyAlgorithmTag.ECDsa, ECPublicBcpgKey curve) when signs && OtherCurves.Contains(curve.CurveOid.Id) => null,
            (PublicKeyAlgorithmTag.ECDH, ECPublicBcpgKey curve) when !signs && (curve.CurveOid.Id == Curve25519 || OtherCurves.Contains(curve.CurveOid.Id)) => null,
            _ => KeyRefusedException.Unsupported(Name(key.Algorithm)),
        };
    }

    private static string? RefusesRsa(RsaPublicBcpgKey rsa) =>
        rsa.Modulus.BitLength < LeastBits ? KeyRefusedException.Weak($"RSA with {rsa.Modulus.BitLength} bits")
        : rsa.Modulus.BitLength > MostBits || rsa.PublicExponent.BitLength > MostExponentBits ? KeyRefusedException.Unsupported($"RSA with {rsa.Modulus.BitLength} bits and an exponent of {rsa.PublicExponent.BitLength}")
        : null;

    private static string Name(PublicKeyAlgorithmTag algorithm) => algorithm switch
    {
        PublicKeyAlgorithmTag.ElGamalEncrypt or PublicKeyAlgorithmTag.ElGamalGeneral => "ElGamal",
        PublicKeyAlgorithmTag.Dsa => "DSA",
        PublicKeyAlgorithmTag.ECDH => "ECDH on another curve",
        PublicKeyAlgorithmTag.ECDsa => "ECDSA on another curve",
        PublicKeyAlgorithmTag.EdDsa_Legacy => "EdDSA",
        _ => $"of the algorithm {(int)algorithm}",
    };
}
