using System.Globalization;
using ImovoSim.Campaigns;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("20", "20")]
    [InlineData("20.00", "20.00")]
    [InlineData("  20  ", "20")]
    [InlineData("+20", "20")]
    [InlineData("-20", "-20")]
    [InlineData("020", "20")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1,000", "1000")]
    [InlineData("1,000.50", "1000.50")]
    [InlineData("12,345,678", "12345678")]
    [InlineData("1.005", "1.005")]
    [InlineData("1.00000000000000000001", "1.00000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void A_number_is_read(string text, string number) =>
        Assert.Equal(AskedValue.Of(decimal.Parse(number, CultureInfo.InvariantCulture)), AskedValue.Parse(text));

    [Theory]
    [InlineData("abc")]
    [InlineData("£20")]
    [InlineData("20,00")]
    [InlineData("1,0000")]
    [InlineData("1000,000")]
    [InlineData(",100")]
    [InlineData("1,,000")]
    [InlineData("1,000,")]
    [InlineData("1.000,00")]
    [InlineData("1e1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x1F")]
    [InlineData("20-")]
    [InlineData("(20)")]
    [InlineData("--1")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1 000")]
    [InlineData("٢٠")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1.00000000000000000000000000001")]
    public void What_is_no_number_is_given_but_none(string text) => Assert.Equal(new AskedValue(true, null), AskedValue.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    public void White_space_is_absent(string? text) => Assert.Equal(AskedValue.Absent, AskedValue.Parse(text));

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(5, "0.05")]
    [InlineData(2000, "20.00")]
    [InlineData(-2050, "-20.50")]
    [InlineData(100_000_000_00, "100000000.00")]
    public void Money_has_two_decimals(long pence, string text)
    {
        Assert.Equal(text, Money.Text(pence));
        Assert.Equal(pence, Money.ToPence(Money.ToPounds(pence)));
    }

    [Theory]
    [InlineData("P30D", 0, 30, 0)]
    [InlineData("P1Y2M3D", 14, 3, 0)]
    [InlineData("P2W1D", 0, 15, 0)]
    [InlineData("PT1M", 0, 0, 60)]
    [InlineData("P1DT2H3M4S", 0, 1, 7384)]
    [InlineData("P0D", 0, 0, 0)]
    [InlineData("PT175320H0M0S", 0, 0, 631_152_000)]
    [InlineData("PT10519200M", 0, 0, 631_152_000)]
    [InlineData("PT631152000S", 0, 0, 631_152_000)]
    [InlineData("PT9999999999S", 0, 0, 9_999_999_999)]
    public void A_duration_is_read(string text, int months, int days, long seconds) =>
        Assert.Equal(new Duration(months, days, TimeSpan.FromSeconds(seconds)), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("30D")]
    [InlineData("P30")]
    [InlineData("P-1D")]
    [InlineData("P1.5D")]
    [InlineData("P1D1Y")]
    [InlineData("P1H")]
    [InlineData("p1d")]
    [InlineData("P1D\n")]
    [InlineData("P٣D")]
    [InlineData("P999999D")]
    [InlineData("PT99999999H")]
    public void What_is_no_duration_is_not(string text) => Assert.Null(Duration.Parse(text));

    [Theory]
    [InlineData("2026-01-31", "P1M", "2026-02-28")]
    [InlineData("2024-02-29", "P1Y", "2025-02-28")]
    [InlineData("2026-02-27", "P3D", "2026-03-02")]
    public void Months_follow_the_calendar(string from, string duration, string to) => Assert.Equal(
        DateTime.Parse(to, CultureInfo.InvariantCulture), Duration.Parse(duration)!.After(DateTime.Parse(from, CultureInfo.InvariantCulture)));
}
