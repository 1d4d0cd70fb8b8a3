namespace ImovoSim.Contracts;

internal static class Commands
{
    public static int Main() => 0;
}
