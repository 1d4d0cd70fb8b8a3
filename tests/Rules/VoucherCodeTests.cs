using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

public sealed class VoucherCodeTests
{
    private static readonly Profile Facts = Profile.Default;

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(18)]
    public void A_code_leads_back_to_the_count_it_was_made_of(int length)
    {
        foreach (var seed in new ulong[] { 0, 1, 42, ulong.MaxValue })
        {
            foreach (var serial in Serials(length))
            {
                var code = VoucherCode.For(seed, serial, length, luhn: serial % 2 == 0, Facts);
                Assert.Equal(length, code.Length);
                Assert.Equal(serial, VoucherCode.SerialOf(seed, code));
            }
        }
    }

    [Fact]
    public void The_digits_between_the_first_and_the_last_are_a_permutation_of_the_count()
    {
        // The shortest codes have few enough digits to try them all.
        var seen = new bool[VoucherCode.Capacity(VoucherCode.Shortest)];
        for (long serial = 0; serial < seen.Length; serial++)
        {
            var body = int.Parse(VoucherCode.For(7, serial, VoucherCode.Shortest, false, Facts).AsSpan()[1..^1], null);
            Assert.False(seen[body]);
            seen[body] = true;
        }
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(12, true)]
    public void Two_hundred_thousand_vouchers_of_a_client_have_codes_of_their_own(int length, bool luhn)
    {
        var codes = new HashSet<string>();
        for (var serial = 1; serial <= 200_000; serial++)
            Assert.True(codes.Add(VoucherCode.For(99, serial, length, luhn, Facts)));
    }

    [Fact]
    public void The_codes_of_the_page_belong_to_the_first_three_vouchers_of_every_client()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            foreach (var (serial, code) in Samples.All.Select(sample => (sample.Serial, sample.Code)))
            {
                Assert.Equal(serial, VoucherCode.SerialOf(seed, code));
                Assert.Equal(code[1..^1], VoucherCode.For(seed, serial, code.Length, false, Facts)[1..^1]);
            }
        }
    }

    [Fact]
    public void No_other_voucher_can_get_a_code_of_the_page()
    {
        var pages = Samples.All.Select(sample => sample.Code[1..^1]).ToHashSet();
        for (var serial = 4; serial < 50_000; serial++)
        {
            Assert.DoesNotContain(VoucherCode.For(5, serial, 10, false, Facts)[1..^1], pages);
            Assert.DoesNotContain(VoucherCode.For(5, serial, 12, true, Facts)[1..^1], pages);
        }
    }

    [Theory]
    [InlineData("7992739871", '3')]
    [InlineData("64892442973", '7')]
    [InlineData("0", '0')]
    [InlineData("1", '8')]
    public void The_check_digit_is_Luhns(string digits, char check) => Assert.Equal(check, VoucherCode.Luhn(digits));

    [Fact]
    public void A_code_begins_with_2_to_9_unless_the_facts_say_otherwise()
    {
        var any = Profile.Parse("""{"first-digit": "0-to-9"}""", "test");
        var codes = Enumerable.Range(4, 2000).ToList();
        Assert.Equal("23456789", string.Concat(codes.Select(serial => VoucherCode.For(1, serial, 10, false, Facts)[0]).Distinct().Order()));
        Assert.Equal("0123456789", string.Concat(codes.Select(serial => VoucherCode.For(1, serial, 10, false, any)[0]).Distinct().Order()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("1234567890123456789")]
    [InlineData("12345678a")]
    [InlineData("-12345678")]
    [InlineData(" 12345678")]
    [InlineData("١٢٣٤٥٦٧٨٩")]
    public void What_is_no_code_leads_nowhere(string text) => Assert.Null(VoucherCode.SerialOf(1, text));

    [Fact]
    public void Another_clients_codes_are_others()
    {
        var mine = Enumerable.Range(4, 5000).Select(serial => VoucherCode.For(1, serial, 12, true, Facts)).ToHashSet();
        Assert.DoesNotContain(Enumerable.Range(4, 5000).Select(serial => VoucherCode.For(2, serial, 12, true, Facts)), mine.Contains);
    }

    private static IEnumerable<long> Serials(int length)
    {
        for (long serial = 1; serial < 500; serial++)
            yield return serial;
        for (var serial = VoucherCode.Capacity(length) - 50; serial < VoucherCode.Capacity(length); serial++)
            yield return serial;
    }
}
