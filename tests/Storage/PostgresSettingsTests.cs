using ImovoSim.Storage;
using Npgsql;

namespace ImovoSim.Tests;

/// What the program asks of PostgreSQL's driver where the connection string does not say it.
public sealed class PostgresSettingsTests
{
    [Fact]
    public void Statements_are_prepared_connections_few_and_waits_short_unless_the_connection_string_says_otherwise()
    {
        Assert.Equal((8, 10, 5, 32), Settings("Host=db;Username=someone"));
        Assert.Equal((8, 10, 5, 32), Settings("postgres://someone:secret@db/imovo"));
        Assert.Equal((3, 7, 2, 0), Settings("Host=db;Maximum Pool Size=3;Command Timeout=7;Timeout=2;Max Auto Prepare=0"));
    }

    private static (int, int, int, int) Settings(string store)
    {
        using var source = PostgresServer.DataSource(store);
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return (settings.MaxPoolSize, settings.CommandTimeout, settings.Timeout, settings.MaxAutoPrepare);
    }
}
