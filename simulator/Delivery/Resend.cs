using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Delivery;

/// <summary>Sends a voucher's message once more, to whom and as it was asked for.</summary>
internal sealed class Resend(string code, Rulebook rules, DateTimeOffset real) : Change(real)
{
    /// <summary>Why it cannot be sent, as a sentence.</summary>
    public string? Wrong { get; private set; }

    public override long NeedsVoucher(Client client) => VoucherCode.SerialOf(client.Seed, code) ?? 0;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        Wrong = null;
        if (found.Voucher is not { } voucher || voucher.Code != code)
            return Outcome.Refuse(Reason.VoucherNotFound);
        if (!voucher.Live(now))
            return Refuse("The voucher is redeemed, cancelled or expired, and its message is of no use any more.");
        if (rules.Campaigns.Find(voucher.Campaign) is not { ByService: true } campaign)
            return Refuse("The service does not deliver the vouchers of this campaign: there is nothing to send again.");
        var messages = new Sending(rules, now, Real).Of(client, campaign, voucher, null);
        return new Outcome([], Client: client with { LastMessage = client.LastMessage + messages.Count }, Messages: messages);
    }

    private Outcome Refuse(string why)
    {
        Wrong = why;
        return new Outcome([]);
    }
}
