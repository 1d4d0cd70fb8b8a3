namespace ImovoSim.Delivery;

/// <summary>The short messages that an operator makes of a text, and counts.</summary>
/// <param name="Characters">As the operator counts them: seven-bit units in GSM-7, UTF-16 units in UCS-2.</param>
/// <param name="Count">How many short messages it takes.</param>
internal sealed record Segments(string Encoding, int Characters, int Count)
{
    public const string Gsm7 = "GSM-7";
    public const string Ucs2 = "UCS-2";

    // 3GPP TS 23.038: the default alphabet, and what takes an escape before it.
    private const string Alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    public static Segments Of(string text) => text.All(character => Alphabet.Contains(character) || Extension.Contains(character))
        ? Cut(Gsm7, text, 160, 153, (units, at) => Extension.Contains(units[at]) ? (2, 1) : (1, 1))
        : Cut(Ucs2, text, 70, 67, (units, at) => at + 1 < units.Length && char.IsSurrogatePair(units[at], units[at + 1]) ? (2, 2) : (1, 1));

    /// <param name="alone">The units of a message that is the only one; of several, each has a header as well.</param>
    /// <param name="at">The units that a character takes, which stay together, and the chars that it has.</param>
    private static Segments Cut(string encoding, string text, int alone, int each, Func<string, int, (int Units, int Chars)> at)
    {
        var (characters, count, room) = (0, 1, each);
        for (var i = 0; i < text.Length;)
        {
            var (units, chars) = at(text, i);
            if (units > room)
                (count, room) = (count + 1, each);
            room -= units;
            characters += units;
            i += chars;
        }

        return new Segments(encoding, characters, characters <= alone ? 1 : count);
    }
}
