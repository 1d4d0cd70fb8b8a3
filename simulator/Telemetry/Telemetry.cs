using ImovoSim.Control;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ImovoSim.Telemetry;

/// <summary>
/// Traces, metrics and logs for those who collect them: over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says where to, and
/// metrics for Prometheus at /metrics. Without either nothing of it is made. What it says of a request is its method,
/// route, status and time: paths and queries have references and codes in them.
/// </summary>
internal static class Telemetry
{
    // Request duration by method, route and status; memory, processor and collections.
    private static readonly string[] Collected = [Meters.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    public static void AddTelemetry(this WebApplicationBuilder builder, Settings settings)
    {
        if (!settings.Otlp && !settings.Metrics)
            return;
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Name).WithMetrics(metrics =>
        {
            metrics.AddMeter(Collected);
            if (settings.Metrics)
                metrics.AddReader(services => services.GetRequiredService<PrometheusExporter>().Reader);
        });
        if (settings.Metrics)
            builder.Services.AddSingleton<PrometheusExporter>();
        if (settings.Otlp)
            telemetry.WithTracing(traces => traces.AddSource(RequestSpans.Source)).WithLogging(null, logs => logs.IncludeFormattedMessage = true).UseOtlpExporter();
    }

    public static void UseTelemetry(this IApplicationBuilder app, Settings settings)
    {
        if (settings.Otlp)
            app.Use(RequestSpans.Describe);
    }

    public static void MapMetrics(this WebApplication app, Settings settings)
    {
        if (!settings.Metrics)
            return;
        var exporter = app.Services.GetRequiredService<PrometheusExporter>();
        app.MapGet("/metrics", exporter.Write).Describes(() => new("metrics", "Health", "Metrics for Prometheus", "What was issued, refused, cancelled and redeemed, how long requests and flushes took.")
        {
            Access = Access.Anyone,
            Answers = [new(StatusCodes.Status200OK, "Prometheus' text format.", ContentType: "text/plain")],
        });
    }

    // What the standard variables say comes last, so that it counts.
    private static void Name(ResourceBuilder resource) => resource.Clear()
        .AddService("imovo-sim", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)).AddTelemetrySdk().AddEnvironmentVariableDetector();
}
