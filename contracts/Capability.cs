namespace ImovoSim.Contracts;

/// <summary>What a target can do beyond answering the vendor's three calls.</summary>
public static class Capability
{
    /// <summary>A voucher can be redeemed at a till from here.</summary>
    public const string Redeem = "redeem";
    /// <summary>The target's clock can be set.</summary>
    public const string Clock = "clock";
    /// <summary>A client with a weekly limit of 100.00 that has spent nothing this week.</summary>
    public const string Limit = "limit";
    /// <summary>A second client with a key of its own.</summary>
    public const string SecondClient = "second client";
    /// <summary>Several calls may be under way at the same time.</summary>
    public const string AtOnce = "calls at once";
    /// <summary>The vouchers that the vendor's page prints exist and are live.</summary>
    public const string Samples = "the page's samples";

    /// <summary>All capabilities, in the order in which reports name them.</summary>
    public static IReadOnlyList<string> All { get; } = [Redeem, Clock, Limit, SecondClient, AtOnce, Samples];

    /// <summary>A capability in a few words, for the reason why a case was not run.</summary>
    /// <param name="name">One of the constants above.</param>
    public static string Meaning(string name) => name switch
    {
        Redeem => "redeeming a voucher needs a till, and the public API has none",
        Clock => "its clock cannot be set from here",
        Limit => "it needs a client whose weekly limit is known and unspent",
        SecondClient => "it needs the key of a second client",
        AtOnce => "calls go to it one at a time",
        Samples => "the vouchers printed on the vendor's page are not live there",
        _ => "unknown",
    };
}
