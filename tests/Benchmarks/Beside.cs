namespace ImovoSim.Tests;

/// <summary>Two servers under the same load in turns, so that what else the machine does meets both.</summary>
/// <param name="Bare">The yardstick.</param>
/// <param name="Server">The one that is measured.</param>
/// <param name="Rate">The server's rate as a share of the yardstick's.</param>
/// <param name="P99">The server's 99th percentile in times of the yardstick's.</param>
internal sealed record Beside(Measured Bare, Measured Server, double Rate, double P99)
{
    private const int Turns = 10;

    public static Beside Run(Server bare, Server server, string call, string key, int connections, TimeSpan length)
    {
        var turns = new List<(Measured Bare, Measured Server)>();
        for (var turn = 0; turn < Turns; turn++)
            turns.Add((Of(bare, call, key, connections, length / Turns), Of(server, call, key, connections, length / Turns)));
        return new Beside(
            Middle(turns.ConvertAll(turn => turn.Bare)), Middle(turns.ConvertAll(turn => turn.Server)),
            Middle(turns.ConvertAll(turn => turn.Server.Rate / turn.Bare.Rate)), Middle(turns.ConvertAll(turn => turn.Server.P99 / turn.Bare.P99)));
    }

    private static Measured Of(Server server, string call, string key, int connections, TimeSpan length)
    {
        var before = server.Processor;
        var result = Load.Run(server.Address, call, key, connections, length);
        return result with { Processor = (server.Processor - before) / result.Answers };
    }

    private static Measured Middle(List<Measured> turns) => new(
        Middle(turns.ConvertAll(turn => turn.Rate)), Middle(turns.ConvertAll(turn => turn.Median)), Middle(turns.ConvertAll(turn => turn.P99)),
        turns.Sum(turn => turn.Answers), Middle(turns.ConvertAll(turn => turn.Processor)));

    private static T Middle<T>(List<T> turns) => turns.Order().ElementAt(turns.Count / 2);
}
