using System.Globalization;
using System.Text;
using ImovoSim.Campaigns;
using ImovoSim.Fidelity;

namespace ImovoSim.Vouchers;

/// <summary>The text that the customer reads, from the campaign's template.</summary>
internal static class CustomerMessage
{
    [ThreadStatic]
    private static StringBuilder? _text;

    private static volatile Written? _day;

    private static readonly DateTimeFormatInfo FourLetters = WithSept();

    public static string? For(Campaign campaign, Voucher voucher, Profile facts, string? publicUrl = null)
    {
        if (campaign.Message is null)
            return null;
        var text = (_text ??= new StringBuilder(512)).Clear();
        foreach (var (isName, part) in campaign.Message.Parts)
            text.Append(isName ? Named(part, campaign, voucher, facts, publicUrl) : part);
        return text.ToString();
    }

    private static string? Named(string name, Campaign campaign, Voucher voucher, Profile facts, string? publicUrl) => name switch
    {
        "value" => Money.Text(voucher.Pence),
        "code" => voucher.Code,
        "link" => WebLink.For(campaign, voucher, publicUrl),
        "token" => voucher.LinkTail,
        "reference" => voucher.CustomerReference,
        _ => Day(Expiry.Wall(voucher.ExpiresAt, facts), name, facts),
    };

    // Vouchers of one day mostly end on one day.
    private static string Day(DateTime day, string name, Profile facts)
    {
        if (_day is not { } last || last.Of != (day, name, facts))
            _day = last = new Written((day, name, facts), Write(day, name, facts));
        return last.Text;
    }

    private static string Write(DateTime day, string name, Profile facts)
    {
        var format = name.Split(':', 2) is [_, var given] ? given : "dd-MMM";
        return day.ToString(format, facts.Says(Facts.Months, "Sept") ? FourLetters : DateTimeFormatInfo.InvariantInfo);
    }

    private static DateTimeFormatInfo WithSept()
    {
        var names = (DateTimeFormatInfo)DateTimeFormatInfo.InvariantInfo.Clone();
        string[] months = [.. names.AbbreviatedMonthNames.Select(month => month == "Sep" ? "Sept" : month)];
        (names.AbbreviatedMonthNames, names.AbbreviatedMonthGenitiveNames) = (months, months);
        return names;
    }

    private sealed record Written((DateTime Day, string Name, Profile Facts) Of, string Text);
}
