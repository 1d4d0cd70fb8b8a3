using System.Globalization;
using System.Text;
using System.Text.Json;
using ImovoSim.Campaigns;
using ImovoSim.Clock;
using ImovoSim.Faults;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Journal;

/// <summary>For a refused call, the one nearest to it that would have been good.</summary>
internal static class Nearest
{
    private const int Rounds = 5;
    private const string SampleContact = "07700900000";
    private static readonly string[] Paths = [VendorPaths.Request, VendorPaths.RequestWithId, VendorPaths.Cancel];

    public static NearestBody? Of(Exchange call)
    {
        if (call.Operation is null)
            return new NearestBody("POST", Path(call.Request.Target!) + Query(call.Request.Target!), call.Request.Body, [$"send it by POST to {Path(call.Request.Target!)}"]);
        if (call.Change is not Issue issue || call.Refused.Contains(Reason.Unexpected))
            return null;
        var changes = new Dictionary<string, string>();
        if (Good(issue, call, changes) is not { } good || changes.Count == 0)
            return null;
        string[] said = [.. changes.Select(change => $"{change.Key}: {change.Value}")];
        return good.WithId
            ? new NearestBody("POST", VendorPaths.RequestWithId, Json(good), said)
            : new NearestBody("POST", VendorPaths.Request + Query(good), null, said);
    }

    public static string Path(string target) => Paths.MinBy(path => Distance(path, target.Split('?')[0]))!;

    // Rules stop at the first that refuses, so what is corrected is asked again. Null where no change of the call alone would do.
    private static IssueRequest? Good(Issue issue, Exchange call, Dictionary<string, string> changes)
    {
        var refused = call.Refused;
        if (call.Strike is { Fault.Kind: MagicValues.Refusal })
        {
            // No rule refused it, and whether one would have is not known yet.
            issue = new Issue(issue.Request with { CustomerReference = Filled(null, SampleContact, "customer reference", true, changes) }, call.Rules, issue.Real);
            refused = issue.Refusals(call.Client, call.At);
        }

        for (var round = 0; refused.Count > 0; round++)
        {
            if (round == Rounds || Corrected(issue, call with { Outcome = new Outcome(refused) }, changes) is not { } better)
                return null;
            issue = new Issue(better, call.Rules, issue.Real);
            refused = issue.Refusals(call.Client, call.At);
        }

        return issue.Request;
    }

    private static IssueRequest? Corrected(Issue issue, Exchange call, Dictionary<string, string> changes)
    {
        var asked = issue.Request;
        if (Campaign(issue, call) is not { } campaign)
            return null;
        if (campaign.Code != issue.Campaign?.Code || call.Refused.Contains(Reason.CampaignCodeMissing))
            changes["campaign code"] = campaign.Code;
        var value = Value(asked.Value, campaign, call, changes);
        return value is null && call.Refused.Contains(Reason.WeeklyLimitReached) ? null : asked with
        {
            CampaignCode = campaign.Code,
            Value = value is { } pence ? AskedValue.Of(Money.ToPounds(pence)) : AskedValue.Absent,
            CustomerReference = Filled(asked.CustomerReference, SampleContact, "customer reference", call.Refused.Contains(Reason.ReferenceMissing)
                || (call.Refused.Contains(Reason.ContactInvalid) && string.IsNullOrWhiteSpace(asked.DeliveryRecipient)), changes),
            DeliveryRecipient = Filled(asked.DeliveryRecipient, SampleContact, "delivery recipient",
                call.Refused.Contains(Reason.ContactInvalid) && !string.IsNullOrWhiteSpace(asked.DeliveryRecipient), changes),
            CustomerName = Filled(asked.CustomerName, "A Customer", "customer name", call.Refused.Contains(Reason.NameMissing), changes),
            Address = Filled(asked.Address, "1 High Street", "address", call.Refused.Contains(Reason.AddressMissing), changes),
            PostCode = Filled(asked.PostCode, "AB10 1AA", "post code", call.Refused.Contains(Reason.PostCodeMissing) || call.Refused.Contains(Reason.PostCodeInvalid), changes),
        };
    }

    private static Campaign? Campaign(Issue issue, Exchange call)
    {
        var wrong = call.Refused.Any(reason => reason is Reason.CampaignCodeMissing or Reason.CampaignUnknown or Reason.CampaignForeign or Reason.CampaignClosed);
        if (!wrong && issue.Campaign is not null)
            return issue.Campaign;
        var today = London.Day(call.At);
        return call.Rules.Campaigns.All
            .Where(campaign => IssueChecks.Campaign(issue.Request, campaign, call.Client, today, call.Rules.Facts) is null)
            .MinBy(campaign => Distance(campaign.Code, issue.Request.CampaignCode?.Trim() ?? ""));
    }

    // In pence; null where none is to be given, or none would do.
    private static long? Value(AskedValue asked, Campaign campaign, Exchange call, Dictionary<string, string> changes)
    {
        var most = campaign.Most;
        if (call.Refused.Contains(Reason.WeeklyLimitReached))
        {
            var (from, to) = WeeklyLimit.Days(London.Day(call.At), call.Rules.Facts);
            most = Math.Min(most, call.Client.WeeklyLimit!.Value - call.Client.IssuedBetween(from, to) - (call.Rules.Facts.Says(Facts.LimitBoundary, "refused-at") ? 1 : 0));
            if (campaign.Fixed is not null || most < Math.Max(campaign.Least, 1))
                return null;
        }

        var (pence, refusal) = IssueChecks.Value(asked, campaign, call.Rules.Facts);
        if (refusal is null && pence <= most)
            return asked.Given ? pence : null;
        if (campaign.Fixed is not null)
        {
            changes["value"] = "none, since the campaign fixes it";
            return null;
        }

        var pounds = Math.Clamp(asked.Number ?? 0, Money.ToPounds(Math.Max(campaign.Least, 1)), Money.ToPounds(most));
        changes["value"] = Money.Text(Money.ToPence(decimal.Round(pounds, 2)));
        return Money.ToPence(decimal.Round(pounds, 2));
    }

    private static string? Filled(string? given, string sample, string name, bool wrong, Dictionary<string, string> changes)
    {
        if (!wrong)
            return given;
        changes[name] = $"such as {sample}";
        return sample;
    }

    private static string Query(string target) => target.Contains('?') ? target[target.IndexOf('?')..] : "";

    private static string Query(IssueRequest good) =>
        $"?campaignCode={Uri.EscapeDataString(good.CampaignCode!)}&customerReference={Uri.EscapeDataString(good.CustomerReference ?? "")}" +
        (good.Value.Number is { } value ? $"&value={value.ToString("0.00", CultureInfo.InvariantCulture)}" : "");

    private static string Json(IssueRequest good)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("CampaignCode", good.CampaignCode);
            json.WriteString("CustomerReference", good.CustomerReference);
            if (good.DeliveryRecipient is not null)
                json.WriteString("DeliveryRecipient", good.DeliveryRecipient);
            if (good.Value.Number is { } value)
                json.WriteNumber("VoucherValue", value);
            json.WriteString("CustomerName", good.CustomerName);
            json.WriteString("Address", good.Address);
            json.WriteString("PostCode", good.PostCode);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    // Levenshtein's, without regard to case; what is absurdly long is far from everything.
    private static int Distance(string one, string other)
    {
        if (other.Length > 256)
            return other.Length;
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
