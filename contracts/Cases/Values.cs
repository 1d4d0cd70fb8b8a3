namespace ImovoSim.Contracts;

/// <summary>Pounds and pence on /VoucherRequest/Request: how they are written, and each side of each boundary.</summary>
internal static class Values
{
    private static Case Value(string id, string sentence, string fact, params string[] values) => Of(id, sentence, fact, Role.Cash, values);

    private static Case Of(string id, string sentence, string fact, string role, params string[] values) =>
        new(id, sentence)
        {
            Facts = [fact], Roles = [role],
            Holds = async talk =>
            {
                foreach (var value in values) await talk.Request(role, value);
            },
        };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Value("always-two-decimals", "A balance is printed with two decimals, however the value was written", "Q25", "20", "20.5", "20.50", "020.00"),
        Value("whole-range-of-pence", "A penny more or less stays a penny more or less", "Q25", "1.01", "19.99", "99.99"),
        Value("at-the-minimum", "The minimum is issued", "Q48", "1.00"),
        Value("below-the-minimum", "A penny below the minimum is refused", "Q48", "{cash minimum - 0.01}"),
        Value("at-the-maximum", "The agreed maximum is issued", "Q45", "100.00"),
        Value("above-the-maximum", "A penny above the agreed maximum is refused", "Q45", "{cash maximum + 0.01}"),
        Of("energy-at-the-maximum", "The maximum is the campaign's: energy credit ends at its own", "Q45", Role.Energy, "49.00"),
        Of("energy-above-the-maximum", "A penny above the energy campaign's maximum is refused", "Q45", Role.Energy, "{energy maximum + 0.01}"),
        Value("far-above-the-maximum", "A thousand pounds, with or without a comma, is a number and too much", "Q50", "1000.00", "1,000.00"),
        Value("zero", "Nothing is not a value", "Q48", "0", "0.00"),
        Value("negative", "Less than nothing is not a value", "Q48", "-1", "-20.00"),
        Value("missing", "A cash campaign without a default value needs one", "Q46", [null!]),
        Value("empty", "A value of no characters or of spaces is a missing value", "Q46", "", "%20"),
        Value("three-decimals", "A fraction of a penny is refused, not rounded", "Q49", "1.005", "20.001", "19.999"),
        Value("letters", "A word is not a value", "Q50", "abc", "twenty", "20p"),
        Value("pound-sign", "A pound sign is not part of a value", "Q50", "%C2%A320", "%C2%A320.00"),
        Value("decimal-comma", "A comma is not a decimal point", "Q50", "20,00"),
        Value("exponent", "A number with an exponent is not a value", "Q50", "1e1", "2E1"),
        Value("other-notations", "Hexadecimal, two points and words for no number are not values", "Q50", "0x14", "20.00.00", "NaN", "Infinity"),
        Value("more-digits-than-a-number-holds", "A value that no number holds is refused like any other that is too much", "Q50", "99999999999999999999999999999999", "79228162514264337593543950336"),
        Value("digits-of-other-alphabets", "Digits of other alphabets are not digits here", "Q50", "%EF%BC%92%EF%BC%90", "%D9%A2%D9%A0"),
    ];
}
