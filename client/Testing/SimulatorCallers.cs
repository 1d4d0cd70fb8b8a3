using ImovoSim.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ImovoSim.Testing;

/// What speaks to a simulator, each with a key of its own, until the simulator is gone.
internal sealed class SimulatorCallers : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public IImovoClient Client(Uri address, string apiKey)
    {
        var services = new ServiceCollection();
        services.AddImovoClient(options => (options.BaseAddress, options.ApiKey) = (address, apiKey)).UseSocketsHttpHandler((handler, _) => handler.UseProxy = false);
        return Own(services.BuildServiceProvider()).GetRequiredService<IImovoClient>();
    }

    public ImovoSimulator Steer(Uri address, string apiKey) => new(Http(address), apiKey);

    public ImovoSimulatorAdmin Admin(Uri address, string token) => new(Http(address), token);

    public void Dispose()
    {
        lock (_owned)
            _owned.ForEach(one => one.Dispose());
    }

    // A proxy of the machine's knows nothing of a simulator on it.
    private HttpClient Http(Uri address) => Own(new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address });

    private T Own<T>(T one)
        where T : IDisposable
    {
        lock (_owned)
            _owned.Add(one);
        return one;
    }
}
