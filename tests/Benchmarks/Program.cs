using BenchmarkDotNet.Running;
using ImovoSim.Tests;

switch (args.FirstOrDefault())
{
    case "load":
        await StoreLoad.Run(args[1..]);
        return 0;
    case "peers":
        await Peers.Run(args[1..]);
        return 0;
    case "pieces":
        BenchmarkRunner.Run<Pieces>(args: args[1..]);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Say what to measure: load [--short] [--store memory,sqlite,postgres] [--connections 1,32] [--vouchers-only] (the whole program with each store), peers [--short] (beside what else answers such a call) or pieces (what an answer is made of). With --published FOLDER, load and peers take FOLDER/imovo-sim, FOLDER/bare and FOLDER/wiremock instead of publishing.");
        return 2;
}
