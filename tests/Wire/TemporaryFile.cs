namespace ImovoSim.Tests;

/// A file of one test's own, in a directory of its own.
internal static class TemporaryFile
{
    private static readonly string Root = Directory.CreateTempSubdirectory("imovo-wire-").FullName;
    private static int _count;

    static TemporaryFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Root, recursive: true);

    public static string With(string text)
    {
        var file = Path();
        File.WriteAllText(file, text);
        return file;
    }

    public static string Path()
    {
        var directory = System.IO.Path.Combine(Root, Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(directory);
        return System.IO.Path.Combine(directory, "file.json");
    }
}
