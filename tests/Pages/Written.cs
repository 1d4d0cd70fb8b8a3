using System.Runtime.CompilerServices;

namespace ImovoSim.Tests;

/// Files of the repository that tests make: with IMOVO_TESTS_WRITE=1 they are written, otherwise only compared or left alone.
internal static class Written
{
    public static bool Asked => Environment.GetEnvironmentVariable("IMOVO_TESTS_WRITE") == "1";

    public static string Path(string inRepository, [CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../..", inRepository));
}
