using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ImovoSim.Tests;

/// <summary>The simulator beside what else answers such a call: start, memory, speed and size, in one run.</summary>
internal static class Peers
{
    private const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900000&value=20.00";
    private const int Starts = 5;
    private const int Calls = 10_000;

    private sealed record Peer(string Name, string Folder, Func<int, string[]> Command);

    public static async Task Run(string[] arguments)
    {
        var wanted = Wanted.Read(arguments);
        var length = wanted.Length;
        var peers = Programs(wanted.Published).Concat(NodePrograms()).ToList();
        StoreLoad.Pin();
        Console.WriteLine($"{"",-20} {"first ms",9} {"idle MB",8} {"loaded MB",10} {"1: /s",8} {"p99 µs",8} {"32: /s",8} {"p99 µs",8} {"of bare",8} {"size MB",8}");
        await using var bare = await Start(peers[0], []);
        foreach (var peer in peers)
            await Measure(peer, length, bare);
    }

    private static async Task Measure(Peer peer, TimeSpan length, Server bare)
    {
        var firsts = new List<double>();
        for (var i = 1; i < Starts; i++)
        {
            await using var tried = await Start(peer, firsts);
        }

        await using var server = await Start(peer, firsts);
        firsts.Sort();
        var idle = server.Resident;
        // Ten thousand calls, or as many as it gets done.
        Load.Run(server.Address, Call, "sim_peers", 32, length * 2, Calls);
        var loaded = server.Resident;
        var one = Load.Run(server.Address, Call, "sim_peers_1", 1, length);
        var many = Beside.Run(bare, server, Call, "sim_peers_32", 32, length * 2);
        Console.WriteLine(
            $"{peer.Name,-20} {firsts[Starts / 2],9:0} {idle / 1e6,8:0.0} {loaded / 1e6,10:0.0} {one.Rate,8:0} {one.P99.TotalMicroseconds,8:0} {many.Server.Rate,8:0} {many.Server.P99.TotalMicroseconds,8:0} {many.Rate,8:0.000} {Size(peer.Folder) / 1e6,8:0.0}");
    }

    private static async Task<Server> Start(Peer peer, List<double> firsts)
    {
        var port = FreePort();
        var began = Stopwatch.GetTimestamp();
        var server = Server.Launch(peer.Name, port, peer.Command(port));
        while (!Answers(server))
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        firsts.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return server;
    }

    private static bool Answers(Server server)
    {
        if (server.HasEnded)
            throw new InvalidOperationException($"{server.Name} ended before it answered");
        try
        {
            Load.Run(server.Address, Call, "sim_first", 1, TimeSpan.Zero);
            return true;
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return false;
        }
    }

    private static IEnumerable<Peer> Programs(string? before)
    {
        var (simulator, bare) = (StoreLoad.Publish("simulator", "imovo-sim", before), StoreLoad.Publish("tests/Benchmarks.Bare", "bare", before));
        var wiremock = StoreLoad.Publish("tests/Benchmarks.WireMock", "wiremock.dll", before);
        yield return new("bare Kestrel", Folder(bare), port => [bare, "--urls", $"http://127.0.0.1:{port}"]);
        yield return new("simulator", Folder(simulator), port => [simulator, "--urls", $"http://127.0.0.1:{port}", "--Store", "memory"]);
        yield return new("WireMock.Net", Folder(wiremock), port => ["dotnet", wiremock, $"{port}", "constant"]);
        yield return new("WireMock.Net, usual", Folder(wiremock), port => ["dotnet", wiremock, $"{port}", "templated"]);
    }

    private static IEnumerable<Peer> NodePrograms()
    {
        var api = Path.GetFullPath("openapi.yaml");
        if (Install("prism", "@stoplight/prism-cli@5.16.0") is { } prism)
            yield return new("Prism", prism, port => ["node", $"{prism}/node_modules/.bin/prism", "mock", api, "--port", $"{port}", "--host", "127.0.0.1"]);
        if (Install("mockoon", "@mockoon/cli@9.9.0") is { } mockoon)
            yield return new("Mockoon", mockoon, port => ["node", $"{mockoon}/node_modules/.bin/mockoon-cli", "start", "--data", Path.GetFullPath("tests/Benchmarks/mockoon.json"), "--repair", "--port", $"{port}", "--hostname", "127.0.0.1", "--disable-log-to-file"]);
    }

    /// <summary>The folder that it is in; null, and a line, where it cannot be had.</summary>
    private static string? Install(string name, string package)
    {
        var folder = Path.GetFullPath(Path.Combine("artifacts", "peers", name));
        Directory.CreateDirectory(folder);
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", package]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = npm.StandardError.ReadToEndAsync();
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode == 0)
                return folder;
            Console.WriteLine($"{package} cannot be installed, and is left out: {error.Result.Trim().Split('\n')[^1]}");
        }
        catch (Win32Exception)
        {
            Console.WriteLine($"{package} is left out: there is no npm.");
        }

        return null;
    }

    private static string Folder(string binary) => Path.GetDirectoryName(binary)!;

    // What only debugging needs is no part of it.
    private static long Size(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Extension is not (".dbg" or ".pdb" or ".xml") && file.LinkTarget is null).Sum(file => file.Length);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
