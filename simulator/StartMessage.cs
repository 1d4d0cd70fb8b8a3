using ImovoSim.Control;

namespace ImovoSim;

/// <summary>What is said once the simulator answers: two lines to whoever started it, or one entry where the log is JSON.</summary>
internal static partial class StartMessage
{
    public static void Say(WebApplication app)
    {
        var (address, token) = (app.Urls.First(), app.Services.GetRequiredService<AdminToken>());
        if (Settings.LogsAreKept(app.Configuration))
            Answers(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ImovoSim"), address, Settings.DemoKey, token.Exists ? "open to the token of Admin:Token" : AdminToken.Closed);
        else
            Console.WriteLine($"ImovoSim answers at {address}: send X-API-KEY: {Settings.DemoKey}. Open it in a browser for a first call; the API is at {address}/docs. Ctrl-C stops it.{token.Line}");
    }

    [LoggerMessage(1, LogLevel.Information, "ImovoSim answers at {Address}: send X-API-KEY: {Key}. The routes under /_sim/admin are {Admin}.")]
    private static partial void Answers(ILogger log, string address, string key, string admin);
}
