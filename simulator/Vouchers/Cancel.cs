using ImovoSim.Clients;
using ImovoSim.Faults;
using ImovoSim.Fidelity;
using ImovoSim.Storage;

namespace ImovoSim.Vouchers;

/// <summary>Cancels a voucher, or says why not.</summary>
internal sealed class Cancel(string? asked, Rulebook rules, DateTimeOffset real) : Change(real)
{
    private Profile Facts => rules.Facts;

    /// <summary>The code that was asked for, in the form that vouchers have theirs.</summary>
    public string Code { get; } = CodeOf(asked ?? "", rules.Facts);

    public override long NeedsVoucher(Client client) => VoucherCode.SerialOf(client.Seed, Code) ?? 0;

    protected override FaultSubject Subject(Client client, Found found) =>
        found.Voucher is { } voucher && voucher.Code == Code ? new(voucher.Campaign, voucher.CustomerReference) : default;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(asked))
            return Outcome.Refuse(Reason.CodeMissing);
        if (found.Voucher is not { } voucher || voucher.Code != Code)
            return Outcome.Refuse(Reason.VoucherNotFound);
        if (voucher.State == VoucherState.Cancelled && Facts.Says(Fidelity.Facts.CancelTwice, "success"))
            return new Outcome([], voucher);
        return Refusal(voucher, now) is { } reason ? new Outcome([reason], voucher) : Cancelled(client, voucher, now);
    }

    private static string CodeOf(string asked, Profile facts)
    {
        if (facts.Says(Fidelity.Facts.CodeForm, "exact"))
            return asked;
        var code = asked.Trim();
        return facts.Says(Fidelity.Facts.CodeForm, "trimmed-or-link-tail") && code.Length > 2 && char.IsAsciiLetter(code[^1]) && char.IsAsciiLetter(code[^2])
            ? code[..^2]
            : code;
    }

    private Reason? Refusal(Voucher voucher, DateTimeOffset now)
    {
        if (voucher.State != VoucherState.Issued)
            return Reason.AlreadyCancelledOrRedeemed;
        if (voucher.Used && Facts.Says(Fidelity.Facts.CancelPartUsed, "already-cancelled"))
            return Reason.AlreadyCancelledOrRedeemed;
        if (!voucher.Expired(now))
            return null;
        return Facts[Fidelity.Facts.CancelExpired] switch
        {
            "already-cancelled" => Reason.AlreadyCancelledOrRedeemed,
            "own-words" => Reason.VoucherExpired,
            _ => null,
        };
    }

    private Outcome Cancelled(Client client, Voucher voucher, DateTimeOffset now) => new(
        [],
        voucher with { State = VoucherState.Cancelled },
        Facts.Says(Fidelity.Facts.LimitAfterCancel, "yes") && voucher.CountsForLimit ? client with { DayTotals = client.WithoutTotal(voucher.IssuedOn, voucher.Pence) } : null,
        Changed: true,
        Event: new VoucherEvent(VoucherEventKind.Cancelled, now));
}
