namespace ImovoSim.Vouchers;

/// <summary>The redemptions of a voucher that stand, oldest first: a void takes back the last.</summary>
internal static class Redemptions
{
    public static IReadOnlyList<VoucherEvent> Standing(IReadOnlyList<VoucherEvent> history)
    {
        var standing = new List<VoucherEvent>();
        foreach (var happened in history)
        {
            if (happened.Kind == VoucherEventKind.Redeemed)
                standing.Add(happened);
            else if (happened.Kind == VoucherEventKind.Voided)
                standing.RemoveAt(standing.Count - 1);
        }

        return standing;
    }
}
