using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ImovoSim.Tests;

/// A PostgreSQL server of the tests' own, in a folder of its own, that they may kill; or the one that IMOVO_TESTS_POSTGRES names.
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly int _port;
    private readonly string _given;
    private int _databases;

    private LocalPostgres(string? folder, int port, string given) => (_folder, _port, _given) = (folder, port, given);

    public static bool IsThere => Given is not null || Programs is not null;

    /// Whether the tests own the server, and so may stop it.
    public static bool IsOurs => Given is null && Programs is not null;

    private static string? Given => Environment.GetEnvironmentVariable("IMOVO_TESTS_POSTGRES");

    private static string? Programs { get; } = Find();

    private string Server => _folder is null ? _given : $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    public static void Required() => Need.Have("postgres", IsThere, "PostgreSQL is not installed and IMOVO_TESTS_POSTGRES is not set");

    public static async Task<LocalPostgres> Start()
    {
        if (Given is not null)
            return new LocalPostgres(null, 0, Given);
        var folder = Directory.CreateTempSubdirectory("imovo-postgres-").FullName;
        var server = new LocalPostgres(folder, FreePort(), "");
        if (Environment.UserName == "root")
            await Run("chown", "postgres", folder);
        await RunAsServer("initdb", "-D", Path.Combine(folder, "data"), "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8", "--no-sync");
        await server.StartAgain();
        return server;
    }

    /// A connection string to a new, empty database.
    public async Task<string> NewDatabase()
    {
        var name = $"imovo_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name}; ", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString();
    }

    public Task StartAgain() => RunAsServer(
        "pg_ctl", "-D", Path.Combine(_folder!, "data"), "-w", "-l", Path.Combine(_folder!, "log"), "-o",
        $"-p {_port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200", "start");

    public Task StopAtOnce() => RunAsServer("pg_ctl", "-D", Path.Combine(_folder!, "data"), "-w", "-m", "immediate", "stop");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_folder is null)
            return;
        await StopAtOnce();
        Directory.Delete(_folder, true);
    }

    private static string? Find() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The server refuses to run as root.
    private static Task RunAsServer(string program, params string[] arguments) => Environment.UserName == "root"
        ? Run("runuser", ["-u", "postgres", "--", Path.Combine(Programs!, program), .. arguments])
        : Run(Path.Combine(Programs!, program), arguments);

    private static async Task Run(string program, params string[] arguments)
    {
        // Not redirected: the server inherits the pipes of what starts it, and would hold them open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
