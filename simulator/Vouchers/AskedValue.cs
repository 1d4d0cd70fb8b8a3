using System.Globalization;

namespace ImovoSim.Vouchers;

/// <summary>The value that a caller asked for, before any rule has looked at it.</summary>
internal readonly record struct AskedValue(bool Given, decimal? Number)
{
    // More would be rounded away without a word, and an amount that is not in whole pence would look as if it were.
    private const int MostDecimals = 20;

    public static AskedValue Absent => default;

    public static AskedValue Of(decimal number) => new(true, number);

    /// <summary>
    /// Reads "20", "20.00", "+1,000.50" and the like. What a general parser would let pass is no number here:
    /// exponents, currency signs, and commas that do not separate thousands (20,00 is not two thousand pounds).
    /// </summary>
    public static AskedValue Parse(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return Absent;
        return WellFormed(trimmed) && decimal.TryParse(trimmed, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? Of(number)
            : new AskedValue(true, null);
    }

    public static bool HasThousands(string? text) => text is not null && text.Contains(',');

    private static bool WellFormed(ReadOnlySpan<char> text)
    {
        if (text[0] is '+' or '-')
            text = text[1..];
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        return (!whole.IsEmpty || !fraction.IsEmpty) && fraction.IndexOfAnyExceptInRange('0', '9') < 0 && Grouped(whole)
            && fraction.TrimEnd('0').Length <= MostDecimals;
    }

    private static bool Grouped(ReadOnlySpan<char> whole)
    {
        if (!whole.Contains(','))
            return whole.IndexOfAnyExceptInRange('0', '9') < 0;
        var first = whole.IndexOf(',');
        for (var rest = whole[first..]; !rest.IsEmpty; rest = rest[4..])
        {
            if (rest.Length < 4 || rest[0] != ',' || rest[1..4].IndexOfAnyExceptInRange('0', '9') >= 0)
                return false;
        }

        return first is >= 1 and <= 3 && whole[..first].IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
