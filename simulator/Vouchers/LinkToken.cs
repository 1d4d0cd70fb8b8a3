using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ImovoSim.Vouchers;

/// <summary>
/// The nine characters of a link with <c>id=</c>: the client's own count, permuted among all that nine characters can
/// say, keyed by its seed. Nobody can work them out from the code, and they lead back to their voucher without an index.
/// </summary>
internal static class LinkToken
{
    public const int Length = 9;
    private const int Rounds = 4;
    private const long LeftSize = 62L * 62 * 62 * 62;
    private const long RightSize = LeftSize * 62;

    public static string For(ulong seed, long serial)
    {
        var (left, right) = (serial / RightSize, serial % RightSize);
        for (byte round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0)
                left = (left + Share(seed, round, right, LeftSize)) % LeftSize;
            else
                right = (right + Share(seed, round, left, RightSize)) % RightSize;
        }

        return InBase62(left * RightSize + right);
    }

    /// <summary>The count of the voucher that could have this token; whether it has, its row says.</summary>
    public static long? SerialOf(ulong seed, string token)
    {
        if (Array.Find(Samples.All, sample => sample.LinkTail == token) is { } printed)
            return printed.Serial;
        if (Number(token) is not { } number)
            return null;
        var (left, right) = (number / RightSize, number % RightSize);
        for (byte round = Rounds; round-- > 0;)
        {
            if (round % 2 == 0)
                left = (left + LeftSize - Share(seed, round, right, LeftSize)) % LeftSize;
            else
                right = (right + RightSize - Share(seed, round, left, RightSize)) % RightSize;
        }

        return left * RightSize + right;
    }

    public static string InBase62(long number)
    {
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--, number /= 62)
            text[i] = Base62[(int)(number % 62)];
        return new string(text);
    }

    /// <summary>What nine such characters say, or null.</summary>
    public static long? Number(string token)
    {
        if (token.Length != Length)
            return null;
        long number = 0;
        foreach (var character in token)
        {
            var digit = Base62.IndexOf(character);
            if (digit < 0)
                return null;
            number = number * 62 + digit;
        }

        return number;
    }

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // One that knows a voucher's code must not find its token, so each round is a hash and not mere arithmetic.
    private static long Share(ulong seed, byte round, long half, long size)
    {
        Span<byte> input = stackalloc byte[17];
        BinaryPrimitives.WriteUInt64LittleEndian(input, seed);
        BinaryPrimitives.WriteInt64LittleEndian(input[8..], half);
        input[16] = round;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input, hash);
        return (long)(BinaryPrimitives.ReadUInt64LittleEndian(hash) % (ulong)size);
    }
}
