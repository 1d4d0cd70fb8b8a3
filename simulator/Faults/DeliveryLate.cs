namespace ImovoSim.Faults;

/// <summary>The answer is whole, and what the customer is sent arrives later, by the client's clock.</summary>
internal static class DeliveryLate
{
    public const int Longest = 7 * 86_400_000;

    public static TimeSpan Of(Fault fault) => TimeSpan.FromMilliseconds(fault.Milliseconds ?? 60_000);
}
