using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ImovoSim.Telemetry;

/// <summary>
/// Metrics in Prometheus' text format, collected when they are asked for. The names follow OpenTelemetry's rules for
/// Prometheus: underscores, the unit, and _total for what only grows.
/// </summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>
{
    private readonly Lock _collecting = new();
    private readonly StringBuilder _text = new();

    public PrometheusExporter() => Reader = new BaseExportingMetricReader(this);

    public MetricReader Reader { get; }

    public Task Write(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(Collect(), context.RequestAborted);
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
            Write(metric);
        return ExportResult.Success;
    }

    private string Collect()
    {
        lock (_collecting)
        {
            _text.Clear();
            Reader.Collect();
            return _text.ToString();
        }
    }

    private void Write(Metric metric)
    {
        var grows = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = Name(metric, grows);
        var type = metric.MetricType == MetricType.Histogram ? "histogram" : grows ? "counter" : "gauge";
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {metric.Description.ReplaceLineEndings(" ")}\n# TYPE {name} {type}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (metric.MetricType == MetricType.Histogram)
                WriteHistogram(name, labels, point);
            else
                WriteLine(name, labels, Value(metric.MetricType, point));
        }
    }

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        long atMost = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            atMost += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Text(bucket.ExplicitBound);
            WriteLine(name + "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", atMost);
        }

        WriteLine(name + "_sum", labels, point.GetHistogramSum());
        WriteLine(name + "_count", labels, point.GetHistogramCount());
    }

    private void WriteLine(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Text(value)).Append('\n');
    }

    private static string Name(Metric metric, bool grows)
    {
        // A unit in braces only says what is counted.
        var unit = metric.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = Spelt(metric.Name);
        return name + (name.EndsWith(unit, StringComparison.Ordinal) ? "" : unit) + (grows ? "_total" : "");
    }

    private static string Spelt(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>();
        foreach (var (name, value) in tags)
            labels.Add($"{Spelt(name)}=\"{Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"");
        return string.Join(',', labels);
    }

    private static double Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
