namespace ImovoSim.Storage;

/// <summary>Makes the store that the settings name.</summary>
internal static class Stores
{
    public static IStore Make(Settings settings, TimeProvider time) => settings.Store switch
    {
        "memory" => new MemoryStore(settings.DeliveryMessages),
        "sqlite" => new SqliteStore(settings.DataFolder, settings.DeliveryMessages),
        _ => MakePostgres(settings, time),
    };

    private static PostgresStore MakePostgres(Settings settings, TimeProvider time)
    {
        var connections = PostgresServer.Connections(settings.Store);
        PostgresServer.Start(connections.Shared, settings.StoreWait, time, CancellationToken.None).GetAwaiter().GetResult();
        return new PostgresStore(connections, time, settings.DeliveryMessages);
    }
}
