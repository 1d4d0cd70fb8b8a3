using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ImovoSim.Tests;

/// What takes telemetry over OTLP and HTTP, and keeps it. Protocol Buffers have texts as they are, so they can be searched for.
internal sealed class Collector(WebApplication app) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new();

    public Uri Address => new(app.Urls.First());

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var collector = new Collector(app);
        app.MapPost("/v1/{signal}", collector.Take);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public string Text(string signal) => _received.TryGetValue(signal, out var text) ? text.ToString() : "";

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var text = _received.GetOrAdd((string)context.Request.RouteValues["signal"]!, _ => new StringBuilder());
        lock (text)
            text.Append(Encoding.Latin1.GetString(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
