using System.Globalization;
using System.Text;

namespace ImovoSim.Pages;

/// <summary>Digits as a Code 128 barcode (ISO/IEC 15417): pairs of digits in code set C, a last single one in B.</summary>
internal static class Code128
{
    private const int StartC = 105;
    private const int ToB = 100;
    private const int Stop = 106;
    private const int QuietZone = 10;

    // The widths of bars and spaces in turn, for each of the 107 symbol characters by its value.
    private static readonly string[] Widths =
    (
        "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 " +
        "223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 " +
        "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 " +
        "311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 " +
        "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 " +
        "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
    ).Split(' ');

    /// <summary>The bars as a path one unit high, in modules from the left, and how many modules wide with quiet zones.</summary>
    public static (string Path, int Width) Path(string digits)
    {
        var (bars, width) = Bars(digits);
        var path = new StringBuilder();
        foreach (var bar in bars)
            path.Append(CultureInfo.InvariantCulture, $"M{bar.At} 0h{bar.Width}v1h-{bar.Width}z");
        return (path.ToString(), width);
    }

    /// <summary>Where each bar begins and how wide it is, in modules from the left, and how many modules wide with quiet zones.</summary>
    public static (IReadOnlyList<(int At, int Width)> Bars, int Width) Bars(string digits)
    {
        var bars = new List<(int, int)>();
        var at = QuietZone;
        foreach (var value in Values(digits))
        {
            var isBar = true;
            foreach (var width in Widths[value])
            {
                if (isBar)
                    bars.Add((at, width - '0'));
                at += width - '0';
                isBar = !isBar;
            }
        }

        return (bars, at + QuietZone);
    }

    private static List<int> Values(string digits)
    {
        var values = new List<int> { StartC };
        for (var i = 0; i + 1 < digits.Length; i += 2)
            values.Add((digits[i] - '0') * 10 + digits[i + 1] - '0');
        if (digits.Length % 2 == 1)
            values.AddRange([ToB, digits[^1] - ' ']);
        values.Add((StartC + values.Select((value, place) => value * place).Sum()) % 103);
        values.Add(Stop);
        return values;
    }
}
