using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>
/// The simulator in this process, behind a real socket. Each case speaks with keys of its own, whose clocks are its own too,
/// so cases may run side by side.
/// </summary>
internal sealed class SimulatorInProcess : IAsyncDisposable
{
    private static readonly SocketsHttpHandler Connections = Target.NewHandler();
    private static readonly HttpMessageInvoker Direct = new(Connections, disposeHandler: false);

    private readonly SimulatorKeys _keys;
    private readonly Lazy<Host> _running;

    /// <param name="store">The name of the store.</param>
    /// <param name="runs">How often the suite will be held with it.</param>
    /// <param name="place">The settings of a place of its own to keep vouchers in.</param>
    /// <param name="asItComes">Without the clients of the tests: with those that it has unless told.</param>
    public SimulatorInProcess(string store = "memory", int runs = 1, Func<(string Name, string Value)[]>? place = null, bool asItComes = false)
    {
        _keys = new(limitedClients: runs * Suite.Cases.Count(one => one.Needs.Contains(Capability.Limit)));
        Name = $"simulator in process, {store} store";
        place ??= () => [("Store", store)];
        _running = new(() => Start([.. asItComes ? [] : _keys.Settings, .. place()]));
    }

    public string Name { get; }

    public Uri Address => _running.Value.ClientOptions.BaseAddress;

    /// <param name="around">Makes what goes between the case and the simulator, given its clock; null for nothing.</param>
    public async Task<Outcome> Hold(Case conversation, Func<TimeProvider, DelegatingHandler>? around, CancellationToken stop)
    {
        var target = _keys.For(conversation, Name, Address, Direct);
        if (around is null) return await Suite.Hold(conversation, target, stop);
        var between = around(target.Clock);
        between.InnerHandler = Connections;
        using var http = new HttpMessageInvoker(between, disposeHandler: false);
        return await Suite.Hold(conversation, target with { Http = http }, stop);
    }

    private static Host Start(IReadOnlyList<(string Name, string Value)> settings)
    {
        var host = new Host(settings);
        host.UseKestrel();
        host.StartServer();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated) await _running.Value.DisposeAsync();
    }

    private sealed class Host(IReadOnlyList<(string Name, string Value)> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // Not by UseKestrel(0): that sets the port when the program has begun to run, and now and then too late.
            builder.UseSetting("urls", "http://127.0.0.1:0");
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
        }
    }
}
