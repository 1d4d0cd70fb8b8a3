namespace ImovoSim.Tests;

/// <summary>What of a benchmark is to be run, as the command line says.</summary>
/// <param name="Length">How long each run of load is.</param>
/// <param name="Million">Whether to measure with a million vouchers as well.</param>
/// <param name="Stores">Only these; all where there are none.</param>
/// <param name="Connections">How many there are in each run.</param>
/// <param name="VouchersOnly">Whether nothing but vouchers is kept: no message to a customer, and no journal.</param>
/// <param name="Published">A folder of programs that were published before, each in a folder of its name; null to publish them.</param>
internal sealed record Wanted(TimeSpan Length, bool Million, string[] Stores, int[] Connections, bool VouchersOnly, string? Published)
{
    private static readonly int[] AllConnections = [1, 8, 32, 128];

    public static Wanted Read(string[] arguments)
    {
        var isShort = arguments.Contains("--short");
        return new Wanted(
            TimeSpan.FromSeconds(isShort ? 2 : 5), !isShort, List(arguments, "--store"),
            List(arguments, "--connections") is { Length: > 0 } given ? Array.ConvertAll(given, int.Parse) : AllConnections,
            arguments.Contains("--vouchers-only"), List(arguments, "--published").FirstOrDefault());
    }

    public bool Wants(string store) => Stores.Length == 0 || Stores.Contains(store);

    private static string[] List(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1].Split(',') : [];
}
