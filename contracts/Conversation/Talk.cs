using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts;

/// <summary>A conversation under way: what a case may say and do. Every turn is written down.</summary>
public sealed partial class Talk
{
    private readonly Target _target;
    private readonly References _references;
    private readonly Transcript _transcript;
    private readonly CancellationToken _stop;
    private int _referencesGiven;

    internal Talk(Case conversation, Target target, CancellationToken stop)
    {
        _target = target;
        _references = new(target, conversation.Id);
        _transcript = new(conversation);
        _stop = stop;
    }

    /// <summary>A customer reference of this conversation's own, e.g. <c>{reference 1}</c>.</summary>
    public string NewReference() => string.Create(CultureInfo.InvariantCulture, $"{{reference {++_referencesGiven}}}");

    /// <summary>Asks for a voucher as the vendor's first sample does: parameters in the query of a POST.</summary>
    /// <param name="role">The campaign, by role.</param>
    /// <param name="value">Pounds as written, or null to leave the parameter out.</param>
    /// <param name="reference">The customer reference; null for a new one.</param>
    /// <param name="client">Who asks; null for the campaign's own client.</param>
    public async Task<Voucher> Request(string role, string? value = null, string? reference = null, string? client = null)
    {
        Affordable(role, value);
        var path = $"/VoucherRequest/Request?campaignCode={{{role}}}&customerReference={reference ?? NewReference()}"
            + (value is null ? "" : $"&value={value}");
        return await Issue(Call.Post(path) with { Role = role, Value = value, Client = client ?? ClientOf(role) });
    }

    /// <summary>Asks for a voucher with an ID check as the vendor's second sample does, its faulty e-mail address mended.</summary>
    /// <param name="role">The campaign, by role.</param>
    /// <param name="value">Pounds as a JSON number, or null to leave the member out.</param>
    /// <param name="reference">The customer reference; null for a new one.</param>
    /// <param name="client">Who asks; null for the campaign's own client.</param>
    public async Task<Voucher> RequestWithId(string role, string? value = null, string? reference = null, string? client = null)
    {
        Affordable(role, value);
        var member = value is null ? "" : $"\"VoucherValue\":{value},";
        var json = $"{{\"CampaignCode\":\"{{{role}}}\",{member}\"CustomerReference\":\"{reference ?? NewReference()}\",{Customer}}}";
        return await Issue(Call.PostJson("/VoucherRequest/RequestVoucherWithId", json) with { Role = role, Value = value, Client = client ?? ClientOf(role) });
    }

    /// <summary>The customer of the vendor's second sample, as members of a JSON body.</summary>
    public const string Customer = "\"CustomerName\":\"John Smith\",\"Address\":\"19 Test Street, Welwyn Garden City\",\"Postcode\":\"AL1 0BS\"";

    /// <summary>Cancels a voucher.</summary>
    /// <param name="voucher">What an earlier turn issued.</param>
    /// <param name="client">Who asks; null for the first client.</param>
    public Task<Answer> Cancel(Voucher voucher, string? client = null)
    {
        ArgumentNullException.ThrowIfNull(voucher);
        return Cancel(voucher.Name, client);
    }

    /// <summary>Cancels by a code as written.</summary>
    /// <param name="code">A code or a placeholder.</param>
    /// <param name="client">Who asks; null for the first client.</param>
    public Task<Answer> Cancel(string code, string? client = null) =>
        Say(Call.Post($"/Voucher/CancelVoucher?voucherCode={code}") with { Client = client ?? Client.First });

    /// <summary>Says anything.</summary>
    /// <param name="call">The call, with placeholders.</param>
    public async Task<Answer> Say(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _transcript.Ask(call);
        var answer = await Exchange(call, own: null);
        _transcript.Answer(answer);
        return answer;
    }

    /// <summary>Says a call that asks for a voucher in an unusual way, and names what it issued.</summary>
    /// <param name="call">The call, with placeholders.</param>
    public async Task<Voucher> Issue(Call call)
    {
        var answer = await Say(call);
        var name = VoucherName().Match(answer.Body);
        return new(name.Success ? $"{{{name.Groups[1].Value}}}" : "{no voucher}");
    }

    /// <summary>Says the same call several times at once; the answers are counted, for their order is nobody's promise.</summary>
    /// <param name="times">How many.</param>
    /// <param name="call">The call; <c>{own reference}</c> in it differs each time.</param>
    public async Task AtOnce(int times, Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _transcript.Ask(call, string.Create(CultureInfo.InvariantCulture, $"{times} at once: "));
        var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(one => Task.Run(() => Exchange(call, one), _stop)));
        foreach (var same in answers.GroupBy(Transcript.Written, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            _transcript.Answer(same.First(), string.Create(CultureInfo.InvariantCulture, $"{same.Count()} of {times}: "));
    }

    /// <summary>Sets the target's clock.</summary>
    /// <param name="instant">An instant as ISO 8601 with its offset, e.g. <c>2026-03-29T23:59:59+01:00</c>.</param>
    public async Task SetClock(string instant)
    {
        if (_target.SetClock is not { } set) throw new NotRun(Capability.Meaning(Capability.Clock));
        await set(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), _stop);
        _transcript.Note($"the clock shows {instant}");
    }

    /// <summary>Redeems a voucher at a till.</summary>
    /// <param name="voucher">What an earlier turn issued.</param>
    public async Task Redeem(Voucher voucher)
    {
        ArgumentNullException.ThrowIfNull(voucher);
        if (_target.Redeem is not { } till) throw new NotRun(Capability.Meaning(Capability.Redeem));
        var said = await till(_target.Keys[Client.First], _references.Expand(voucher.Name, text => text, null), _stop);
        _transcript.Note($"{voucher.Name} is taken to a till: {said}");
    }

    [GeneratedRegex(@"\{(voucher \d+)(: [^}]*)?\}")]
    private static partial Regex VoucherName();
}
