using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Fidelity;
using ImovoSim.Storage;

namespace ImovoSim.Vouchers;

/// <summary>Takes back the last redemption of a voucher, or says why not.</summary>
internal sealed class VoidRedemption(string code, string? outlet, string? terminal, Profile facts, DateTimeOffset real) : Change(real)
{
    public override bool NeedsHistory => true;

    public override long NeedsVoucher(Client client) => VoucherCode.SerialOf(client.Seed, code) ?? 0;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        if (found.Voucher is not { } voucher || voucher.Code != code)
            return Outcome.Refuse(Reason.VoucherNotFound);
        var standing = Redemptions.Standing(found.History);
        if (standing.Count == 0)
            return new Outcome([Reason.NothingToVoid], voucher);
        if (voucher.State == VoucherState.Cancelled)
            return new Outcome([Reason.VoidCancelled], voucher);
        if (!facts.Says(Facts.VoidWindow, "any") && London.Day(standing[^1].At) != London.Day(now))
            return new Outcome([Reason.VoidTooLate], voucher);
        if (facts.Says(Facts.VoidWindow, "same-terminal-same-day") && (standing[^1].Outlet, standing[^1].Terminal) != (outlet, terminal))
            return new Outcome([Reason.VoidElsewhere], voucher);
        return new Outcome(
            [],
            voucher with { Used = standing.Count > 1, UsesLeft = voucher.UsesLeft + 1, State = VoucherState.Issued },
            Changed: true,
            Event: new VoucherEvent(VoucherEventKind.Voided, now, standing[^1].Pence, outlet, terminal, "Redemption voided"));
    }
}
