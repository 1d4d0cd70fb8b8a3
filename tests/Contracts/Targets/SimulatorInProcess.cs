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
    private static readonly SocketsHttpHandler Connections = Target.NewHandler();

    private readonly SimulatorKeys _keys;
    private readonly MovableClock _clock = new();
    private readonly SemaphoreSlim _clockInUse = new(1);
    private readonly Lazy<Host> _running;
    private readonly Lazy<Host> _clocked;

    /// <param name="store">The name of the store.</param>
    /// <param name="runs">How often the suite will be held with it.</param>
    /// <param name="place">The settings of a place of its own for each of the two simulators to keep vouchers in.</param>
    public SimulatorInProcess(string store = "memory", int runs = 1, Func<(string Name, string Value)[]>? place = null)
    {
        _keys = new(limitedClients: runs * Suite.Cases.Count(one => one.Needs.Contains(Capability.Limit)));
        Name = $"simulator in process, {store} store";
        place ??= () => [("Store", store)];
        _running = new(() => Start([.. _keys.Settings, .. place()], TimeProvider.System));
        _clocked = new(() => Start([.. _keys.Settings, .. place()], _clock));
    }

    public string Name { get; }

    /// <summary>Where the simulator answers whose clock nobody sets.</summary>
    public Uri Address => _running.Value.ClientOptions.BaseAddress;

    /// <param name="around">Makes what goes between the case and the simulator, given its clock; null for nothing.</param>
    public async Task<Outcome> Hold(Case conversation, Func<TimeProvider, DelegatingHandler>? around, CancellationToken stop)
    {
        if (!conversation.Needs.Contains(Capability.Clock))
        {
            using var direct = Sender(around, TimeProvider.System);
            return await Suite.Hold(conversation, _keys.For(conversation, Name, Address, direct), stop);
        }
        await _clockInUse.WaitAsync(stop);
        try
        {
            using var http = Sender(around, _clock);
            var target = _keys.For(conversation, Name, _clocked.Value.ClientOptions.BaseAddress, http);
            return await Suite.Hold(conversation, target with { Clock = _clock, SetClock = _clock.Set, Capabilities = new HashSet<string>([.. target.Capabilities, Capability.Clock]) }, stop);
        }
        finally
        {
            _clockInUse.Release();
        }
    }

    private static HttpMessageInvoker Sender(Func<TimeProvider, DelegatingHandler>? around, TimeProvider clock)
    {
        var between = around?.Invoke(clock);
        between?.InnerHandler = Connections;
        return new HttpMessageInvoker(between as HttpMessageHandler ?? Connections, disposeHandler: false);
    }

    private static Host Start(IReadOnlyList<(string Name, string Value)> settings, TimeProvider time)
    {
        var host = new Host(settings, time);
        host.UseKestrel();
        host.StartServer();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated) await _running.Value.DisposeAsync();
        if (_clocked.IsValueCreated) await _clocked.Value.DisposeAsync();
        _clockInUse.Dispose();
    }

    private sealed class Host(IReadOnlyList<(string Name, string Value)> settings, TimeProvider time) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // Not by UseKestrel(0): that sets the port when the program has begun to run, and now and then too late.
            builder.UseSetting("urls", "http://127.0.0.1:0");
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services => services.AddSingleton(time));
        }
    }
}
