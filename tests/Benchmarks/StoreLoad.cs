using System.Diagnostics;

namespace ImovoSim.Tests;

/// <summary>The whole program, native, with each store, beside a bare Kestrel endpoint that returns the same bytes.</summary>
internal static class StoreLoad
{
    private const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=10.00";
    private const int Million = 1_000_000;

    public static async Task Run(string[] arguments)
    {
        var wanted = Wanted.Read(arguments);
        var (simulator, bare) = (Publish("simulator", "imovo-sim", wanted.Published), Publish("tests/Benchmarks.Bare", "bare", wanted.Published));
        // Before the load keeps to its processor: PostgreSQL takes what either leaves.
        await using var postgres = wanted.Wants("postgres") && LocalPostgres.IsThere ? await LocalPostgres.Start() : null;
        Pin();
        Console.WriteLine($"{"",-10} {"connections",11} {"answers/s",10} {"of bare",8} {"processor µs",13} {"median µs",10} {"p99 µs",8} {"of bare",8}");
        Dictionary<int, Measured> yardstick;
        await using (var server = await Server.Start("bare", bare))
            yardstick = Measure(server, wanted, null);
        foreach (var (name, store) in Stores(postgres is null ? null : await postgres.NewDatabase()).Where(each => wanted.Wants(each.Name)))
        {
            await using var server = await Server.Start(name, simulator, [.. store]);
            Measure(server, wanted, yardstick);
            if (wanted.Million)
                FillAndMeasure(server, wanted.Length, yardstick.GetValueOrDefault(32));
        }
    }

    private static Dictionary<int, Measured> Measure(Server server, Wanted wanted, Dictionary<int, Measured>? bare)
    {
        Load.Run(server.Address, Call, "sim_warm_up", 32, TimeSpan.FromSeconds(2));
        var results = new Dictionary<int, Measured>();
        foreach (var connections in wanted.Connections)
        {
            var result = results[connections] = Of(server, $"sim_load_{connections}", connections, wanted.Length);
            Print(server.Name, $"{connections}", result, bare?[connections] ?? result);
        }

        return results;
    }

    private static Measured Of(Server server, string key, int connections, TimeSpan length)
    {
        var before = server.Processor;
        var result = Load.Run(server.Address, Call, key, connections, length);
        return result with { Processor = (server.Processor - before) / result.Answers };
    }

    private static void FillAndMeasure(Server server, TimeSpan length, Measured? bare)
    {
        var before = server.Resident;
        Load.Run(server.Address, Call, "sim_million", 32, TimeSpan.FromMinutes(10), Million);
        var grown = server.Resident - before;
        var result = Of(server, "sim_million", 32, length);
        Print(server.Name, "32, 1M", result, bare ?? result);
        Console.WriteLine($"{server.Name,-10} a million vouchers of one client and week: {grown / (double)Million:0} bytes of memory each ({before >> 20} MB before, {(before + grown) >> 20} MB after)");
    }

    private static void Print(string name, string connections, Measured result, Measured bare) => Console.WriteLine(
        $"{name,-10} {connections,11} {result.Rate,10:0} {result.Rate / bare.Rate,8:0.00} {result.Processor.TotalMicroseconds,13:0.0} {result.Median.TotalMicroseconds,10:0} {result.P99.TotalMicroseconds,8:0} {result.P99 / bare.P99,8:0.0}");

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

    public static string Publish(string project, string binary, string? before = null)
    {
        if (before is not null)
            return Path.GetFullPath(Path.Combine(before, Path.GetFileNameWithoutExtension(binary), binary));
        var output = Directory.CreateTempSubdirectory("imovo-native-").FullName;
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-o", output]) { RedirectStandardOutput = true })!;
        publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(output, binary) : throw new InvalidOperationException($"dotnet publish {project} failed");
    }
}
