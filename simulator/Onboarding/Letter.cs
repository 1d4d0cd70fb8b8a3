using System.Globalization;
using System.Text;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Vouchers;

namespace ImovoSim.Onboarding;

/// <summary>What the owner of a new key reads: the key, where to call, what may be asked for, and a first call that works.</summary>
internal sealed class Letter(CampaignFile campaigns)
{
    private const long UsualPence = 20_00;

    public string For(string name, string key, CampaignGrant grant, long? weeklyLimit, string address, DateOnly today)
    {
        Campaign[] allowed = [.. campaigns.Current.All.Where(campaign => campaign.Open(today) && grant.Allows(campaign.Code))];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The key of {name} at a simulator of the i-movo voucher service.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Key: {key}\nAddress: {address}\nWeekly limit: {(weeklyLimit is { } pence ? Pounds(pence) : "none")}\n\n");
        text.Append("Send the key in the header X-API-KEY of every call. It is written nowhere but here: keep it as a secret. ");
        text.Append("Another one, in its place, is at POST /_sim/onboarding/rotate-key.\n\n");
        text.Append(allowed.Length == 0 ? "No campaign is open to this key.\n" : "Campaigns:\n");
        foreach (var campaign in allowed)
            text.Append(CultureInfo.InvariantCulture, $"{campaign.Code}: {Describe(campaign)}\n");
        if ((allowed.FirstOrDefault(campaign => campaign.Id != IdCheck.Required) ?? allowed.FirstOrDefault()) is { } first)
            text.Append(CultureInfo.InvariantCulture, $"\nA first call:\n{FirstCall(first, key, address)}\n");
        return text.ToString();
    }

    private static string Describe(Campaign campaign) => string.Concat(
        campaign.Kind.ToString().ToLowerInvariant(),
        campaign.Fixed is { } pence ? $", {Pounds(pence)} each" : $", from {Pounds(campaign.Least)} to {Pounds(campaign.Most)}",
        campaign.Id switch
        {
            IdCheck.Required => ", by RequestVoucherWithId alone: name, address and post code are needed",
            IdCheck.Shown => ", with name, address and post code by RequestVoucherWithId, without by Request",
            _ => "",
        },
        campaign.MaximumPerReference is { } most ? $", {most} live at most for a customer reference" : "");

    private static string FirstCall(Campaign campaign, string key, string address)
    {
        var code = Uri.EscapeDataString(campaign.Code);
        var value = campaign.Fixed is null ? Money.Text(Math.Clamp(UsualPence, campaign.Least, campaign.Most)) : null;
        return campaign.Id == IdCheck.Required
            ? $"curl -X POST '{address}/VoucherRequest/RequestVoucherWithId' -H 'X-API-KEY: {key}' -H 'Content-Type: application/json' "
                + $"-d '{{\"CampaignCode\":\"{code}\",{(value is null ? "" : $"\"VoucherValue\":{value},")}\"CustomerReference\":\"07700900123\",\"CustomerName\":\"John Smith\",\"Address\":\"19 Test Street\",\"PostCode\":\"AL1 0BS\"}}'"
            : $"curl -X POST '{address}/VoucherRequest/Request?campaignCode={code}&customerReference=07700900123{(value is null ? "" : $"&value={value}")}' -H 'X-API-KEY: {key}'";
    }

    private static string Pounds(long pence) => $"£{Money.Text(pence)}";
}
