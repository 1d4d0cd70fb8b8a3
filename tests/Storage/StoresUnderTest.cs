using ImovoSim.Storage;

[assembly: AssemblyFixture(typeof(ImovoSim.Tests.PostgresFixture))]

namespace ImovoSim.Tests;

public sealed class MemoryStoreTests : StoreConformance
{
    private protected override bool Survives => false;

    private protected override Task<IStore> Open() => Task.FromResult<IStore>(new MemoryStore(MessagesAtMost));
}

public sealed class SqliteStoreTests : StoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imovo-sqlite-").FullName;

    private protected override Task<IStore> Open() => Task.FromResult<IStore>(new SqliteStore(_folder, MessagesAtMost));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}

public sealed class PostgresStoreTests(PostgresFixture postgres) : StoreConformance
{
    private string? _database;

    private protected override bool Replicates => true;

    public override async ValueTask InitializeAsync()
    {
        LocalPostgres.Required();
        await base.InitializeAsync();
    }

    private protected override async Task<IStore> Open()
    {
        _database ??= await (await postgres.Server).NewDatabase();
        var connections = PostgresServer.Connections(_database);
        await PostgresServer.Start(connections.Shared, TimeSpan.FromSeconds(10), TimeProvider.System, default);
        return new PostgresStore(connections, TimeProvider.System, MessagesAtMost);
    }
}
