namespace ImovoSim.Faults;

/// <summary>Chance of a client's own: the same seed, fault and call give the same draw.</summary>
internal static class Chance
{
    public static double Draw(ulong seed, ulong fault, ulong call, ulong which = 0)
    {
        var x = seed + (fault * 0x9E3779B97F4A7C15) + (call * 0xD1B54A32D192ED03) + (which * 0x8CB92BA72F3D8DD7);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
