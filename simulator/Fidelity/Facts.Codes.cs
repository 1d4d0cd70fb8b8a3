namespace ImovoSim.Fidelity;

internal static partial class Facts
{
    public static readonly Fact CodeLength = new(31, "code-length",
        "What decides the length of a code?", ["by-campaign", "10", "12"],
        Assumed, "The page has 10 digits in a sample of 2020 and 12 in one of 2024.", "One success on each campaign.");

    public static readonly Fact CheckDigit = new(32, "check-digit",
        "Has a code a check digit?", ["by-campaign", "none", "luhn"],
        Assumed, "Eight public codes of 10 digits share no usual check; the one of 12 fits Luhn. Clients must not check it.", "Collect three codes of 12 digits.");

    public static readonly Fact FirstDigit = new(33, "first-digit",
        "Can a code begin with 0 or 1?", ["2-to-9", "0-to-9"],
        Assumed, "None of nine public codes does; by chance that is one in eight.", "Collect codes.");

    public static readonly Fact LinkTail = new(34, "link-tail",
        "What are the two letters behind the code in a link?", ["by-campaign", "two-random-letters"],
        Assumed, "A sister page of the same service ends in the name of a template.", "Two vouchers of one campaign: the same letters?");

    public static readonly Fact LinkToken = new(35, "link-token",
        "What is the token of a link with id=?", ["random", "code-in-base-62"],
        Assumed, "One public sample, nine characters.", "Two vouchers: does the token follow from the code?");

    private static Fact[] Codes() => [CodeLength, CheckDigit, FirstDigit, LinkTail, LinkToken];
}
