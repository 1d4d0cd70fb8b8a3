using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>
/// The simulator in this process, behind a real socket. Each case speaks with keys of its own, so cases may run side by side;
/// those that set the clock have a second simulator to themselves while they do.
/// </summary>
internal sealed class SimulatorInProcess : IAsyncDisposable
{
    private const int LimitedClients = 4000;

    private static readonly SocketsHttpHandler Connections = Target.NewHandler();

    private readonly string _store;
    private readonly MovableClock _clock = new();
    private readonly SemaphoreSlim _clockInUse = new(1);
    private readonly Lazy<Host> _running;
    private readonly Lazy<Host> _clocked;
    private int _talks;
    private int _limited = -1;

    /// <param name="store">What the setting Store says.</param>
    public SimulatorInProcess(string store = "memory")
    {
        _store = store;
        _running = new(() => Start(TimeProvider.System));
        _clocked = new(() => Start(_clock));
    }

    public string Name => $"simulator in process, {_store} store";

    /// <param name="around">Makes what goes between the case and the simulator, given its clock; null for nothing.</param>
    public async Task<Outcome> Hold(Case conversation, Func<TimeProvider, DelegatingHandler>? around, CancellationToken stop)
    {
        var setsClock = conversation.Needs.Contains(Capability.Clock);
        if (setsClock) await _clockInUse.WaitAsync(stop);
        try
        {
            var between = around?.Invoke(setsClock ? _clock : TimeProvider.System);
            between?.InnerHandler = Connections;
            using var http = new HttpMessageInvoker(between as HttpMessageHandler ?? Connections, disposeHandler: false);
            return await Suite.Hold(conversation, For(conversation, http, setsClock), stop);
        }
        finally
        {
            if (setsClock) _clockInUse.Release();
        }
    }

    private Target For(Case conversation, HttpMessageInvoker http, bool setsClock)
    {
        var talk = Interlocked.Increment(ref _talks).ToString(CultureInfo.InvariantCulture);
        HashSet<string> capabilities = [Capability.Limit, Capability.SecondClient, Capability.AtOnce, Capability.Samples];
        if (setsClock) capabilities.Add(Capability.Clock);
        return new Target
        {
            Name = Name,
            Address = (setsClock ? _clocked : _running).Value.ClientOptions.BaseAddress,
            Http = http,
            Run = talk,
            Clock = setsClock ? _clock : TimeProvider.System,
            SetClock = setsClock ? _clock.Set : null,
            Capabilities = capabilities,
            Keys = new Dictionary<string, string>
            {
                [Client.First] = $"sim_{conversation.Id}_{talk}_1",
                [Client.Second] = $"sim_{conversation.Id}_{talk}_2",
                [Client.Limited] = conversation.Needs.Contains(Capability.Limit) ? LimitedKey(Interlocked.Increment(ref _limited)) : "unused-key",
                [Client.Outsider] = "outsider-key",
            },
        };
    }

    private Host Start(TimeProvider time)
    {
        var host = new Host(_store, time);
        host.UseKestrel(0);
        host.StartServer();
        return host;
    }

    private static string LimitedKey(int number) => number < LimitedClients
        ? FormattableString.Invariant($"limited-key-{number}")
        : throw new InvalidOperationException($"{LimitedClients} clients with a limit are not enough for this many runs.");

    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated) await _running.Value.DisposeAsync();
        if (_clocked.IsValueCreated) await _clocked.Value.DisposeAsync();
        _clockInUse.Dispose();
    }

    private sealed class Host(string store, TimeProvider time) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Store", store).UseSetting("Sandboxes:AtMost", "1000000")
                .UseSetting("Clients:OUTSIDER:Key", "outsider-key").UseSetting("Clients:OUTSIDER:Campaigns", "*,!LIMITED");
            for (var limited = 0; limited < LimitedClients; limited++)
            {
                builder.UseSetting(FormattableString.Invariant($"Clients:LIMITED{limited}:Key"), LimitedKey(limited))
                    .UseSetting(FormattableString.Invariant($"Clients:LIMITED{limited}:Campaigns"), "LIMITED")
                    .UseSetting(FormattableString.Invariant($"Clients:LIMITED{limited}:WeeklyLimit"), "100.00");
            }
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services => services.AddSingleton(time));
        }
    }
}
