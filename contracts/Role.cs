namespace ImovoSim.Contracts;

/// <summary>The parts that campaigns play in the cases; a target says which of its campaigns plays which.</summary>
public static class Role
{
    /// <summary>Cash of the caller's choice, told to the customer in the message.</summary>
    public const string Cash = "cash";
    /// <summary>A voucher that carries the customer's name and address, of a variable value.</summary>
    public const string Id = "id";
    /// <summary>Cash for which the shop must see identification.</summary>
    public const string CashId = "cashId";
    /// <summary>Energy credit of the caller's choice, up to a lower maximum than cash.</summary>
    public const string Energy = "energy";
    /// <summary>A voucher whose value the campaign fixes.</summary>
    public const string Fixed = "fixed";
    /// <summary>Energy credit whose value the campaign fixes, with identification.</summary>
    public const string FixedId = "fixedId";
    /// <summary>A campaign whose vouchers expire a while after they are issued, to the tick.</summary>
    public const string Brief = "brief";
    /// <summary>A campaign that gives one live voucher to each customer reference.</summary>
    public const string OnePerReference = "onePerReference";
    /// <summary>Cash, owned by the client that has a weekly limit.</summary>
    public const string Limited = "limited";
    /// <summary>A campaign that has ended.</summary>
    public const string Closed = "closed";
    /// <summary>A campaign that has not begun.</summary>
    public const string Future = "future";
    /// <summary>A live campaign that belongs to another client.</summary>
    public const string Foreign = "foreign";

    /// <summary>Every role with what it means, for <c>status</c> and for settings files.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Cash, Id, CashId, Energy, Fixed, FixedId, Brief, OnePerReference, Limited, Closed, Future, Foreign];
}
