using System.Collections;
using System.Globalization;
using System.Text;

namespace ImovoSim.Contracts.Tests.Approval.BuiltIn;

/// <summary>The names that Verify gives to snapshot files, so that its review tools find ours.</summary>
internal static class SnapshotName
{
    public static string Prefix(string type, string method, params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        var prefix = new StringBuilder(type).Append('.').Append(method);
        foreach (var (name, value) in arguments)
            prefix.Append('_').Append(name).Append('=').Append(Cleaned(Written(value)));
        return prefix.ToString();
    }

    /// <summary>A nested type is named with one parent, no more.</summary>
    public static string Of(Type type) => type.IsNested ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;

    public static string Written(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "True" : "False",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("h-mm-tt", CultureInfo.InvariantCulture),
        DateTime instant => Stamp(instant),
        IEnumerable many => Listed(many),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "null",
    };

    /// <summary>The same characters on every system, or a repository could not be checked out on all of them.</summary>
    public static string Cleaned(string text) =>
        string.Concat(text.Select(letter => letter is '"' or '\\' or '<' or '>' or '|' or ':' or '*' or '?' or '/' or '#' or < ' ' ? '-' : letter));

    private static string Stamp(DateTime instant)
    {
        var form = instant.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
            : instant.TimeOfDay.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-ddTHH-mm"
            : instant.TimeOfDay.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH-mm-ss"
            : "yyyy-MM-ddTHH-mm-ss.FFFFFFF";
        return instant.ToString(form, CultureInfo.InvariantCulture) + (instant.Kind == DateTimeKind.Unspecified ? "" : instant.Kind.ToString());
    }

    private static string Listed(IEnumerable many)
    {
        var parts = many.Cast<object?>().Select(part => part is IEnumerable and not string ? $"[{Written(part)}]" : Written(part)).ToList();
        return parts.Count == 0 ? "[]" : string.Join(',', parts);
    }
}
