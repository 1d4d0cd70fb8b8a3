using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts;

/// <summary>When a call was made, and what is known of the campaign that it asked.</summary>
internal sealed record CallWindow(DateTimeOffset Before, DateTimeOffset After, Campaign? Campaign, string? Role)
{
    public Campaign? AsInSnapshots => Role is null ? null : Contracts.Campaign.OfTheSnapshots.GetValueOrDefault(Role);

    public DateTime Earliest => Dates.London(Before);
    public DateTime Latest => Dates.London(After);

    /// <summary>Days from the call's London day; around midnight the day that the campaign's validity speaks for.</summary>
    public int DaysTo(DateTime date)
    {
        var (longest, days) = ((date.Date - Earliest.Date).Days, (date.Date - Latest.Date).Days);
        if (longest == Campaign?.ValidityDays) days = longest;
        return days == Campaign?.ValidityDays && AsInSnapshots?.ValidityDays is { } there ? there : days;
    }
}

/// <summary>Writes dates as their distance from the London day of the call, with the form that they had.</summary>
internal static partial class Dates
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static DateTime London(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    public static string Name(string body, CallWindow window)
    {
        DateTime? kept = null;
        body = Stamp().Replace(body, match => Stamped(match, window, ref kept));
        return Word().Replace(body, match => Worded(match, window, kept));
    }

    private static string Stamped(Match match, CallWindow window, ref DateTime? kept)
    {
        if (!DateTime.TryParseExact(match.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return match.Value;
        var time = match.Groups[2].Value;
        if (window.Campaign is { ExpiryForm: Campaign.IssueTime, ValiditySeconds: { } seconds } && Within(date, time, window, seconds))
        {
            kept = date;
            var decimals = time.Length > 9 ? "with decimals" : "without decimals";
            return string.Create(CultureInfo.InvariantCulture, $"{{the call + {seconds} s, {decimals}}}");
        }
        var form = time == window.Campaign?.ExpiryForm && window.AsInSnapshots?.ExpiryForm is { } there ? there : time;
        return string.Create(CultureInfo.InvariantCulture, $"{{day{window.DaysTo(date):+0;-0}}}T{form}");
    }

    private static bool Within(DateTime date, string time, CallWindow window, int seconds)
    {
        if (!TimeSpan.TryParse(time, CultureInfo.InvariantCulture, out var ofDay)) return false;
        var issued = date + ofDay - TimeSpan.FromSeconds(seconds);
        return issued >= window.Earliest && issued <= window.Latest;
    }

    private static string Worded(Match match, CallWindow window, DateTime? kept)
    {
        var form = match.Groups[1].Success ? "dd-MMM" + (match.Groups[1].Length == 3 ? "-yy" : "-yyyy") : "dd-MMM";
        if (Read(match.Value, form, window.Latest) is not { } date) return match.Value;
        return kept == date ? $"{{expiry:{form}}}" : string.Create(CultureInfo.InvariantCulture, $"{{day{window.DaysTo(date):+0;-0}:{form}}}");
    }

    /// <summary>A date without a year is the one that lies from half a year back to half a year ahead.</summary>
    private static DateTime? Read(string text, string form, DateTime now)
    {
        if (form != "dd-MMM") return Exactly(text, form);
        return Enumerable.Range(now.Year - 1, 3)
            .Select(year => Exactly(string.Create(CultureInfo.InvariantCulture, $"{text}-{year}"), "dd-MMM-yyyy"))
            .Where(candidate => candidate is not null)
            .MinBy(candidate => Math.Abs((candidate!.Value - now).TotalDays));
    }

    private static DateTime? Exactly(string text, string form) =>
        DateTime.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"(?<!\d)(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"(?<![\w-])\d\d-[A-Z][a-z]{2}(-\d{4}|-\d\d)?(?![\w-])")]
    private static partial Regex Word();
}
