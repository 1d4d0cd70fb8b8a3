using ImovoSim.Storage;
using Npgsql;

namespace ImovoSim.Tests;

/// What the program asks of PostgreSQL's driver where the connection string does not say it.
public sealed class PostgresSettingsTests
{
    [Fact]
    public async Task Statements_are_prepared_connections_few_and_waits_short_unless_the_connection_string_says_otherwise()
    {
        Assert.Equal((4 + 4, 10, 5, 32), await Settings("Host=db;Username=someone"));
        Assert.Equal((4 + 4, 10, 5, 32), await Settings("postgres://someone:secret@db/imovo"));
        Assert.Equal((2 + 1, 7, 2, 0), await Settings("Host=db;Maximum Pool Size=3;Command Timeout=7;Timeout=2;Max Auto Prepare=0"));
    }

    [Theory]
    [InlineData(1, 1, 1)] // A writer and a reader there must be.
    [InlineData(2, 1, 1)]
    [InlineData(5, 3, 2)]
    [InlineData(40, 36, 4)]
    public async Task Half_of_the_connections_but_not_more_than_four_are_of_those_who_commit(int most, int shared, int writers)
    {
        await using var connections = PostgresServer.Connections($"Host=db;Maximum Pool Size={most}");
        Assert.Equal((shared, writers), (new NpgsqlConnectionStringBuilder(connections.Shared.ConnectionString).MaxPoolSize, connections.Writers));
    }

    [Fact]
    public async Task A_pool_that_is_to_be_kept_filled_is_no_larger_than_what_is_left_for_it()
    {
        await using var connections = PostgresServer.Connections("Host=db;Minimum Pool Size=8");
        Assert.Equal(4, new NpgsqlConnectionStringBuilder(connections.Shared.ConnectionString).MinPoolSize);
    }

    private static async Task<(int, int, int, int)> Settings(string store)
    {
        await using var connections = PostgresServer.Connections(store);
        var settings = new NpgsqlConnectionStringBuilder(connections.Shared.ConnectionString);
        return (settings.MaxPoolSize + connections.Writers, settings.CommandTimeout, settings.Timeout, settings.MaxAutoPrepare);
    }
}
