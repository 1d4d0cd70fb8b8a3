namespace ImovoSim.Wire;

/// <summary>The vendor's three operations.</summary>
internal enum Operation
{
    Request,
    RequestVoucherWithId,
    CancelVoucher,
}
