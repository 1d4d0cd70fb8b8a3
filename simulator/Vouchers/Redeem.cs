using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Fidelity;
using ImovoSim.Storage;

namespace ImovoSim.Vouchers;

/// <summary>A shop redeems a voucher, or its terminal says why not.</summary>
/// <param name="pence">What is to be paid out of a voucher of several uses; all that it is worth where not given.</param>
internal sealed class Redeem(string code, string? outlet, string? terminal, long? pence, Rulebook rules, DateTimeOffset real) : Change(real)
{
    public override bool NeedsHistory => true;

    public override long NeedsVoucher(Client client) => VoucherCode.SerialOf(client.Seed, code) ?? 0;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        if (found.Voucher is not { } voucher || voucher.Code != code)
            return Outcome.Refuse(Reason.VoucherNotFound);
        var campaign = rules.Campaigns.Find(voucher.Campaign);
        var several = campaign is { Uses: > 1 };
        if (Unusable(voucher, several, now) is { } reason)
            return new Outcome([reason], voucher);
        var before = Redemptions.Standing(found.History);
        if (campaign is { OncePerDay: true } && before.Any(use => London.Day(use.At) == London.Day(now)))
            return new Outcome([Reason.NotToday], voucher);
        var shared = several && SharesBalance(campaign!.OncePerDay);
        var left = voucher.Pence - (shared ? before.Sum(use => use.Pence) : 0);
        if (pence > left)
            return new Outcome([Reason.BalanceTooSmall], voucher);
        return !several && (pence ?? left) != left
            ? new Outcome([Reason.OnlyWhole], voucher)
            : Use(voucher, pence ?? left, lastPenny: shared && (pence ?? left) == left, now);
    }

    private static Reason? Unusable(Voucher voucher, bool several, DateTimeOffset now) => voucher.State switch
    {
        VoucherState.Cancelled => Reason.Cancelled,
        VoucherState.Redeemed => several ? Reason.UsedUp : Reason.AlreadyUsed,
        _ => voucher.Expired(now) ? Reason.Expired : null,
    };

    private bool SharesBalance(bool oncePerDay) => rules.Facts[Facts.RedeemAmount] switch
    {
        "from-one-balance" => true,
        "whole-value-each-time" => false,
        _ => !oncePerDay,
    };

    private Outcome Use(Voucher voucher, long taken, bool lastPenny, DateTimeOffset now)
    {
        var uses = Math.Max(voucher.UsesLeft - 1, 0);
        return new Outcome(
            [],
            voucher with { Used = true, UsesLeft = uses, State = uses == 0 || lastPenny ? VoucherState.Redeemed : VoucherState.Issued },
            Changed: true,
            Event: new VoucherEvent(VoucherEventKind.Redeemed, now, taken, outlet, terminal, Text(taken, rules.Facts)));
    }

    /// <summary>What the terminal is told.</summary>
    public static string Text(long taken, Profile facts) =>
        facts.Says(Facts.RedeemText, "success") ? "Success" : $"Redemption successful - transaction is worth £{Money.Text(taken)}";
}
