using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace ImovoSim.Tests;

/// The whole program behind a real socket, at a real clock that stands still until a test moves it.
internal sealed class Simulator : WebApplicationFactory<Program>
{
    /// A Sunday in summer time, an hour before London's week turns.
    public static readonly DateTimeOffset Start = new(2026, 8, 2, 22, 0, 0, TimeSpan.Zero);

    public const string Token = "a-token-of-the-tests";

    private static readonly Lazy<Simulator> SharedOne = new(() => new Simulator());
    private readonly Dictionary<string, string> _settings = new() { ["Store"] = "memory", ["Admin:Token"] = Token };

    public Simulator(params (string Name, string? Value)[] settings)
    {
        foreach (var (name, value) in settings)
            _settings[name] = value ?? "";
        _settings["urls"] = "http://127.0.0.1:0";
        UseKestrel();
        StartServer();
        Http = new HttpClient(new Judge(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = ClientOptions.BaseAddress, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// For every test that needs no settings of its own: each has a sandbox of its own in it.
    public static Simulator Shared => SharedOne.Value;

    public FakeTimeProvider Clock { get; } = new(Start);

    /// Holds every answer of a control route against /_sim/openapi.json.
    public HttpClient Http { get; }

    public static string Key(string suffix = "") => $"sim_{TestContext.Current.Test!.UniqueID[..40]}{suffix}";

    /// A client with a key that no other test has.
    public Steered Client(string suffix = "") => new(Http, Key(suffix));

    public Steered WithKey(string? key) => new(Http, key);

    public Steered Admin => new(Http, null, Token);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }
}
