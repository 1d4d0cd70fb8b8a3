using ImovoSim.Storage;
using ImovoSim.Telemetry;

namespace ImovoSim.Delivery;

/// <summary>
/// Hands the e-mails that wait to the mail server, after their vouchers are issued and beside whoever issues more.
/// An e-mail is its claimer's alone, whichever replica that is, and what became of it is kept before another is tried:
/// twice it comes only where a process ends between the server's yes and that, and then with the same Message-ID.
/// </summary>
internal sealed partial class Mailer(IStore store, SmtpSender sender, Settings settings, TimeProvider time, ILogger<Mailer> log) : BackgroundService
{
    private const int MostAtOnce = 20;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // A claim outlives the longest that one e-mail may take; what a killed replica had claimed waits that long.
    private static readonly TimeSpan LongestSending = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _arrived = new(0);
    private int _failures;

    /// <summary>An e-mail waits: it need not wait for the next look.</summary>
    public void Wake()
    {
        if (settings.Smtp is not null && _arrived.CurrentCount == 0)
            _arrived.Release();
    }

    public override void Dispose()
    {
        _arrived.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Smtp is null)
            return;
        try
        {
            while (true)
            {
                var some = await Round(stoppingToken);
                if (_failures > 0)
                    await Task.Delay(Attempted.Pause(_failures), time, stoppingToken);
                else if (!some)
                    await Idle(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // What waits is in the store.
        }
    }

    private async Task Idle(CancellationToken stopping)
    {
        await sender.Rest(stopping);
        await _arrived.WaitAsync(Poll, stopping);
    }

    // While the server fails, one e-mail at a time finds out whether it still does.
    private async Task<bool> Round(CancellationToken stopping)
    {
        var until = time.GetUtcNow() + ClaimedFor;
        var claimed = await Keeping(() => store.ClaimMessages(time.GetUtcNow(), until, _failures > 0 ? 1 : MostAtOnce, stopping), stopping);
        for (var i = 0; i < claimed.Count; i++)
        {
            var (client, message) = claimed[i];
            var answer = time.GetUtcNow() > until - LongestSending || stopping.IsCancellationRequested || (i > 0 && _failures > 0) ? null : await Offer(claimed[i]);
            var attempted = new Attempted(message, answer, settings.DeliveryGiveUpAfter, time.GetUtcNow());
            await Keeping(() => store.Change(client.Id, attempted), stopping);
            if (answer is null)
                continue;
            if (attempted.Result is { State: not MessageState.Waiting } done)
                Meters.Counted(done);
            Took(answer is { Refused: null } or { Final: true });
        }

        return claimed.Count > 0;
    }

    private void Took(bool taken)
    {
        if (taken && _failures > 0)
            TakesAgain(log);
        else if (!taken && _failures == 0)
            Waits(log);
        _failures = taken ? 0 : _failures + 1;
    }

    // Not cancelled: nobody would know whether the server has it.
    private async ValueTask<SmtpAnswer> Offer(ClaimedMessage claimed)
    {
        try
        {
            return await sender.Send(claimed.Client, claimed.Message, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Its text can have an address in it.
            NotOffered(log, claimed.Message.Id, claimed.Client.Name, e.GetType().Name);
            return new SmtpAnswer("The simulator could not make an e-mail of it: its log has the error's name.");
        }
    }

    /// <summary>Until the store answers, or the program stops: what the server has taken must not be forgotten.</summary>
    private async ValueTask<T> Keeping<T>(Func<ValueTask<T>> change, CancellationToken stopping)
    {
        for (var failing = false; ; failing = true)
        {
            try
            {
                return await change();
            }
            catch (StoreException e)
            {
                if (!failing)
                    StoreFails(log, e.Message);
                await Task.Delay(Poll, time, stopping);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server does not take e-mails: they wait, and the messages under /_sim/messages say why.")]
    private static partial void Waits(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "The mail server takes e-mails again.")]
    private static partial void TakesAgain(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} of client {Client} could not be offered to the mail server: {Error}")]
    private static partial void NotOffered(ILogger log, long id, string client, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mailer waits for the store: {Why}")]
    private static partial void StoreFails(ILogger log, string why);
}
