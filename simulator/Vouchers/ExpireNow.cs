using ImovoSim.Clients;
using ImovoSim.Storage;

namespace ImovoSim.Vouchers;

/// <summary>Ends a voucher before its time. One that has ended by itself stays as it is.</summary>
internal sealed class ExpireNow(string code, DateTimeOffset real) : Change(real)
{
    public override long NeedsVoucher(Client client) => VoucherCode.SerialOf(client.Seed, code) ?? 0;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        if (found.Voucher is not { } voucher || voucher.Code != code)
            return Outcome.Refuse(Reason.VoucherNotFound);
        if (voucher.State != VoucherState.Issued)
            return new Outcome([Reason.AlreadyCancelledOrRedeemed], voucher);
        return voucher.Expired(now)
            ? new Outcome([], voucher)
            : new Outcome([], voucher with { ExpiresAt = now.AddTicks(-1) }, Changed: true, Event: new VoucherEvent(VoucherEventKind.Expired, now));
    }
}
