using System.Globalization;
using ImovoSim.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImovoSim.Testing;

/// <summary>
/// A simulator in the process of the tests, behind a real socket of its own: no container, no other process. It starts when it is
/// first asked for, and keeps vouchers in memory unless a store is set. Safe to share between threads.
/// </summary>
/// <remarks>What a test sets about a simulator it sets before the first use: <c>new ImovoSimulatorFactory().WithCampaigns("mine.json")</c>.</remarks>
public sealed class ImovoSimulatorFactory : IDisposable, IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly SimulatorCallers _callers = new();
    private readonly Lazy<Host> _host;
    private TimeProvider? _time;

    /// <summary>A simulator that is not there yet.</summary>
    public ImovoSimulatorFactory()
    {
        WithSetting("urls", "http://127.0.0.1:0").WithSetting("Store", "memory").WithSetting("Admin:Token", AdminToken);
        _host = new(() => new Host(_settings, _time));
    }

    /// <summary>Where the simulator answers, such as <c>http://127.0.0.1:49153/</c>; starts it.</summary>
    public Uri BaseAddress => _host.Value.ClientOptions.BaseAddress;

    // The simulator is the test's own and on this machine's own address: there is nothing to keep from anybody.
    private const string AdminToken = "the-token-of-the-tests";

    /// <summary>The same, as the container's module calls it.</summary>
    /// <returns>The address, for the program under test.</returns>
    public Uri GetBaseAddress() => BaseAddress;

    /// <summary>Any setting of the simulator.</summary>
    /// <param name="name">Its name, such as <c>Sandboxes:AtMost</c>.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This.</returns>
    /// <exception cref="InvalidOperationException">The simulator has started.</exception>
    public ImovoSimulatorFactory WithSetting(string name, string value)
    {
        if (_host?.IsValueCreated == true)
            throw new InvalidOperationException($"{name} comes too late: the simulator has started. Set it before the first use.");
        _settings[name] = value;
        return this;
    }

    /// <summary>Where vouchers are kept.</summary>
    /// <param name="store"><c>memory</c>, <c>sqlite</c> or a PostgreSQL connection string.</param>
    /// <returns>This.</returns>
    public ImovoSimulatorFactory WithStore(string store) => WithSetting("Store", store);

    /// <summary>Campaigns of your own in place of the default ones.</summary>
    /// <param name="file">A file as the README describes it.</param>
    /// <returns>This.</returns>
    public ImovoSimulatorFactory WithCampaigns(string file) => WithSetting("CampaignsFile", Path.GetFullPath(file));

    /// <summary>Answers of your own to what the vendor leaves open.</summary>
    /// <param name="file">A file as the README describes it.</param>
    /// <returns>This.</returns>
    public ImovoSimulatorFactory WithProfile(string file) => WithSetting("Fidelity:Profile", Path.GetFullPath(file));

    /// <summary>A client beside the sandboxes. The first takes the place of the three that are there without any.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="apiKey">6 to 128 visible ASCII characters that do not begin with <c>sim_</c>.</param>
    /// <param name="campaigns">Codes with commas between, <c>*</c> for all, <c>!CODE</c> for all but that.</param>
    /// <param name="weeklyLimit">Pounds a week; null for no limit.</param>
    /// <returns>This.</returns>
    public ImovoSimulatorFactory WithClient(string name, string apiKey, string campaigns = "*", decimal? weeklyLimit = null)
    {
        WithSetting($"Clients:{name}:Key", apiKey).WithSetting($"Clients:{name}:Campaigns", campaigns);
        return weeklyLimit is { } pounds ? WithSetting($"Clients:{name}:WeeklyLimit", pounds.ToString(CultureInfo.InvariantCulture)) : this;
    }

    /// <summary>The real time that clients' clocks go by, such as the tests' own. Without it, this machine's.</summary>
    /// <param name="time">The time.</param>
    /// <returns>This.</returns>
    /// <exception cref="InvalidOperationException">The simulator has started.</exception>
    public ImovoSimulatorFactory WithTime(TimeProvider time)
    {
        if (_host.IsValueCreated)
            throw new InvalidOperationException("The time comes too late: the simulator has started. Set it before the first use.");
        _time = time;
        return this;
    }

    /// <summary>A client of the voucher service.</summary>
    /// <param name="apiKey">A key that begins with <c>sim_</c>, which makes a sandbox of its own, or that of <see cref="WithClient"/>.</param>
    /// <returns>A client that lives as long as this simulator.</returns>
    public IImovoClient CreateClient(string apiKey) => _callers.Client(BaseAddress, apiKey);

    /// <summary>Steers the simulator for one key: clock, limit, faults, and what shops do.</summary>
    /// <param name="apiKey">The key that the program under test sends.</param>
    /// <returns>What steers it, as long as this simulator lives.</returns>
    public ImovoSimulator Steer(string apiKey) => _callers.Steer(BaseAddress, apiKey);

    /// <summary>Steers all clients of the simulator.</summary>
    /// <returns>What steers them, as long as this simulator lives.</returns>
    public ImovoSimulatorAdmin SteerAll() => _callers.Admin(BaseAddress, _settings["Admin:Token"]);

    /// <summary>Ends the simulator.</summary>
    public void Dispose()
    {
        _callers.Dispose();
        if (_host.IsValueCreated)
            _host.Value.Dispose();
    }

    /// <summary>Ends the simulator.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        _callers.Dispose();
        if (_host.IsValueCreated)
            await _host.Value.DisposeAsync().ConfigureAwait(false);
    }

    // Not this class's own base: it would show the simulator's Program and a CreateClient without a key.
    private sealed class Host : WebApplicationFactory<Program>
    {
        // Empty: what is in the appsettings.json beside the tests is meant for the program under test.
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imovo-sim-");
        private readonly IReadOnlyDictionary<string, string> _settings;
        private readonly TimeProvider? _time;

        public Host(IReadOnlyDictionary<string, string> settings, TimeProvider? time)
        {
            (_settings, _time) = (settings, time);
            // Without it the factory looks for a solution above the tests, and fails where there is none.
            Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_IMOVO-SIM", _folder.FullName);
            // Not by UseKestrel(0): that sets the port when the program has begun to run, and now and then too late.
            UseKestrel();
            StartServer();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // Where logs are kept, the start is an entry of the log, and there is no log: the tests' own output stays theirs.
            builder.UseContentRoot(_folder.FullName).UseSetting("DataFolder", _folder.FullName).UseSetting("Logging:Console:FormatterName", "json");
            foreach (var (name, value) in _settings)
                builder.UseSetting(name, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services =>
            {
                if (_time is not null)
                    services.AddSingleton(_time);
            });
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing || !Directory.Exists(_folder.FullName))
                return;
            try
            {
                _folder.Delete(true);
            }
            catch (IOException)
            {
                // The store's last file came meanwhile. It lies in the folder for temporary files, which is emptied by others.
            }
        }
    }
}
