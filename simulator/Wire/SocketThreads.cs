using System.Reflection;

namespace ImovoSim.Wire;

/// <summary>
/// The vendor's calls are answered on the thread that reads their socket: an answer takes some microseconds, and handing
/// it to another thread and back takes as many. Nothing on the way blocks; whatever else is asked goes to the pool.
/// </summary>
internal static class SocketThreads
{
    // The runtime's sockets look at it once, when the first is made. Without it the server's own setting only costs.
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Before the first socket. Not in a process that is another program's, such as its tests: its code may block where this one's does not.</summary>
    public static void Prepare()
    {
        if (Assembly.GetEntryAssembly() == typeof(SocketThreads).Assembly && Environment.GetEnvironmentVariable(Variable) is null)
            Environment.SetEnvironmentVariable(Variable, "1");
    }

    public static void AnswerOnSocketThreads(this IWebHostBuilder host)
    {
        if (AreUsed)
            host.UseSockets(sockets => (sockets.UnsafePreferInlineScheduling, sockets.WaitForDataBeforeAllocatingBuffer) = (true, false));
    }

    /// <summary>Comes first: pages, exports and the like can take their time, and other calls wait behind them on this thread.</summary>
    public static void LeaveSocketThreads(this IApplicationBuilder app)
    {
        if (AreUsed)
            app.Use((context, next) => VendorPaths.IsOne(context.Request.Path) ? next(context) : OnPool(context, next));
    }

    private static bool AreUsed => Environment.GetEnvironmentVariable(Variable) == "1";

    private static async Task OnPool(HttpContext context, RequestDelegate next)
    {
        await Task.Yield();
        await next(context);
    }
}
