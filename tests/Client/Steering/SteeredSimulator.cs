using ImovoSim.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ImovoSim.Tests;

/// The real program, and both clients of it for a key that no other test has.
public sealed class SteeredSimulator : IAsyncLifetime
{
    public const string Token = "a-token-of-the-tests";
    private SimulatorProcess _process = null!;

    public HttpClient Http { get; private set; } = null!;

    public static string Key(string suffix = "") => $"sim_{TestContext.Current.Test!.UniqueID[..40]}{suffix}";

    public async ValueTask InitializeAsync()
    {
        _process = await SimulatorProcess.Start("--Store", "memory", "--Admin:Token", Token);
        Http = new HttpClient { BaseAddress = _process.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    public ImovoSimulator Steer(string suffix = "") => new(Http, Key(suffix));

    public ImovoSimulatorAdmin Admin(string token = Token) => new(Http, token);

    public IImovoClient Client(string suffix = "")
    {
        var services = new ServiceCollection();
        services.AddImovoClient(options => (options.BaseAddress, options.ApiKey, options.ConnectRetries) = (_process.Address, Key(suffix), 0));
        return services.BuildServiceProvider().GetRequiredService<IImovoClient>();
    }
}
