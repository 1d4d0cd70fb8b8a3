namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>Whatever answers at IMOVO_TARGET, with the keys and the settings file that the environment names.</summary>
public sealed class AnyAddress : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http = new(Target.NewHandler());
    private readonly SemaphoreSlim _oneCallAtATime = new(1);
    private readonly Target? _target;
    private readonly TargetSettings? _settings;

    public AnyAddress()
    {
        if (Variable("IMOVO_TARGET") is not { } address) return;
        _settings = Variable("IMOVO_SETTINGS") is { } file ? TargetSettings.Read(file) : null;
        _target = AddressTarget.At(new Uri(address), Variable("IMOVO_API_KEY"), Variable("IMOVO_API_KEY_2"), _settings, TimeProvider.System, _http);
    }

    /// <summary>Whether any conversation has been held to its end yet.</summary>
    public bool Heard { get; private set; }

    public string? Missing => _target is null ? "IMOVO_TARGET names no address" : null;

    internal async Task<Outcome> Hold(Case one, CancellationToken stop)
    {
        await _oneCallAtATime.WaitAsync(stop);
        try
        {
            var provenance = Provenance.Read(Path.GetFullPath(Path.Combine(Approval.Approved.Directory, "../provenance.json")));
            var report = await Runner.Run(_target!, [one], provenance, _ => { }, stop);
            provenance.Record(_settings, _target!.Name, report.Outcomes, TimeProvider.System);
            Heard |= report.Outcomes[0].Verdict is Verdict.Held or Verdict.Differs or Verdict.NoSnapshot;
            return report.Outcomes[0];
        }
        finally
        {
            _oneCallAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_target?.Ledger is { } ledger)
        {
            await ledger.CancelAll(_target, CancellationToken.None);
            foreach (var code in ledger.Uncancelled) await Console.Error.WriteLineAsync($"LEFT BEHIND: voucher {code} is still live: its cancellation failed");
            foreach (var call in ledger.Unsure) await Console.Error.WriteLineAsync($"LEFT BEHIND: a voucher may be live: no answer came to {call}");
        }
        _http.Dispose();
        _oneCallAtATime.Dispose();
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
