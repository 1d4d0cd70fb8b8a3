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
                ? LinkToken.For(seed, serial)
                : LinkToken.InBase62(long.Parse(code, CultureInfo.InvariantCulture));
        return EndsInLetters(link) && facts.Says(Facts.LinkTail, "two-random-letters") ? VoucherCode.TwoLetters(seed, serial) : null;
    }

    /// <param name="publicUrl">What stands in the place of the campaign's own host; null where that stays.</param>
    public static string? For(Campaign campaign, Voucher voucher, string? publicUrl = null)
    {
        if (campaign.Link is not { } link)
            return null;
        if (publicUrl is not null)
            link = publicUrl + Path(link);
        if (EndsInLetters(link) && voucher.LinkTail is not null)
            link = link[..^2] + voucher.LinkTail;
        link = link.Replace("{code}", voucher.Code, StringComparison.Ordinal).Replace("{token}", voucher.LinkTail, StringComparison.Ordinal);
        return link.Contains("{reference}", StringComparison.Ordinal)
            ? link.Replace("{reference}", Uri.EscapeDataString(voucher.CustomerReference), StringComparison.Ordinal)
            : link;
    }

    /// <summary>The voucher's page on the simulator's own address; it names the client, so that it leads to one voucher only.</summary>
    public static string? Page(Campaign campaign, Voucher voucher, string client) =>
        For(campaign, voucher, "") is not { } page ? null : $"{page}{(page.Contains('?') ? '&' : '?')}client={Uri.EscapeDataString(client)}";

    /// <summary>A link without scheme and host.</summary>
    public static string Path(string link)
    {
        var scheme = link.IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? 0 : scheme + 3;
        var path = link.AsSpan(host).IndexOfAny('/', '?');
        if (path < 0)
            return "/" + link[host..];
        return link[host + path] == '/' ? link[(host + path)..] : "/" + link[(host + path)..];
    }

    /// <summary>Whether the page is found by the customer's reference and nothing else.</summary>
    public static bool IsByReference(Campaign campaign) =>
        campaign.Link is { } link && link.Contains("{reference}", StringComparison.Ordinal)
        && !link.Contains("{code}", StringComparison.Ordinal) && !link.Contains("{token}", StringComparison.Ordinal);

    public static bool EndsInLetters(string link) =>
        link.Length > 8 && link.AsSpan()[..^2].EndsWith("{code}") && char.IsAsciiLetter(link[^1]) && char.IsAsciiLetter(link[^2]);
}
