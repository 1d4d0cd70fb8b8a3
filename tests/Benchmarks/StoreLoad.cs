using System.Diagnostics;

namespace ImovoSim.Tests;

/// <summary>The whole program, native, with each store, beside a bare Kestrel endpoint that returns the same bytes.</summary>
internal static class StoreLoad
{
    private const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=10.00";
    private const int Million = 1_000_000;
    private static readonly int[] Connections = [1, 8, 32, 128];

    public static async Task Run(string[] arguments)
    {
        var length = TimeSpan.FromSeconds(arguments.Contains("--short") ? 2 : 5);
        var (simulator, bare) = (Publish("simulator", "imovo-sim"), Publish("tests/Benchmarks.Bare", "bare"));
        // Before the load keeps to its processor: PostgreSQL takes what either leaves.
        await using var postgres = LocalPostgres.IsThere ? await LocalPostgres.Start() : null;
        Pin();
        Console.WriteLine($"{"",-10} {"connections",11} {"answers/s",10} {"of bare",8} {"median µs",10} {"p99 µs",8} {"of bare",8}");
        Dictionary<int, Measured> yardstick;
        await using (var server = await Server.Start("bare", bare))
            yardstick = Measure(server, length, null);
        foreach (var (name, store) in Stores(postgres is null ? null : await postgres.NewDatabase()))
        {
            await using var server = await Server.Start(name, simulator, [.. store]);
            Measure(server, length, yardstick);
            if (!arguments.Contains("--short"))
                FillAndMeasure(server, length, yardstick[32]);
        }
    }

    private static Dictionary<int, Measured> Measure(Server server, TimeSpan length, Dictionary<int, Measured>? bare)
    {
        Load.Run(server.Address, Call, "sim_warm_up", 32, TimeSpan.FromSeconds(2));
        var results = new Dictionary<int, Measured>();
        foreach (var connections in Connections)
        {
            var result = results[connections] = Load.Run(server.Address, Call, $"sim_load_{connections}", connections, length);
            Print(server.Name, $"{connections}", result, bare?[connections] ?? result);
        }

        return results;
    }

    private static void FillAndMeasure(Server server, TimeSpan length, Measured bare)
    {
        var before = server.Resident;
        Load.Run(server.Address, Call, "sim_million", 32, TimeSpan.FromMinutes(10), Million);
        var grown = server.Resident - before;
        var result = Load.Run(server.Address, Call, "sim_million", 32, length);
        Print(server.Name, "32, 1M", result, bare);
        Console.WriteLine($"{server.Name,-10} a million vouchers of one client and week: {grown / (double)Million:0} bytes of memory each ({before >> 20} MB before, {(before + grown) >> 20} MB after)");
    }

    private static void Print(string name, string connections, Measured result, Measured bare) => Console.WriteLine(
        $"{name,-10} {connections,11} {result.Rate,10:0} {result.Rate / bare.Rate,8:0.00} {result.Median.TotalMicroseconds,10:0} {result.P99.TotalMicroseconds,8:0} {result.P99 / bare.P99,8:0.0}");

    private static IEnumerable<(string Name, string[] Arguments)> Stores(string? database)
    {
        yield return ("memory", ["--Store", "memory"]);
        yield return ("sqlite", ["--DataFolder", Directory.CreateTempSubdirectory("imovo-load-").FullName]);
        if (database is not null)
            yield return ("postgres", ["--Store", database]);
    }

    // The server has the first processor for itself.
    public static void Pin()
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-a", "-cp", "1", $"{Environment.ProcessId}"]) { RedirectStandardOutput = true })!;
        taskset.WaitForExit();
    }

    public static string Publish(string project, string binary)
    {
        var output = Directory.CreateTempSubdirectory("imovo-native-").FullName;
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-o", output]) { RedirectStandardOutput = true })!;
        publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(output, binary) : throw new InvalidOperationException($"dotnet publish {project} failed");
    }
}
