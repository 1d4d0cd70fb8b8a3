using ImovoSim.Vouchers;

namespace ImovoSim.Pages;

/// <summary>What a till's forms say.</summary>
internal static class TillForm
{
    private const int LongestName = 64;

    public static async ValueTask<IFormCollection> Read(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            throw new BadHttpRequestException("The till takes forms.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException(e.Message, e);
        }
    }

    // A scanner can send blanks, and people write them, and dashes. Letters are the tail of a link, which no till takes.
    public static string Code(string given) =>
        string.Concat(given.Where(character => !char.IsWhiteSpace(character) && !char.IsControl(character) && character != '-')) is { Length: <= VoucherCode.Longest } code ? code : "";

    /// <summary>A shop or a terminal, as one line.</summary>
    public static string Name(IFormCollection form, string name, string otherwise)
    {
        var text = string.Concat($"{form[name]}".Where(character => !char.IsControl(character))).Trim();
        return text.Length == 0 ? otherwise : text.Length > LongestName ? text[..LongestName] : text;
    }

    /// <summary>Null where none is given; false where it is no amount.</summary>
    public static bool Amount(IFormCollection form, out long? pence)
    {
        pence = null;
        if ($"{form["amount"]}".Trim() is not { Length: > 0 } text)
            return true;
        if (AskedValue.Parse(text).Number is not { } pounds || pounds is <= 0 or > 1_000_000 || decimal.Round(pounds, 2) != pounds)
            return false;
        pence = Money.ToPence(pounds);
        return true;
    }
}
