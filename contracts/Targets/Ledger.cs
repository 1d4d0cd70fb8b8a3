namespace ImovoSim.Contracts;

/// <summary>What a run has issued and not cancelled, so that nothing is left behind at a service that is not ours.</summary>
public sealed class Ledger
{
    private readonly Lock _door = new();
    private readonly List<(string Client, string Code)> _live = [];
    private readonly List<string> _unsure = [];

    /// <summary>Codes that the run could not cancel.</summary>
    public IReadOnlyList<string> Uncancelled { get { lock (_door) return [.. _live.Select(voucher => voucher.Code)]; } }

    /// <summary>Customer references of calls whose answer was lost: a voucher may have been issued to each.</summary>
    public IReadOnlyList<string> Unsure { get { lock (_door) return [.. _unsure]; } }

    internal void Issued(string client, string code) { lock (_door) _live.Add((client, code)); }

    /// <summary>Strikes out the code that a successful cancellation spoke of, wherever in the call it stood.</summary>
    internal bool CancelledIn(string call) { lock (_door) return _live.RemoveAll(voucher => call.Contains(voucher.Code, StringComparison.Ordinal)) > 0; }

    internal void LostAnswer(string call) { lock (_door) _unsure.Add(call); }

    /// <summary>Cancels what is live, each once; what refuses stays listed.</summary>
    /// <param name="target">Where the vouchers live.</param>
    /// <param name="stop">Ends the cleaning up; not the token that ended the run.</param>
    public async Task CancelAll(Target target, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(target);
        (string Client, string Code)[] live;
        lock (_door) live = [.. _live];
        foreach (var (client, code) in live)
        {
            try
            {
                var call = Call.Post($"/Voucher/CancelVoucher?voucherCode={Uri.EscapeDataString(code)}") with { Client = client };
                var answer = await Wire.Send(target, call, text => text, stop);
                if (answer.Succeeded) CancelledIn(code);
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
            {
                // Stays listed; the next code may still work.
            }
        }
    }
}
