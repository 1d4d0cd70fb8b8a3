using Npgsql;

namespace ImovoSim.Storage;

/// <summary>The way to the PostgreSQL server: connection string, first contact, schema up to date.</summary>
internal static class PostgresServer
{
    // Any number will do, as long as every replica takes the same.
    private const long UpgradeLock = 0x696D6F766F;

    private const int ConnectionsAtMost = 8;
    private const int WritersAtMost = 4;

    public static bool IsConnectionString(string store) =>
        store.StartsWith("postgres://", StringComparison.Ordinal) || store.StartsWith("postgresql://", StringComparison.Ordinal)
        || store.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="SettingException">It is no connection string; the message does not repeat it, for it can hold a password.</exception>
    public static PostgresConnections Connections(string store)
    {
        try
        {
            var settings = store.Contains("://", StringComparison.Ordinal) ? FromUri(new Uri(store)) : new NpgsqlConnectionStringBuilder(store);
            // Not ContainsKey, which says yes to every key that there is.
            var given = settings.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            var most = given.Contains("Maximum Pool Size") ? settings.MaxPoolSize : ConnectionsAtMost;
            var writers = Math.Clamp(most / 2, 1, WritersAtMost);
            settings.MaxPoolSize = Math.Max(1, most - writers);
            settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
            if (!given.Contains("Command Timeout"))
                settings.CommandTimeout = 10;
            if (!given.Contains("Timeout"))
                settings.Timeout = 5;
            // Nothing is set on a connection that the next user of it would have to be kept from.
            settings.NoResetOnClose = true;
            if (!given.Contains("Max Auto Prepare"))
                (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (32, 2);
            settings.ApplicationName ??= "imovo-sim";
            var shared = DataSource(settings);
            settings.Pooling = false;
            return new PostgresConnections(shared, DataSource(settings), writers);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            throw new SettingException("Store is no connection string that PostgreSQL's driver takes: set it to Host=…;Username=…;Password=…;Database=… or postgres://user:password@host:5432/database.");
        }
    }

    /// <summary>Waits for the server, then applies what of the schema is missing; replicas that start together take turns.</summary>
    public static async Task Start(NpgsqlDataSource source, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await Upgrade(source, cancel);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException && IsTransient(e))
            {
                if (time.GetElapsedTime(began) > patience)
                    throw new SettingException(
                        $"Store: PostgreSQL does not answer, and StoreWait ({patience.TotalSeconds:0} s) is over: {e.Message.TrimEnd('.')}. Start the server, or set Store to where it is.");
                await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancel);
            }
            catch (PostgresException e)
            {
                throw new SettingException($"Store: PostgreSQL refuses: {e.MessageText}. Set Store to a database that exists and that this user may create tables in.");
            }
        }
    }

    private static NpgsqlDataSource DataSource(NpgsqlConnectionStringBuilder settings)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ToString());
        builder.EnableArrays();
        builder.UsePhysicalConnectionInitializer(connection => Plan(connection).ExecuteNonQuery(), async connection => await Plan(connection).ExecuteNonQueryAsync());
        return builder.Build();
    }

    // Prepared statements are planned once: with arrays of every length the planner never finds its general plan good enough
    // (before version 12 there is no such setting, and nothing is done). And rows are found by their keys: a new database has
    // no statistics, and the planner reads all rows of a client there, those included that were deleted.
    private static NpgsqlCommand Plan(NpgsqlConnection connection) => new(
        "SELECT set_config(name, CASE name WHEN 'plan_cache_mode' THEN 'force_generic_plan' ELSE 'off' END, false) " +
        "FROM pg_settings WHERE name IN ('plan_cache_mode', 'enable_bitmapscan', 'enable_seqscan', 'enable_sort')", connection);

    // A server that is not up yet, starts, or has no connection to spare: all pass with time.
    private static bool IsTransient(Exception e) =>
        e is not PostgresException { SqlState: not ("57P03" or "53300" or "57P01" or "57P02") };

    private static async Task Upgrade(NpgsqlDataSource source, CancellationToken cancel)
    {
        var scripts = Schema.Of("postgres");
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({UpgradeLock})", cancel);
        await Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)", cancel);
        await using var query = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        var version = (int)(await query.ExecuteScalarAsync(cancel))!;
        Schema.CheckNotNewer(version, scripts, "The PostgreSQL database");
        for (; version < scripts.Count; version++)
            await Execute(connection, $"{scripts[version]}; INSERT INTO schema_version VALUES ({version + 1});", cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (pair, "");
            settings[name == "sslmode" ? "SSL Mode" : name.Replace('_', ' ')] = value == "verify-full" ? "VerifyFull" : value == "verify-ca" ? "VerifyCA" : value;
        }

        return settings;
    }
}
