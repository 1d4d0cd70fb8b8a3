using System.Globalization;
using ImovoSim.Fidelity;

namespace ImovoSim.Vouchers;

/// <summary>
/// Codes that look drawn and need no index: the digits between the first and the last are a permutation of the
/// client's own count, keyed by its seed, so no two vouchers share one, and a code leads back to its voucher.
/// </summary>
internal static class VoucherCode
{
    public const int Shortest = 8;
    public const int Longest = 18;
    private const int Rounds = 8;

    public static long Capacity(int length) => Power(length - 2);

    public static string For(ulong seed, long serial, int length, bool luhn, Profile facts)
    {
        var chance = Mix(seed, (ulong)serial, (ulong)length);
        var first = facts.Says(Facts.FirstDigit, "0-to-9") ? chance % 10 : 2 + (chance % 8);
        var body = Samples.Pin(length, serial, Permute(seed, length, serial), at => Permute(seed, length, at));
        Span<char> code = stackalloc char[length];
        code[0] = (char)('0' + first);
        Digits(body, code[1..^1]);
        code[^1] = luhn ? Luhn(code[..^1]) : (char)('0' + (chance >> 32) % 10);
        return new string(code);
    }

    /// <summary>The count of the voucher that could have this code; whether it has, its row says.</summary>
    public static long? SerialOf(ulong seed, string code)
    {
        if (code.Length is < Shortest or > Longest || code.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
            return null;
        var body = long.Parse(code.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture);
        return Invert(seed, code.Length, Samples.Unpin(code.Length, body, at => Permute(seed, code.Length, at)));
    }

    public static string TwoLetters(ulong seed, long serial)
    {
        var chance = Mix(seed, (ulong)serial, 26);
        return new string([(char)('A' + chance % 26), (char)('A' + (chance >> 16) % 26)]);
    }

    public static char Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }

        return (char)('0' + (10 - sum % 10) % 10);
    }

    // A Feistel network over two halves of decimal digits: each round adds to one half what the other gives.
    private static long Permute(ulong seed, int length, long serial)
    {
        var (left, right, leftSize, rightSize) = Halves(length, serial);
        for (ulong round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0)
                left = (left + Share(seed, length, round, right, leftSize)) % leftSize;
            else
                right = (right + Share(seed, length, round, left, rightSize)) % rightSize;
        }

        return left * rightSize + right;
    }

    private static long Invert(ulong seed, int length, long body)
    {
        var (left, right, leftSize, rightSize) = Halves(length, body);
        for (ulong round = Rounds; round-- > 0;)
        {
            if (round % 2 == 0)
                left = (left + leftSize - Share(seed, length, round, right, leftSize)) % leftSize;
            else
                right = (right + rightSize - Share(seed, length, round, left, rightSize)) % rightSize;
        }

        return left * rightSize + right;
    }

    private static (long Left, long Right, long LeftSize, long RightSize) Halves(int length, long number)
    {
        var rightSize = Power((length - 2) / 2);
        return (number / rightSize, number % rightSize, Power(length - 2) / rightSize, rightSize);
    }

    private static long Share(ulong seed, int length, ulong round, long half, long size) =>
        (long)(Mix(seed, (ulong)half, ((ulong)length << 8) | round) % (ulong)size);

    private static ulong Mix(ulong seed, ulong number, ulong tweak)
    {
        var x = seed ^ (number * 0x9E3779B97F4A7C15) ^ (tweak * 0xD1B54A32D192ED03);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static long Power(int digits)
    {
        long power = 1;
        while (digits-- > 0)
            power *= 10;
        return power;
    }

    private static void Digits(long number, Span<char> into)
    {
        for (var i = into.Length - 1; i >= 0; i--, number /= 10)
            into[i] = (char)('0' + number % 10);
    }
}
