using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>Changes nothing: sees the client, and a voucher of it, as they are between two changes.</summary>
internal sealed class Look(string? code, DateTimeOffset real) : Change(real)
{
    public Client Client => After!;

    public DateTimeOffset Now => Client.Clock.At(Real);

    public Voucher? Voucher { get; private set; }

    public IReadOnlyList<VoucherEvent> History { get; private set; } = [];

    public override bool NeedsHistory => code is not null;

    public override long NeedsVoucher(Client client) => code is null ? 0 : VoucherCode.SerialOf(client.Seed, code) ?? 0;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        (Voucher, History) = found.Voucher?.Code == code ? (found.Voucher, found.History) : (null, []);
        return new Outcome([]);
    }
}
