using System.Globalization;

namespace ImovoSim.Client;

/// <summary>How many of which vouchers should exist: <c>VoucherCount.Exactly(1, VoucherState.Live).ForReference("X")</c>.</summary>
public sealed class VoucherCount
{
    private VoucherCount(VerifyRequest request) => Request = request;

    internal VerifyRequest Request { get; }

    /// <summary>So many, and neither more nor fewer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="state">Only those that stand like this by the client's clock; null for all.</param>
    /// <returns>The count.</returns>
    public static VoucherCount Exactly(long count, VoucherState? state = null) => new(new(Of(state)) { Exactly = count });

    /// <summary>So many or more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="state">Only those that stand like this by the client's clock; null for all.</param>
    /// <returns>The count.</returns>
    public static VoucherCount AtLeast(long count, VoucherState? state = null) => new(new(Of(state)) { AtLeast = count });

    /// <summary>So many or fewer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="state">Only those that stand like this by the client's clock; null for all.</param>
    /// <returns>The count.</returns>
    public static VoucherCount AtMost(long count, VoucherState? state = null) => new(new(Of(state)) { AtMost = count });

    /// <summary>As many as one number, or another, or between.</summary>
    /// <param name="least">How many at least.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="state">Only those that stand like this by the client's clock; null for all.</param>
    /// <returns>The count.</returns>
    public static VoucherCount Between(long least, long most, VoucherState? state = null) => new(new(Of(state)) { AtLeast = least, AtMost = most });

    /// <summary>Counts only vouchers of one customer reference.</summary>
    /// <param name="customerReference">The reference, letter for letter.</param>
    /// <returns>The same count, of these vouchers.</returns>
    public VoucherCount ForReference(string customerReference) => new(Request with { Reference = customerReference });

    /// <summary>Counts only vouchers of one campaign.</summary>
    /// <param name="campaignCode">The campaign's code, in any casing.</param>
    /// <returns>The same count, of these vouchers.</returns>
    public VoucherCount ForCampaign(string campaignCode) => new(Request with { Campaign = campaignCode });

    /// <summary>As a sentence says it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HowMany()} {Request.Of}{Named(" for reference ", Request.Reference)}{Named(" of campaign ", Request.Campaign)}");

    private string HowMany() => Request switch
    {
        { Exactly: { } exactly } => $"exactly {exactly}",
        { AtLeast: { } least, AtMost: { } most } => $"{least} to {most}",
        { AtLeast: { } least } => $"at least {least}",
        _ => $"at most {Request.AtMost}",
    };

    private static string Named(string what, string? value) => value is null ? "" : what + value;

    private static string Of(VoucherState? state) => state is null ? "vouchers" : $"{SimulatorVouchers.Name(state)} vouchers";
}
