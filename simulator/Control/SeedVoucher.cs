using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>A voucher as a seed lists it. Times are instants, or without an offset times in London.</summary>
internal sealed record SeedVoucher(
    [property: Required, Description("One of the client's campaigns, by its code.")] string? Campaign,
    [property: Description("Pounds; left out where the campaign fixes them.")] decimal? Value,
    [property: Required, Description("The customer reference.")] string? CustomerReference,
    [property: Description("Where it was asked to be sent to.")] string? DeliveryRecipient,
    [property: Description("Of a voucher with ID check, with address and post code.")] string? CustomerName,
    [property: Description("Of a voucher with ID check.")] string? Address,
    [property: Description("Of a voucher with ID check.")] string? PostCode,
    [property: Description("How it stands; live unless told."), AllowedValues("live", "redeemed", "cancelled", "expired")] string? State,
    [property: Description("When it was issued; without an offset a time in London. Now unless told, and for an expired one as long ago as its validity needs.")] string? IssuedAt,
    [property: Description("When it ends; as its campaign says unless told.")] string? ExpiresAt,
    [property: Description("When it was redeemed or cancelled.")] string? EndedAt,
    [property: Description("Where it was redeemed.")] string? Outlet,
    [property: Description("The terminal that redeemed it.")] string? Terminal);

/// <summary>A voucher to be made: what a list says of it or what was drawn, checked as far as that goes without a client.</summary>
internal sealed record PlannedVoucher(
    string Name, Campaign Campaign, long Pence, string Reference, string? Recipient, IdBlock? Id, Standing State,
    DateTimeOffset? IssuedAt = null, DateTimeOffset? ExpiresAt = null, DateTimeOffset? EndedAt = null, string? Outlet = null, string? Terminal = null)
{
    private const int LongestText = 256;

    // Far enough back for any validity; a voucher that is live then has no end.
    private const int MostDaysBack = 1 << 14;

    public static IEnumerable<PlannedVoucher> All(IReadOnlyList<SeedVoucher> listed, Client client, Rulebook rules) =>
        listed.Select((one, i) => one is null ? throw new SeedException($"vouchers[{i}] is null.") : Of($"vouchers[{i}]", one, client, rules));

    public (Voucher Voucher, VoucherEvent? Ended) Make(ulong seed, long serial, Rulebook rules, DateTimeOffset now)
    {
        var issued = IssuedAt ?? (State == Standing.Expired && ExpiresAt is null ? LongAgo(rules, now) : now);
        var expires = ExpiresAt ?? Expiry.Of(Campaign, issued, rules.Facts) ?? throw Wrong($"a voucher of {Campaign.Code} issued then would end after its campaign: give \"expiresAt\"");
        CheckTimes(issued, expires, now);
        var code = Issue.CodeOf(seed, serial, Campaign, rules.Facts) ?? throw Wrong($"the codes of {Campaign.Code} are used up");
        var voucher = new Voucher(
            serial, code, Campaign.Code, Pence, issued, expires, Reference, Recipient, Id, WebLink.Tail(Campaign, seed, serial, code, rules.Facts), Campaign.Uses,
            PerReference: Issue.FoundByReference(Campaign, rules.Facts));
        var ended = EndedAt ?? (expires < now ? expires : now);
        return State switch
        {
            Standing.Redeemed => (voucher with { State = VoucherState.Redeemed, Used = true, UsesLeft = 0 },
                new VoucherEvent(VoucherEventKind.Redeemed, ended, Pence, Outlet, Terminal, Redeem.Text(Pence, rules.Facts))),
            Standing.Cancelled => (voucher with { State = VoucherState.Cancelled }, new VoucherEvent(VoucherEventKind.Cancelled, ended)),
            _ => (voucher, null),
        };
    }

    private static PlannedVoucher Of(string name, SeedVoucher listed, Client client, Rulebook rules)
    {
        SeedException Wrong(string why) => new($"{name}: {why}.");
        DateTimeOffset? At(string member, string? text) => text is null ? null
            : Instants.Parse(text) ?? throw Wrong($"\"{member}\" must be an instant such as 2026-08-03T00:00:00+01:00, or without an offset a time in London");
        if (rules.Campaigns.Find(listed.Campaign ?? "") is not { } campaign || !client.Grant.Allows(campaign.Code))
            throw Wrong($"\"campaign\" must be one that this client may use; {listed.Campaign ?? "none"} is not");
        if (string.IsNullOrWhiteSpace(listed.CustomerReference))
            throw Wrong("\"customerReference\" is missing");
        string?[] id = [listed.CustomerName, listed.Address, listed.PostCode];
        string?[] texts = [listed.CustomerReference, listed.DeliveryRecipient, .. id, listed.Outlet, listed.Terminal];
        if (texts.Any(text => text?.Length > LongestText || text?.Contains('\0') == true))
            throw Wrong($"its texts have at most {LongestText} characters, and no NUL");
        if (id.Any(string.IsNullOrWhiteSpace) && (id.Any(text => text is not null) || campaign.Id == IdCheck.Required))
            throw Wrong("\"customerName\", \"address\" and \"postCode\" stand together, and a campaign that needs them has them");
        if (!Enum.TryParse<Standing>(listed.State ?? "live", ignoreCase: true, out var state) || !char.IsAsciiLetter((listed.State ?? "live")[0]))
            throw Wrong("\"state\" must be live, redeemed, cancelled or expired");
        var ends = state is Standing.Redeemed or Standing.Cancelled;
        if ((listed.EndedAt is not null && !ends) || ((listed.Outlet ?? listed.Terminal) is not null && state != Standing.Redeemed))
            throw Wrong("\"endedAt\" is for what is redeemed or cancelled, \"outlet\" and \"terminal\" for what is redeemed");
        var (pence, refusal) = IssueChecks.Value(listed.Value is { } pounds ? AskedValue.Of(pounds) : AskedValue.Absent, campaign, rules.Facts);
        if (refusal is not null)
            throw Wrong($"\"value\" must be one that {campaign.Code} allows{(campaign.Fixed is null ? $", from {Money.Text(campaign.Least)} to {Money.Text(campaign.Most)}" : "")}");
        return new PlannedVoucher(
            name, campaign, pence, listed.CustomerReference, listed.DeliveryRecipient, id[0] is null ? null : new IdBlock(id[0]!, id[1]!, id[2]!), state,
            At("issuedAt", listed.IssuedAt), At("expiresAt", listed.ExpiresAt), At("endedAt", listed.EndedAt), listed.Outlet, listed.Terminal);
    }

    private DateTimeOffset LongAgo(Rulebook rules, DateTimeOffset now)
    {
        for (var days = 1; days <= MostDaysBack; days *= 2)
        {
            if (Expiry.Of(Campaign, now.AddDays(-days), rules.Facts) < now)
                return now.AddDays(-days);
        }

        throw Wrong($"a voucher of {Campaign.Code} does not expire: give \"expiresAt\"");
    }

    private void CheckTimes(DateTimeOffset issued, DateTimeOffset expires, DateTimeOffset now)
    {
        if (issued > now || issued < now.AddDays(-MostDaysBack))
            throw Wrong($"it was issued at {Text(issued)}, which must lie before the client's time, {Text(now)}, and not more than {MostDaysBack} days");
        if (expires < issued && State != Standing.Expired)
            throw Wrong($"it expires at {Text(expires)}, before it is issued");
        if (State == Standing.Live && expires < now)
            throw Wrong($"it expired at {Text(expires)}: say \"state\":\"expired\", or give a later \"expiresAt\"");
        if (State == Standing.Expired && expires >= now)
            throw Wrong($"it expires only at {Text(expires)}: give an earlier \"issuedAt\" or \"expiresAt\"");
        if (EndedAt < issued || EndedAt > now || (State == Standing.Redeemed && EndedAt > expires))
            throw Wrong($"\"endedAt\" must lie between its issue, {Text(issued)}, and the client's time, {Text(now)}, and not after its expiry");
    }

    private static string Text(DateTimeOffset instant) => $"{London.Local(instant):yyyy-MM-ddTHH:mm:sszzz}";

    private SeedException Wrong(string why) => new($"{Name}: {why}.");
}
