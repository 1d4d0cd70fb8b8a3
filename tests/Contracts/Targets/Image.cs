using ImovoSim.Testcontainers;
using ImovoSim.Tests;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>The simulator as a container of the image that IMOVO_IMAGE names, or that the Dockerfile makes.</summary>
public sealed class Image : IAsyncDisposable
{
    private readonly SimulatorKeys _keys = new(limitedClients: Suite.Cases.Count(one => one.Needs.Contains(Capability.Limit)));
    private readonly HttpMessageInvoker _http = new(Target.NewHandler());
    private readonly Lazy<Task<ImovoSimContainer>> _container;

    public Image() => _container = new(Start);

    internal async Task<Outcome> Hold(Case one, CancellationToken stop) =>
        await Suite.Hold(one, _keys.For(one, "image", (await _container.Value).GetBaseAddress(), _http), stop);

    private async Task<ImovoSimContainer> Start()
    {
        var container = new ImovoSimBuilder(await ContainerEngine.Image)
            .WithEnvironment(_keys.Settings.ToDictionary(setting => setting.Name.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value)).Build();
        await container.StartAsync(TestContext.Current.CancellationToken);
        return container;
    }

    public async ValueTask DisposeAsync()
    {
        if (_container.IsValueCreated) await (await _container.Value).DisposeAsync();
        _http.Dispose();
    }
}
