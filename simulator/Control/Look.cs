using ImovoSim.Clients;
using ImovoSim.Storage;

namespace ImovoSim.Control;

/// <summary>Changes nothing: sees the client, and a voucher of it, as they are between two changes.</summary>
internal sealed class Look(long serial, DateTimeOffset real) : Change(real)
{
    public override long NeedsVoucher(Client client) => serial;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new([], found.Voucher);
}
