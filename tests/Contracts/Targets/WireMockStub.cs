using WireMock.Server;
using WireMock.Settings;

namespace ImovoSim.Contracts.Tests.Targets;

/// <summary>A WireMock server that knows nothing but the mappings that the kit exports.</summary>
public sealed class WireMockStub : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("imovo-stub-").FullName;
    private readonly HttpMessageInvoker _http = new(Target.NewHandler());
    private readonly MovableClock _clock = new();
    private readonly WireMockServer _server;
    private readonly Stub _stub;

    public WireMockStub()
    {
        _stub = StubExport.Write(_directory, _clock);
        _server = WireMockServer.Start(new WireMockServerSettings { StartAdminInterface = false });
        foreach (var file in Directory.GetFiles(Path.Combine(_directory, "mappings"))) _server.ReadStaticWireMockOrgMappingAndAddOrUpdate(file);
    }

    internal IReadOnlyList<Case> Held => _stub.Held;

    internal string? WhyLeftOut(Case one) => _stub.LeftOut.FirstOrDefault(left => left.Case == one).Reason;

    internal Task<Outcome> Hold(Case one, CancellationToken stop) => Suite.Hold(one, new Target
    {
        Name = "WireMock stub",
        Address = new Uri(_server.Url!),
        Http = _http,
        Run = "stub",
        // The stub's dates stand still, and so does the clock that they are read by.
        Clock = _clock,
        Capabilities = Stub.Capabilities,
        Keys = StubWords.Keys,
    }, stop);

    public void Dispose()
    {
        _server.Dispose();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
