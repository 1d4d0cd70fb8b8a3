using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts.Tests.Deviations;

internal static class Expiries
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static Deviation Form(string name, string pattern, string with) => Deviation.OfReply("calendar", name, (_, reply) => reply.Matching(pattern, with));

    /// <summary>Both the date in the answer and the date in the message are others, as they would be.</summary>
    private static Deviation Other(string name, Func<DateTime, Reply, DateTimeOffset, DateTime> date, bool inMessage = true, bool inBody = true) => new("calendar", name, clock => async (asked, simulator) =>
    {
        var reply = await simulator(asked);
        var match = Regex.Match(reply.Body, "\"expiryDate\":\"(\\d{4}-\\d\\d-\\d\\d)");
        if (!match.Success) return reply;
        var right = DateTime.ParseExact(match.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var wrong = date(right, reply, clock.GetUtcNow());
        if (inBody) reply = reply.Replacing(match.Value, "\"expiryDate\":\"" + Written(wrong, "yyyy-MM-dd"));
        return inMessage ? reply.Replacing(Written(right, "dd-MMM-yy"), Written(wrong, "dd-MMM-yy")).Replacing(Written(right, "dd-MMM"), Written(wrong, "dd-MMM")) : reply;
    });

    private static string Written(DateTime date, string form) => date.ToString(form, CultureInfo.InvariantCulture);

    private static DateTime London(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).Date;

    /// <summary>The same date by another hand.</summary>
    public static Deviation None { get; } = Other("every date is what it should be", (right, _, _) => right);

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Other("the day of issue counts as the first", (right, _, _) => right.AddDays(-1)),
        Other("a voucher lives a day longer", (right, _, _) => right.AddDays(1)),
        Other("the day is Greenwich's", (right, _, now) => right.AddDays((now.UtcDateTime.Date - London(now)).Days)),
        Other("the day is that of Greenwich plus one, all year", (right, _, now) => right.AddDays((now.UtcDateTime.AddHours(1).Date - London(now)).Days)),
        Other("validity counts months", (right, reply, now) => (right - London(now)).Days switch { 30 => London(now).AddMonths(1), 90 => London(now).AddMonths(3), _ => right }),
        Other("validity counts hours, so the clocks shift it", (right, _, now) => right.AddDays((TimeZoneInfo.ConvertTime(now + (right - London(now)), Zone).Date - right).Days)),
        Other("the message speaks of the day after", (right, _, _) => right.AddDays(1), inBody: false),
        Other("the date is the day after, the message is right", (right, _, _) => right.AddDays(1), inMessage: false),
        Form("every campaign prints seven decimals", "T23:59:59\\.999\"", "T23:59:59.9999999\""),
        Form("every campaign prints three decimals", "T23:59:59\\.9999999\"", "T23:59:59.999\""),
        Form("an expiry has no decimals", "T23:59:59\\.9+\"", "T23:59:59\""),
        Form("an expiry is the next midnight", "T23:59:59\\.9+\"", "T00:00:00\""),
        Form("an expiry is in Zulu time", "(\"expiryDate\":\"[^\"]+)\"", "$1Z\""),
        Form("an expiry has an offset", "(\"expiryDate\":\"[^\"]+)\"", "$1+00:00\""),
        Form("an expiry is a date", "(\"expiryDate\":\"\\d{4}-\\d\\d-\\d\\d)T[^\"]+\"", "$1\""),
        Form("an expiry has a space for its T", "(\"expiryDate\":\"\\d{4}-\\d\\d-\\d\\d)T", "$1 "),
        Form("an expiry is written day first", "\"expiryDate\":\"(\\d{4})-(\\d\\d)-(\\d\\d)", "\"expiryDate\":\"$3/$2/$1"),
        Form("September has four letters", "(\\d\\d)-Sep\\b", "$1-Sept"),
        Form("months are in capitals", "(\\d\\d)-Jun\\b", "$1-JUN"),
        Deviation.OfReply("calendar", "the time of issue is Greenwich's", (asked, reply) => asked.Campaign != "SHORT" ? reply : reply.Matching("T(\\d\\d):(\\d\\d:\\d\\d)", match =>
            string.Create(CultureInfo.InvariantCulture, $"T{(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + 23) % 24:00}:{match.Groups[2].Value}"))),
        Deviation.OfReply("calendar", "no campaign keeps the time of issue", (asked, reply) => asked.Campaign != "SHORT" ? reply : reply.Matching("T\\d\\d:\\d\\d:\\d\\d[.\\d]*\"", "T23:59:59.9999999\"")),
        Deviation.OfReply("calendar", "a message's year has four digits", (_, reply) => reply.Matching("(\\d\\d-[A-Z][a-z]{2}-)(\\d\\d)\\b", "${1}20$2")),
    ];
}
