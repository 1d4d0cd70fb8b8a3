namespace ImovoSim.Contracts;

internal static class StubExport
{
    public static int Print(string directory, TimeProvider clock) => 0;
}
