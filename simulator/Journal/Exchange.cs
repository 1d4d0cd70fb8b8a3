using System.Globalization;
using System.Text;
using System.Text.Json;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Faults;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Journal;

/// <summary>A call, what was decided, and the answer: all that an entry is written from, and nothing that ends with the request.</summary>
/// <param name="Operation">Null where the path or the method is no operation's.</param>
/// <param name="ApiKey">The caller's, which is nowhere in what is written.</param>
/// <param name="Client">The client as the call left it.</param>
/// <param name="Headers">Those of the answer that stand with the response already.</param>
/// <param name="Got">What the caller got; null where nothing came.</param>
/// <param name="Answer">What the service answered, before a fault struck.</param>
internal sealed record Exchange(
    Operation? Operation, string ApiKey, Client Client, DateTimeOffset At, Change? Change, Outcome? Outcome, Rulebook Rules, IReadOnlyList<string> Unknown,
    Strike? Strike, SentBody Request, IReadOnlyList<HeaderBody> Headers, Answer? Got, Answer Answer, TimeSpan Took)
{
    private const int LongestKey = 256;
    public const int LongestBody = 16 * 1024;

    public bool Understood => Change is Issue or Cancel;

    public IReadOnlyList<Reason> Refused => Understood ? Outcome?.Refused ?? [] : [];

    public string Result =>
        Strike is { Fault.When: Fault.Before } ? "nothing"
        : Answer.Status >= StatusCodes.Status500InternalServerError ? "failed"
        : !Understood || Refused.Count > 0 ? "refused"
        : Change is Issue ? "issued" : "cancelled";

    /// <summary>What of it is searched for; what is kept of a caller's texts no database may choke on.</summary>
    public JournalKey Key() => new(
        Operation?.ToString() ?? "Unknown", Result, Got?.Status ?? 0, Strike is not null,
        Plain((Change as Issue)?.Campaign?.Code ?? (Change as Issue)?.Request.CampaignCode ?? Outcome?.Voucher?.Campaign),
        Plain((Change as Issue)?.Request.CustomerReference ?? Outcome?.Voucher?.CustomerReference),
        Plain(Strike is { Fault.When: Fault.Before } ? null : (Change as Cancel)?.Code ?? (Refused.Count == 0 ? Outcome?.Voucher?.Code : null)));

    /// <summary>The record as JSON.</summary>
    public byte[] Write(long id, JournalKey key) => JsonSerializer.SerializeToUtf8Bytes(KeyMask.Of(Body(id, key), ApiKey), JournalJson.Plain.JournalBody);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, LongestBody)]);

    private JournalBody Body(long id, JournalKey key) => new(
        id.ToString(CultureInfo.InvariantCulture), London.Local(At), key.Operation, key.Outcome, Math.Round(Took.TotalMilliseconds, 3),
        key.Campaign, key.Reference, key.Code, Request, Got is null ? null : Sent(Got), Told(Why.Of, e => [new("unknown", $"The simulator cannot say why: {e.Message} Please report this.")]), Unknown.Count > 0 ? Unknown : null,
        key.Outcome == "refused" ? Told(Nearest.Of, _ => null) : null,
        Strike is { } strike ? new StruckBody(strike.Fault.Kind, strike.Fault.When, strike.By) : null,
        Strike is { Fault.When: Fault.After } && !ReferenceEquals(Got, Answer) ? Sent(Answer) : null,
        Page: key.Code is null ? null : Page(Outcome?.Voucher));

    // What is told of a call is never worth the call: entries are written long after it, where nobody could be answered that it failed.
    private T Told<T>(Func<Exchange, T> tell, Func<Exception, T> otherwise)
    {
        try
        {
            return tell(this);
        }
        catch (Exception e)
        {
            return otherwise(e);
        }
    }

    private SentBody Sent(Answer sent)
    {
        List<HeaderBody> headers = [.. Headers];
        if (sent.ContentType is not null)
            headers.Add(new HeaderBody("Content-Type", sent.ContentType));
        if (sent.Header is not null)
            headers.Add(new HeaderBody(sent.Header, sent.HeaderValue ?? ""));
        return new SentBody(null, null, sent.Status, headers, sent.Body.IsEmpty ? null : Text(sent.Body), sent.Body.Length);
    }

    private string? Page(Voucher? voucher) =>
        voucher is not null && Rules.Campaigns.Find(voucher.Campaign) is { } campaign ? WebLink.Page(campaign, voucher, Client.Name) : null;

    private string? Plain(string? text) =>
        KeyMask.Text(text, ApiKey) is { } kept ? (kept.Length > LongestKey ? kept[..LongestKey] : kept).Replace('\0', '\uFFFD') : null;
}
