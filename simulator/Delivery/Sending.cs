using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Faults;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Delivery;

/// <summary>What is sent for a voucher that the service delivers: by which way, to whom, and whether it can be.</summary>
internal sealed class Sending(Rulebook rules, DateTimeOffset now, DateTimeOffset real)
{
    private const string Unreachable = "It is for neither a UK mobile number nor an e-mail address.";

    /// <summary>Whom a request's message is for.</summary>
    public static string Recipient(string? deliveryRecipient, string? customerReference, Profile facts)
    {
        var reference = customerReference?.Trim() ?? "";
        if (string.IsNullOrWhiteSpace(deliveryRecipient) || facts.Says(Facts.DeliveryTo, "customer-reference"))
            return reference;
        return deliveryRecipient.Trim();
    }

    /// <summary>None where the campaign's vouchers are the client's own to deliver.</summary>
    /// <param name="strike">A fault that strikes the call, and perhaps its delivery.</param>
    public IReadOnlyList<Message> Of(Client client, Campaign campaign, Voucher voucher, Strike? strike)
    {
        if (!campaign.ByService)
            return [];
        var message = Make(client.LastMessage + 1, campaign, voucher);
        if (message.Channel == Channel.None || strike is null)
            return [message];
        return strike.Fault.Kind switch
        {
            FaultKinds.DeliveryFails => [message with { State = MessageState.Failed, Reason = $"A fault ({strike.By}) lets its delivery fail.", NextAttempt = null }],
            FaultKinds.DeliveryLate => [message with { Due = now + DeliveryLate.Of(strike.Fault) }],
            FaultKinds.DeliveryTwice => [message, message with { Id = message.Id + 1 }],
            _ => [message],
        };
    }

    private Message Make(long id, Campaign campaign, Voucher voucher)
    {
        var given = Recipient(voucher.DeliveryRecipient, voucher.CustomerReference, rules.Facts);
        var text = CustomerMessage.For(campaign, voucher, rules.Facts, rules.PublicUrl) ?? WebLink.For(campaign, voucher, rules.PublicUrl) ?? voucher.Code;
        if (Contact.IsMobile(given))
            return new Message(id, voucher, Channel.Sms, Contact.Normal(given), null, text, MessageState.Sent, now, now);
        if (!Contact.IsEmail(given))
            return new Message(id, voucher, Channel.None, given, null, text, MessageState.Failed, now, now, Unreachable);
        return rules.BySmtp
            ? new Message(id, voucher, Channel.Email, given, Subject(campaign, voucher), text, MessageState.Waiting, now, now, NextAttempt: real)
            : new Message(id, voucher, Channel.Email, given, Subject(campaign, voucher), text, MessageState.Sent, now, now);
    }

    private static string Subject(Campaign campaign, Voucher voucher) =>
        campaign.Kind is CampaignKind.Cash or CampaignKind.Energy ? $"Your £{Money.Text(voucher.Pence)} voucher" : "Your voucher";
}
