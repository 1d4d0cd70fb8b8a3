using ImovoSim.Storage;

namespace ImovoSim.Clients;

/// <summary>Forgets sandboxes that nobody has used for the idle time.</summary>
internal sealed partial class SandboxSweeper(IStore store, Settings settings, TimeProvider time, ILogger<SandboxSweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await Tick(timer, stoppingToken))
        {
            try
            {
                var count = await store.ForgetSandboxes(time.GetUtcNow() - settings.SandboxesIdleTime, stoppingToken);
                if (count > 0)
                    Forgotten(log, count, settings.SandboxesIdleTime);
            }
            catch (StoreException e)
            {
                NotForgotten(log, e.Message);
            }
        }
    }

    // Where the start fails, the host takes a cancelled wait for a failure of its own and logs it beside the cause.
    private static async ValueTask<bool> Tick(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} sandboxes are forgotten: not used for {Idle}.")]
    private static partial void Forgotten(ILogger log, int count, TimeSpan idle);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Idle sandboxes could not be forgotten: {Why}")]
    private static partial void NotForgotten(ILogger log, string why);
}
