using System.Globalization;
using System.Text.Json;
using ImovoSim.Clock;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Journal;

/// <summary>Says of a decision which rules made it, with their inputs and arithmetic.</summary>
internal static class Why
{
    public static IReadOnlyList<WhyBody> Of(Exchange call)
    {
        var steps = new List<WhyBody>();
        if (call.Strike is { } strike)
            steps.Add(Struck(strike));
        if (call.Strike is { Fault: { When: Fault.Before } or { Kind: MagicValues.Refusal } })
            return steps;
        if (call.Result == "failed")
            steps.Add(new WhyBody("failed", "The simulator could not answer: its log says why, under the answer's correlation id."));
        else if (!call.Understood)
            steps.Add(new WhyBody("not-understood", NotUnderstood(call)));
        else if (call.Refused.Count > 0)
            steps.AddRange(call.Refused.Select(reason => new WhyBody(Rule(reason), Text(reason, call), [.. ReasonFacts.Of(reason).Select(fact => fact.Id)])));
        else
            steps.AddRange(call.Change is Issue issue ? Issued(issue, call) : Cancelled(call));
        return steps;
    }

    private static string Rule(Reason reason) => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());

    private static WhyBody Struck(Strike strike) => strike.Fault switch
    {
        { Kind: MagicValues.Refusal } => new("magic-value", "The customer reference is a magic value that asks for this refusal; no rule was asked."),
        { When: Fault.Before } fault => new("fault", $"A fault ({fault.Kind}, {strike.By}) struck before anything was decided: nothing happened."),
        var fault => new("fault", $"A fault ({fault.Kind}, {strike.By}) struck the answer: what was decided is kept."),
    };

    private static string NotUnderstood(Exchange call) => call.Operation is null
        ? $"No operation has this method and path: the nearest is {Nearest.Path(call.Request.Target!)}."
        : "The request could not be read as this operation's: the answer says where. No rule was asked.";

    private static string Text(Reason reason, Exchange call) => call.Change is Issue issue ? Text(reason, issue, call) : Text(reason, (Cancel)call.Change!, call);

    private static string Text(Reason reason, Issue issue, Exchange call) => reason switch
    {
        Reason.CampaignCodeMissing => "No campaign code was given.",
        Reason.ReferenceMissing => "No customer reference was given.",
        Reason.AddressMissing => "No address was given.",
        Reason.PostCodeMissing => "No post code was given.",
        Reason.NameMissing => "No customer name was given.",
        Reason.TextTooLong => "A parameter has more than 256 characters.",
        Reason.PostCodeInvalid => "The post code has not the form of one in the United Kingdom.",
        Reason.CampaignUnknown when issue.Campaign is { } campaign => $"Campaign {campaign.Code} exists, but this operation does not serve it: {Served(campaign)}.",
        Reason.CampaignUnknown => $"No campaign has the code {issue.Request.CampaignCode}: this client has {Codes(call)}.",
        Reason.CampaignForeign => $"Campaign {issue.Campaign!.Code} exists, but is not this client's: it has {Codes(call)}.",
        Reason.CampaignClosed => $"Campaign {issue.Campaign!.Code} is open {Span(issue.Campaign)}, and the client's day is {Day(call.At)}.",
        Reason.ValueInvalid or Reason.ValueOverMaximum => Value(issue),
        Reason.WeeklyLimitReached => Limit(issue, call, refused: true),
        Reason.ReferenceLimitReached => $"Campaign {issue.Campaign!.Code} allows {issue.Campaign.MaximumPerReference ?? 1} live voucher(s) for one customer reference, and this one has as many.",
        Reason.ContactInvalid => $"Campaign {issue.Campaign!.Code} is delivered by the service, and what it would be sent to is neither a mobile number nor an e-mail address.",
        _ => "The simulator has no rule of its own for this.",
    };

    private static string Text(Reason reason, Cancel cancel, Exchange call) => reason switch
    {
        Reason.CodeMissing => "No voucher code was given.",
        Reason.VoucherNotFound => $"This client has no voucher {cancel.Code}.",
        _ when call.Outcome?.Voucher is not { } => "The simulator has no rule of its own for this.",
        Reason.VoucherExpired => $"Voucher {cancel.Code} expired at {Time(call.Outcome.Voucher.ExpiresAt)}, and it is {Time(call.At)}.",
        _ when call.Outcome.Voucher.State != VoucherState.Issued => $"Voucher {cancel.Code} is {call.Outcome.Voucher.State.ToString().ToLowerInvariant()} already: see /_sim/vouchers/{cancel.Code} for when and where.",
        _ when call.Outcome.Voucher.Used => $"Voucher {cancel.Code} has been redeemed in part, and counts as redeemed.",
        _ => $"Voucher {cancel.Code} expired at {Time(call.Outcome.Voucher.ExpiresAt)}, and it is {Time(call.At)}: that counts as redeemed.",
    };

    private static IEnumerable<WhyBody> Issued(Issue issue, Exchange call)
    {
        var (campaign, voucher) = (issue.Campaign!, call.Outcome!.Voucher!);
        yield return new("campaign", $"Campaign {campaign.Code} is this client's, and open {Span(campaign)}.");
        yield return new("value", Value(issue));
        yield return new("weekly-limit", Limit(issue, call, refused: false), [Facts.LimitWindow.Id]);
        if (!call.Outcome.Changed)
        {
            yield return new("same-voucher", $"Voucher {voucher.Code} of this customer reference is live, and is answered once more.", [Facts.SameReference.Id]);
            yield break;
        }

        yield return new("issued", $"Voucher {voucher.Code} is the client's number {voucher.Serial}, and expires at {Time(voucher.ExpiresAt)}.", [Facts.ExpiryTime.Id, Facts.ExpiryZone.Id]);
        yield return Sent(campaign, call);
    }

    private static WhyBody Sent(Campaigns.Campaign campaign, Exchange call)
    {
        if (call.Outcome!.Messages is not [var message, ..] messages)
            return new("message", $"The service sends nothing: vouchers of campaign {campaign.Code} are the client's own to deliver.");
        // Here it is masked for whoever reads it; the message itself says it.
        var to = Mask.Text(message.To.TrimStart('+'));
        var late = message.Due > message.Created ? $", and arrives at {Time(message.Due)}" : "";
        return new("message", message switch
        {
            { State: MessageState.Failed } => $"Message {message.Id}, to {to}, failed: {message.Reason}",
            _ when messages.Count > 1 => $"Messages {message.Id} and {messages[1].Id} go to {to} by {Way(message)}.",
            { State: MessageState.Waiting } => $"Message {message.Id} goes to {to} by {Way(message)}, when the mail server has taken it.",
            _ => $"Message {message.Id} goes to {to} by {Way(message)}{late}.",
        }, [Facts.DeliveryTo.Id, Facts.Undeliverable.Id]);
    }

    private static string Way(Message message) => message.Channel == Channel.Sms ? "SMS" : "e-mail";

    private static IEnumerable<WhyBody> Cancelled(Exchange call)
    {
        yield return call.Outcome is { Changed: true, Voucher: { } voucher }
            ? new("cancelled", $"Voucher {voucher.Code} was live until {Time(voucher.ExpiresAt)}, and it is {Time(call.At)}.", [Facts.LimitAfterCancel.Id])
            : new("cancel-twice", "The voucher was cancelled already, which counts as success.", [Facts.CancelTwice.Id]);
    }

    private static string Served(Campaigns.Campaign campaign) => campaign.Id == Campaigns.IdCheck.None ? $"it is a campaign of kind {campaign.Kind} without ID check" : "its vouchers are issued with an ID check, by RequestVoucherWithId";

    private static string Value(Issue issue)
    {
        var campaign = issue.Campaign!;
        var given = issue.Request.Value switch
        {
            { Given: false } => "no value was given",
            { Number: { } number } => $"{number.ToString(CultureInfo.InvariantCulture)} was given",
            _ => "what was given is no number",
        };
        return campaign.Fixed is { } face
            ? $"Campaign {campaign.Code} has the fixed value {Money.Text(face)}; {given}."
            : $"Campaign {campaign.Code} has values from {Money.Text(campaign.Least)} to {Money.Text(campaign.Most)} in whole pence; {given}.";
    }

    private static string Limit(Issue issue, Exchange call, bool refused)
    {
        var (from, to) = WeeklyLimit.Days(London.Day(call.At), call.Rules.Facts);
        var week = call.Rules.Facts.Says(Facts.LimitWindow, "iso-week-london") ? $"week {ClockApi.WeekName(from)}" : $"{from:yyyy-MM-dd} to {to:yyyy-MM-dd}";
        var asked = refused ? IssueChecks.Value(issue.Request.Value, issue.Campaign!, call.Rules.Facts).Pence : call.Outcome!.Changed ? call.Outcome.Voucher!.Pence : 0;
        // The client is as the call left it, so what this call added is taken off again.
        var counted = !refused || call.Rules.Facts.Says(Facts.RefusedCounts, "yes");
        var used = call.Client.IssuedBetween(from, to) - (counted ? asked : 0);
        var sum = $"{week}: {Money.Text(used)} used + {Money.Text(asked)} asked";
        return call.Client.WeeklyLimit is not { } limit ? $"{sum}, and the client has no limit."
            : refused ? $"{sum} {(used + asked > limit ? ">" : "=")} {Money.Text(limit)} allowed."
            : $"{sum} = {Money.Text(used + asked)} of {Money.Text(limit)} allowed.";
    }

    private static string Codes(Exchange call)
    {
        var codes = call.Rules.Campaigns.All.Where(campaign => call.Client.Grant.Allows(campaign.Code)).Select(campaign => campaign.Code).ToList();
        return codes.Count == 0 ? "none" : codes.Count <= 12 ? string.Join(", ", codes) : $"{string.Join(", ", codes.Take(12))} and {codes.Count - 12} more";
    }

    private static string Span(Campaigns.Campaign campaign) => (campaign.Starts, campaign.Ends) switch
    {
        (null, null) => "at all times",
        ({ } starts, null) => string.Create(CultureInfo.InvariantCulture, $"from {starts:yyyy-MM-dd}"),
        (null, { } ends) => string.Create(CultureInfo.InvariantCulture, $"until {ends:yyyy-MM-dd}"),
        ({ } starts, { } ends) => string.Create(CultureInfo.InvariantCulture, $"from {starts:yyyy-MM-dd} to {ends:yyyy-MM-dd}"),
    };

    private static string Day(DateTimeOffset at) => London.Day(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => London.Wall(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
