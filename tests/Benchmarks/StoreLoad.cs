using System.Diagnostics;

namespace ImovoSim.Tests;

/// <summary>The whole program, native, with each store, beside a bare Kestrel endpoint that returns the same bytes.</summary>
internal static class StoreLoad
{
    private const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=10.00";

    // Of a campaign that the client delivers itself.
    private const string CallWithoutMessage = "/VoucherRequest/Request?campaignCode=LIMITED&customerReference=07700900000&value=10.00";
    private const int Million = 1_000_000;

    public static async Task Run(string[] arguments)
    {
        var wanted = Wanted.Read(arguments);
        var (simulator, bare) = (Publish("simulator", "imovo-sim", wanted.Published), Publish("tests/Benchmarks.Bare", "bare", wanted.Published));
        // Before the load keeps to its processor: PostgreSQL takes what either leaves.
        await using var postgres = wanted.Wants("postgres") && LocalPostgres.IsThere ? await LocalPostgres.Start() : null;
        Pin();
        Console.WriteLine($"{"",-10} {"connections",11} {"answers/s",10} {"of bare",8} {"processor µs",13} {"median µs",10} {"p99 µs",8} {"of bare",8} {"bare: /s",10} {"median",8} {"p99",8}");
        var (call, journal) = wanted.VouchersOnly ? (CallWithoutMessage, ["--Journal:Entries", "0"]) : (Call, Array.Empty<string>());
        await using var yardstick = await Server.Start("bare", bare);
        foreach (var (name, store) in Stores(postgres is null ? null : await postgres.NewDatabase()).Where(each => wanted.Wants(each.Name)))
        {
            await using var server = await Server.Start(name, simulator, [.. store, .. journal]);
            Beside.Run(yardstick, server, call, "sim_warm_up", 32, TimeSpan.FromSeconds(2));
            foreach (var connections in wanted.Connections)
                Print(name, $"{connections}", Beside.Run(yardstick, server, call, $"sim_load_{connections}", connections, wanted.Length));
            if (wanted.Million)
                FillAndMeasure(yardstick, server, call, wanted.Length);
        }
    }

    private static void FillAndMeasure(Server yardstick, Server server, string call, TimeSpan length)
    {
        var before = server.Resident;
        Load.Run(server.Address, call, "sim_million", 32, TimeSpan.FromMinutes(10), Million);
        var grown = server.Resident - before;
        Print(server.Name, "32, 1M", Beside.Run(yardstick, server, call, "sim_million", 32, length));
        Console.WriteLine($"{server.Name,-10} a million vouchers of one client and week: {grown / (double)Million:0} bytes of memory each ({before >> 20} MB before, {(before + grown) >> 20} MB after)");
    }

    private static void Print(string name, string connections, Beside result) => Console.WriteLine(
        $"{name,-10} {connections,11} {result.Server.Rate,10:0} {result.Rate,8:0.00} {result.Server.Processor.TotalMicroseconds,13:0.0} {result.Server.Median.TotalMicroseconds,10:0} {result.Server.P99.TotalMicroseconds,8:0} {result.P99,8:0.0} {result.Bare.Rate,10:0} {result.Bare.Median.TotalMicroseconds,8:0} {result.Bare.P99.TotalMicroseconds,8:0}");

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
