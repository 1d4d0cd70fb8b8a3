namespace ImovoSim.Vouchers;

/// <summary>A voucher that the vendor's page prints, with what its samples give it.</summary>
internal sealed record Sample(
    long Serial, string Code, string Campaign, long Pence, string CustomerReference, string? DeliveryRecipient = null, IdBlock? Id = null, string? LinkTail = null);

/// <summary>
/// The three codes that the vendor's page prints. Every client has them from its start, as its first three
/// vouchers, so that the page's own samples work; no other voucher can get one of them.
/// </summary>
internal static class Samples
{
    public static readonly Sample[] All =
    [
        new(1, "3721902693", "THINK", 20_00, "07123456789"),
        new(2, "648924429737", "CAMP01", 1_00, "09283-765748", "Johnsmith@email.com",
            new IdBlock("John Smith", "19 Test Street, Welwyn Garden City", "AL1 0BS"), "QGhDENUu4"),
        new(3, "2193785990", "THINK", 20_00, "07123456789"),
    ];

    private static readonly (int Length, long Serial, long Body)[] Pins =
        [.. All.Select(sample => (sample.Code.Length, sample.Serial, long.Parse(sample.Code.AsSpan()[1..^1])))];

    // A sample's digits change places with those that its count would have had: still a permutation.
    public static long Pin(int length, long serial, long body, Func<long, long> permute)
    {
        foreach (var pin in Pins)
        {
            if (pin.Length != length)
                continue;
            if (pin.Serial == serial)
                return pin.Body;
            if (pin.Body == body)
                body = Earlier(pin, permute);
        }

        return body;
    }

    public static long Unpin(int length, long body, Func<long, long> permute)
    {
        for (var i = Pins.Length - 1; i >= 0; i--)
        {
            if (Pins[i].Length == length)
                body = Swap(body, Earlier(Pins[i], permute), Pins[i].Body);
        }

        return body;
    }

    private static long Earlier((int Length, long Serial, long Body) pin, Func<long, long> permute)
    {
        var body = permute(pin.Serial);
        foreach (var other in Pins)
        {
            if (other.Serial < pin.Serial && other.Length == pin.Length)
                body = Swap(body, Earlier(other, permute), other.Body);
        }

        return body;
    }

    private static long Swap(long body, long one, long other) => body == one ? other : body == other ? one : body;
}
