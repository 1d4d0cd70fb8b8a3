using System.Text;
using System.Text.RegularExpressions;
using ImovoSim.Campaigns;
using ImovoSim.Vouchers;

namespace ImovoSim.Pages;

/// <summary>What a link says of the voucher that it leads to.</summary>
internal sealed record AskedLink(LinkForm Form, string? Code, string? Token, string? Reference, string? Letters);

/// <summary>One form that campaigns write links in, such as <c>/{code}</c> and two letters; several campaigns can share it.</summary>
internal sealed class LinkForm
{
    private readonly Regex _path;
    private readonly (string Name, Regex Value)[] _query;

    private LinkForm(string text, IReadOnlyList<Campaign> campaigns)
    {
        Campaigns = campaigns;
        var parts = text.Split('?', 2);
        _path = Pattern(parts[0], "/?");
        _query = parts.Length == 1 ? [] : [.. parts[1].Split('&').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], Pattern(pair.ElementAtOrDefault(1) ?? "", "")))];
    }

    public IReadOnlyList<Campaign> Campaigns { get; }

    public static LinkForm[] Of(CampaignSet campaigns) =>
    [
        .. campaigns.All.Where(campaign => campaign.Link is not null).GroupBy(Text).Select(group => new LinkForm(group.Key, [.. group])),
    ];

    /// <summary>Null where the address has another form. What else its query says is nothing to the form.</summary>
    /// <param name="path">As it was sent: a reference can have a slash in it, which only its escape tells from one of the path.</param>
    public AskedLink? Match(string path, IQueryCollection query)
    {
        var found = new Dictionary<string, string>();
        if (!Take(_path, path, found) || !_query.All(pair => query[pair.Name] is [{ } value] && Take(pair.Value, value, found)))
            return null;
        return new AskedLink(
            this, found.GetValueOrDefault("code"), found.GetValueOrDefault("token"),
            found.TryGetValue("reference", out var reference) ? Uri.UnescapeDataString(reference) : null, found.GetValueOrDefault("letters"));
    }

    /// <summary>The two letters are part of what is asked, so that no other two lead to the voucher.</summary>
    public static bool Meant(AskedLink asked, Campaign campaign, Voucher voucher) =>
        asked.Form.Campaigns.Contains(campaign)
        && (asked.Code ?? voucher.Code) == voucher.Code
        && (asked.Token is null || asked.Token == voucher.LinkTail)
        && (asked.Reference ?? voucher.CustomerReference) == voucher.CustomerReference
        && (asked.Letters is null || asked.Letters == (voucher.LinkTail ?? campaign.Link![^2..]));

    private static string Text(Campaign campaign)
    {
        var path = WebLink.Path(campaign.Link!);
        return WebLink.EndsInLetters(path) ? path[..^2] + "{letters}" : path;
    }

    private static bool Take(Regex pattern, string text, Dictionary<string, string> found)
    {
        if (pattern.Match(text) is not { Success: true } match)
            return false;
        foreach (Group group in match.Groups)
        {
            if (!char.IsAsciiDigit(group.Name[0]))
                found[group.Name] = group.Value;
        }

        return true;
    }

    private static Regex Pattern(string text, string end)
    {
        var pattern = new StringBuilder("^");
        foreach (var (isName, part) in Template.Parse(text.TrimEnd('/'), [.. Template.LinkNames, "letters"]).Parts)
            pattern.Append(isName ? $"(?<{part}>{Form(part)})" : Regex.Escape(part));
        return new Regex(pattern.Append(end).Append("\\z").ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    private static string Form(string name) => name switch
    {
        "code" => $"[0-9]{{{VoucherCode.Shortest},{VoucherCode.Longest}}}",
        "token" => $"[0-9A-Za-z]{{{LinkToken.Length}}}",
        "letters" => "[A-Za-z]{2}",
        _ => "[^/]{1,4096}",
    };
}
