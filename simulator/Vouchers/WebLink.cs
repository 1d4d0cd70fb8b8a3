using System.Globalization;
using ImovoSim.Campaigns;
using ImovoSim.Fidelity;

namespace ImovoSim.Vouchers;

/// <summary>The address of a voucher's web page, as the campaign writes it.</summary>
internal static class WebLink
{
    /// <summary>What the link needs beside the code, drawn once when the voucher is issued.</summary>
    public static string? Tail(Campaign campaign, ulong seed, long serial, string code, Profile facts)
    {
        if (campaign.Link is not { } link)
            return null;
        if (link.Contains("{token}", StringComparison.Ordinal))
            return facts.Says(Facts.LinkToken, "random")
                ? VoucherCode.Token(seed, serial)
                : VoucherCode.InBase62(ulong.Parse(code, CultureInfo.InvariantCulture), 9);
        return EndsInLetters(link) && facts.Says(Facts.LinkTail, "two-random-letters") ? VoucherCode.TwoLetters(seed, serial) : null;
    }

    public static string? For(Campaign campaign, Voucher voucher)
    {
        if (campaign.Link is not { } link)
            return null;
        if (EndsInLetters(link) && voucher.LinkTail is not null)
            link = link[..^2] + voucher.LinkTail;
        return link
            .Replace("{code}", voucher.Code, StringComparison.Ordinal)
            .Replace("{token}", voucher.LinkTail, StringComparison.Ordinal)
            .Replace("{reference}", Uri.EscapeDataString(voucher.CustomerReference), StringComparison.Ordinal);
    }

    private static bool EndsInLetters(string link) =>
        link.Length > 8 && link.AsSpan()[..^2].EndsWith("{code}") && char.IsAsciiLetter(link[^1]) && char.IsAsciiLetter(link[^2]);
}
