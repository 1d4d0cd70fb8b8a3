using System.Globalization;

namespace ImovoSim.Vouchers;

/// <summary>Decimal pounds on the wire, whole pence in storage.</summary>
internal static class Money
{
    public static long ToPence(decimal pounds) => decimal.ToInt64(pounds * 100);

    // Always two decimals: dividing by 100 would drop them (2000 pence is 20.00 pounds, not 20).
    public static decimal ToPounds(long pence) =>
        new((int)Math.Abs(pence), (int)(Math.Abs(pence) >> 32), 0, pence < 0, 2);

    public static string Text(long pence) => ToPounds(pence).ToString(CultureInfo.InvariantCulture);
}
