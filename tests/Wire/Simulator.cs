using System.Net.Sockets;
using ImovoSim.Fidelity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ImovoSim.Tests;

/// The whole program behind a real socket, at a clock that stands still until a test moves it. The one that tests share is
/// the native binary where IMOVO_BINARY names it: what is trimmed away, or compiled otherwise, shows only there.
internal sealed class Simulator : WebApplicationFactory<Program>
{
    /// A Sunday noon in summer time, so that a mistake of an hour, a day or a week shows.
    public static readonly DateTimeOffset Start = new(2026, 5, 24, 12, 34, 56, 789, TimeSpan.Zero);

    private static readonly Lazy<Simulator> SharedOne = new(() => RealProcess.Binary is null ? new Simulator() : new Simulator(Task.Run(StandingStill.Start).GetAwaiter().GetResult()));
    private readonly Dictionary<string, string> _settings = [];
    private readonly Profile? _profile;
    private readonly Action<IServiceCollection>? _services;
    private readonly ILoggerProvider? _log;

    public Simulator(
        string? profile = null, IReadOnlyDictionary<string, string>? settings = null, string? campaigns = null,
        DateTimeOffset? at = null, Action<IServiceCollection>? services = null, ILoggerProvider? log = null)
    {
        _settings["Store"] = "memory";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            _settings[name] = value;
        if (campaigns is not null)
            _settings["CampaignsFile"] = campaigns;
        if (profile is not null)
        {
            // A file of the test's own: the profile is read before any service exists.
            var file = TemporaryFile.With(profile);
            _settings["Fidelity:Profile"] = file;
            _profile = Profile.Parse(profile, file);
        }

        (Clock, _services, _log) = (new FakeTimeProvider(at ?? Start), services, log);
        // UseKestrel(0) sets the port after the program has begun to run, and now and then too late.
        _settings["urls"] = "http://127.0.0.1:0";
        UseKestrel();
        StartServer();
        Address = ClientOptions.BaseAddress;
        Http = Client(judged: true);
        Unjudged = Client(judged: false);
    }

    /// One that runs elsewhere.
    private Simulator(Uri address)
    {
        (Address, Clock) = (address, new FakeTimeProvider(Start));
        Http = Client(judged: true);
        Unjudged = Client(judged: false);
    }

    /// For every test that needs no settings of its own: each has a sandbox of its own in it.
    public static Simulator Shared => SharedOne.Value;

    public FakeTimeProvider Clock { get; }

    public Uri Address { get; }

    /// Holds every answer of the vendor's paths against openapi.yaml.
    public HttpClient Http { get; }

    /// For answers that leave openapi.yaml on purpose.
    public HttpClient Unjudged { get; }

    public Profile Facts => _profile ?? Profile.Default;

    /// A caller with a key that no other test has, and the same one in every run.
    public Caller Caller(string suffix = "") => new(Http, Key(suffix));

    public Caller UnjudgedCaller(string suffix = "") => new(Unjudged, Key(suffix));

    public static string Key(string suffix = "") => $"sim_{TestContext.Current.Test!.UniqueID[..40]}{suffix}";

    public async Task<RawConnection> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        return new RawConnection(socket);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.AddLogging(logging =>
            {
                logging.ClearProviders();
                if (_log is not null)
                    logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace).AddFilter("Microsoft", LogLevel.Trace);
            });
            _services?.Invoke(services);
        });
    }

    private HttpClient Client(bool judged)
    {
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        return new HttpClient(judged ? new Judge { InnerHandler = sockets } : sockets) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    private sealed class Judge : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var path = request.RequestUri!.AbsolutePath;
            // What a fault has struck is no answer of the vendor's.
            if (!path.StartsWith("/_sim", StringComparison.Ordinal) && path != "/openapi.yaml" && !answer.Headers.Contains("X-Sim-Fault-Struck"))
                await OpenApiDocument.Current.CheckAsync(answer, cancellationToken);
            return answer;
        }
    }
}
