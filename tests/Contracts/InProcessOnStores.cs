using ImovoSim.Contracts.Tests.Targets;
using ImovoSim.Tests;

namespace ImovoSim.Contracts.Tests;

/// <summary>The SQLite store, in a folder of its own.</summary>
public sealed class InProcessOnSqlite(InProcessOnSqlite.Fixture fixture) : InProcess, IClassFixture<InProcessOnSqlite.Fixture>
{
    private protected override SimulatorInProcess Simulator => fixture.Simulator;

    public sealed class Fixture : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imovo-contracts-");

        internal SimulatorInProcess Simulator { get; }

        public Fixture() => Simulator = new("sqlite", place: () => [("Store", "sqlite"), ("DataFolder", _folder.CreateSubdirectory(Path.GetRandomFileName()).FullName)]);

        public async ValueTask DisposeAsync()
        {
            await Simulator.DisposeAsync();
            _folder.Delete(true);
        }
    }
}

/// <summary>The PostgreSQL store, on a server that the tests start or are given.</summary>
public sealed class InProcessOnPostgres(InProcessOnPostgres.Fixture fixture) : InProcess, IClassFixture<InProcessOnPostgres.Fixture>
{
    private protected override SimulatorInProcess Simulator
    {
        get
        {
            LocalPostgres.Required();
            return fixture.Simulator;
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly Queue<string> _databases = new();
        private LocalPostgres? _server;

        internal SimulatorInProcess Simulator { get; }

        public Fixture() => Simulator = new("PostgreSQL", place: () => [("Store", _databases.Dequeue())]);

        public async ValueTask InitializeAsync()
        {
            if (!LocalPostgres.IsThere)
                return;
            _server = await LocalPostgres.Start();
            for (var simulators = 0; simulators < 2; simulators++)
                _databases.Enqueue(await _server.NewDatabase());
        }

        public async ValueTask DisposeAsync()
        {
            await Simulator.DisposeAsync();
            if (_server is not null)
                await _server.DisposeAsync();
        }
    }
}
