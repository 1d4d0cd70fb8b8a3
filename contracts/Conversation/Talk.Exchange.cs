using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts;

/// <content>What happens beneath a turn: placeholders out, the call, what it cost, placeholders in.</content>
public sealed partial class Talk
{
    internal string Text => _transcript.ToString();

    /// <summary>The conversation cannot go on, e.g. because the voucher that it is about was not issued.</summary>
    internal void EndsEarly(string why) => _transcript.Note($"the conversation ends here: {why}");

    private async Task<Answer> Exchange(Call call, int? own)
    {
        var cost = Cost(call);
        _target.Budget.Take(cost, issues: call.Role is not null);
        var sent = call with { Path = _references.Expand(call.Path, Uri.EscapeDataString, own) };
        var before = _target.Clock.GetUtcNow();
        Answer answer;
        try
        {
            answer = await Wire.Send(_target, sent, body => _references.Expand(body, Escape(call), own), _stop);
        }
        catch (Exception failure) when (call.Role is not null)
        {
            if (NeverArrived(failure)) _target.Budget.GiveBack(cost);
            else _target.Ledger?.LostAnswer($"{call.Method} {sent.Path}{ReferenceIn(call, own)}");
            throw;
        }
        Account(call, sent, answer, cost);
        var window = new CallWindow(before - _target.Leeway, _target.Clock.GetUtcNow() + _target.Leeway, call.Role is { } role ? _target.Campaign(role) : null, call.Role);
        return answer with { Body = _references.Name(answer.Body, window, own) };
    }

    /// <summary>Without a connection there was no request, and nothing that could have been issued.</summary>
    private static bool NeverArrived(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>Whoever looks for a voucher that may have been issued looks by its customer reference, which the path need not hold.</summary>
    private string ReferenceIn(Call call, int? own) =>
        ReferenceSpoken().Match(call.Body ?? "") is { Success: true } spoken ? ", customer reference " + _references.Expand(spoken.Value, text => text, own) : "";

    private void Account(Call call, Call sent, Answer answer, decimal cost)
    {
        if (call.Role is not null && (!answer.Succeeded || References.CodeIn(answer.Body) is null)) _target.Budget.GiveBack(cost);
        if (_target.Ledger is not { } ledger || !answer.Succeeded) return;
        if (References.CodeIn(answer.Body) is { } issued)
            ledger.Issued(call.Client, issued);
        else if (ledger.CancelledIn(sent.Path + " " + _references.Expand(call.Body ?? "", text => text, null)))
            _target.Budget.CancelledInCase();
    }

    private decimal Cost(Call call)
    {
        if (call.Role is not { } role || _target.Campaign(role) is not { } campaign) return 0;
        if (campaign.Value is { } always) return always;
        // What a service makes of a value that is no plain number nobody knows beforehand: as much as it may issue.
        if (Number(_references.Expand(call.Value ?? "", text => text, null).Trim('"')) is not { } asked) return campaign.Maximum ?? 0;
        return Math.Clamp(asked, 0, campaign.Maximum ?? Math.Max(asked, 0));
    }

    /// <summary>A value that suits the snapshots' campaign may not suit this target's; then the case says nothing about it.</summary>
    private void Affordable(string role, string? value)
    {
        if (_target.Campaign(role) is not { } here || Campaign.OfTheSnapshots.GetValueOrDefault(role) is not { } there) return;
        if (here.Value != there.Value)
            throw new NotRun($"the \"{role}\" campaign there does not fix the value that the snapshot speaks of");
        if (Number(value) is { } asked && asked >= there.Minimum && asked <= there.Maximum && (asked < here.Minimum || asked > here.Maximum))
            throw new NotRun(string.Create(CultureInfo.InvariantCulture, $"{asked:0.00} is not to be had from the \"{role}\" campaign there"));
    }

    private string ClientOf(string role) => _target.Campaign(role)?.Client ?? Client.First;

    private static Func<string, string> Escape(Call call) =>
        call.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true
            ? Uri.EscapeDataString
            : text => JsonEncodedText.Encode(text).ToString();

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\{(own reference|reference \d+)\}")]
    private static partial Regex ReferenceSpoken();
}
