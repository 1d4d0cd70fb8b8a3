using System.Text.Json;
using ImovoSim.Fidelity;

namespace ImovoSim.Tests;

internal static partial class Conversations
{
    private static Conversation[] Validation() =>
    [
        new(Facts.Vocabulary, async talk => $"{(await talk.Caller.Issue("NOPE")).Said}, {(await talk.WithId(("CAMP01", "NOPE"))).Said}, {(await talk.Caller.Cancel("1")).Said}",
            ("by-endpoint", UnknownCampaign + ", InvalidCampaign, Voucher not found"), ("sentences", $"{UnknownCampaign}, {UnknownCampaign}, Voucher not found"),
            ("codes", "InvalidCampaign, InvalidCampaign, VoucherNotFound")),
        new(Facts.NoCampaign, async talk => (await talk.Caller.Request("customerReference=1&value=1")).Said,
            ("does-not-exist", UnknownCampaign), ("is-required", "Unable to create voucher: the campaign code is required"), ("400-problem", "400")),
        new(Facts.NoReference, async talk => (await talk.Caller.Request("campaignCode=THINK&value=1")).Said,
            ("is-required", NoReference), ("issued", "issued 1.00"), ("400-problem", "400")),
        new(Facts.RequiredOrder, async talk => (await talk.Caller.WithId("{}")).Said,
            ("address-post-code-name", Required), ("name-address-post-code", "campaign code is required + customer reference is required + customer name is required + address is required + post code is required")),
        new(Facts.RequiredList, async talk => (await talk.Caller.WithId("""{"CampaignCode":"CAMP01","CustomerReference":"1"}""")).Said,
            ("all", "address is required + post code is required + customer name is required"), ("first", "address is required")),
        new(Facts.Blank, async talk => $"{(await talk.Caller.Issue(reference: "%20")).Said}, {(await talk.WithId(("John Smith", " "))).Said}",
            ("missing", NoReference + ", customer name is required"), ("accepted", "issued 20.00, issued 1.00")),
        new(Facts.LongText, async talk => string.Join(", ", await InTurn([256, 257], async length => (await talk.Caller.Issue(reference: new string('x', length))).Said)) + ", " + (await talk.WithId(("John Smith", new string('x', 257)))).Said,
            ("unlimited", "issued 20.00, issued 20.00, issued 1.00"), ("256-characters", "issued 20.00, Unable to create voucher: a parameter is too long, ParameterTooLong")),
        new(Facts.CheckOrder, async talk => $"{(await talk.WithId(("CAMP01", "NOPE"), ("Address", "Unknown"))).Said}, {(await talk.WithId(("CAMP01", "CLOSED"), ("1.00", "0"))).Said}",
            ("required-campaign-value", "address is required, InvalidCampaign"), ("campaign-required-value", "InvalidCampaign, InvalidCampaign"), ("required-value-campaign", "address is required, InvalidValue")),
        new(Facts.RequestErrors, async talk => (await talk.Caller.Request("campaignCode=CLOSED&value=-1")).Said,
            ("first", NoReference), ("all", $"{NoReference} + {UnknownCampaign} + {InvalidValue}")),
        new(Facts.OverMaximum, async talk => $"{(await talk.Caller.Issue(value: "100.01")).Said}, {(await talk.WithId(("1.00", "100.01"))).Said}",
            ("invalid-value", InvalidValue + ", InvalidValue"), ("own-words", "Unable to create voucher: the value entered is over the agreed maximum, ValueOverMaximum"), ("clamped", "issued 100.00, issued 100.00")),
        new(Facts.NoValue, async talk => string.Join(", ", await InTurn(["DEFAULTED", "THINK"], async campaign => (await talk.Caller.Issue(campaign, "")).Said)),
            ("default-or-invalid", "issued 5.00, " + InvalidValue), ("invalid-value", $"{InvalidValue}, {InvalidValue}"), ("zero", "issued 0.00, issued 0.00")),
        new(Facts.FixedValue, async talk => string.Join(", ", await InTurn(["3", "abc"], async value => (await talk.Caller.Issue("OFF50P", value)).Said)),
            ("ignored", "issued 0.50, issued 0.50"), ("invalid-value", $"{InvalidValue}, {InvalidValue}"), ("applied", "issued 3.00, " + InvalidValue)),
        new(Facts.ZeroValue, async talk => (await talk.Caller.Issue("DEFAULTED", "0.00")).Said, ("invalid-value", InvalidValue), ("treated-as-missing", "issued 5.00")),
        new(Facts.UnderMinimum, async talk => (await talk.Caller.Issue(value: "0.99")).Said, ("invalid-value", InvalidValue), ("issued", "issued 0.99")),
        new(Facts.ThirdDecimal, async talk => string.Join(", ", await InTurn(["1.005", "1.009"], async value => (await talk.Caller.Issue(value: value)).Said)),
            ("invalid-value", $"{InvalidValue}, {InvalidValue}"), ("rounded", "issued 1.01, issued 1.01"), ("truncated", "issued 1.00, issued 1.00")),
        new(Facts.Unparsable, async talk => (await talk.Caller.Issue("DEFAULTED", "abc")).Said, ("invalid-value", InvalidValue), ("treated-as-missing", "issued 5.00")),
        new(Facts.Thousands, async talk => (await talk.Caller.Issue("BIG", "1,000.00")).Said, ("accepted", "issued 1000.00"), ("invalid-value", InvalidValue)),
        new(Facts.ValueAsText, async talk => (await talk.WithId(("1.00", "\"1.00\""))).Said, ("accepted", "issued 1.00"), ("400-problem", "400")),
        new(Facts.EnergyOnRequest, async talk => (await talk.Caller.Issue("ENERGY49", "5")).Said, ("yes", "issued 5.00"), ("as-unknown-campaign", UnknownCampaign)),
        new(Facts.IdCampaignOnRequest, async talk => (await talk.Caller.Issue("CAMP01", "5")).Said, ("unless-id-is-required", "issued 5.00"), ("as-unknown-campaign", UnknownCampaign)),
        new(Facts.PlainCampaignWithId, async talk => (await talk.WithId(("CAMP01", "THINK"))).Said, ("yes", "issued 1.00"), ("as-unknown-campaign", "InvalidCampaign")),
        new(Facts.ForeignCampaign, async talk => $"{(await talk.Stranger.Issue()).Said}, {(await talk.Stranger.WithId(Caller.Sample)).Said}",
            ("as-unknown-campaign", UnknownCampaign + ", InvalidCampaign"), ("own-words", "Unable to create voucher: the campaign code submitted belongs to another client, CampaignNotAllowed")),
        new(Facts.ClosedCampaign, async talk => string.Join(", ", await InTurn(["CLOSED", "FUTURE"], async campaign => (await talk.Caller.Issue(campaign)).Said)) + ", " + (await talk.WithId(("CAMP01", "CLOSED"))).Said,
            ("as-unknown-campaign", $"{UnknownCampaign}, {UnknownCampaign}, InvalidCampaign"),
            ("own-words", "Unable to create voucher: the campaign is not open, Unable to create voucher: the campaign is not open, CampaignNotOpen")),
        new(Facts.CampaignMatch, async talk => string.Join(", ", await InTurn(["think", "%20THINK%20", "THINK"], async campaign => (await talk.Caller.Issue(campaign)).Said)),
            ("any-case-trimmed", "issued 20.00, issued 20.00, issued 20.00"), ("exact", $"{UnknownCampaign}, {UnknownCampaign}, issued 20.00")),
        new(Facts.PostCodeForm, async talk => $"{(await talk.WithId(("AL1 0BS", "XXX"))).Said}, {(await talk.WithId()).Said}",
            ("no", "issued 1.00, issued 1.00"), ("yes", "post code is invalid, issued 1.00")),
        new(Facts.Undeliverable, async talk => $"{(await talk.Caller.Issue(reference: "abc")).Said}, {(await talk.WithId(("Johnsmith@email.com", "abc"))).Said}, {(await talk.Caller.Issue("OFF50P", reference: "abc")).Said}",
            ("issued", "issued 20.00, issued 1.00, issued 0.50"),
            ("refused", "Unable to create voucher: the customer reference is not a mobile number or email address, InvalidDeliveryRecipient, issued 0.50")),
        new(Facts.DeliveryTo, async talk => $"{await SentTo(talk, ("09283-765748", "07700900001"))}, {await SentTo(talk, ("09283-765748", "07700900001"), ("Johnsmith@email.com", ""))}",
            ("delivery-recipient-first", "Johnsmith@email.com, +447700900001"), ("customer-reference", "+447700900001, +447700900001")),
    ];

    private static async Task<string> SentTo(Talk talk, params (string Old, string New)[] changes)
    {
        await talk.WithId(changes);
        var reply = await talk.Caller.Send(HttpMethod.Get, "/_sim/messages?limit=1");
        return JsonDocument.Parse(reply.Bytes).RootElement.GetProperty("messages")[0].GetProperty("to").GetString()!;
    }
}
