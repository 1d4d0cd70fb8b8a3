using System.Globalization;
using System.Xml;

namespace ImovoSim.Client;

/// <summary>How many of which calls should have been made: <c>CallCount.Exactly(1, CallOutcome.Issued).ForReference("X")</c>.</summary>
public sealed class CallCount
{
    private CallCount(VerifyRequest request) => Request = request;

    internal VerifyRequest Request { get; }

    /// <summary>So many, and neither more nor fewer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="outcome">Only those of which this came, whatever the caller got; null for all.</param>
    /// <returns>The count.</returns>
    public static CallCount Exactly(long count, CallOutcome? outcome = null) => new(new(Of(outcome)) { Exactly = count });

    /// <summary>So many or more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="outcome">Only those of which this came, whatever the caller got; null for all.</param>
    /// <returns>The count.</returns>
    public static CallCount AtLeast(long count, CallOutcome? outcome = null) => new(new(Of(outcome)) { AtLeast = count });

    /// <summary>So many or fewer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="outcome">Only those of which this came, whatever the caller got; null for all.</param>
    /// <returns>The count.</returns>
    public static CallCount AtMost(long count, CallOutcome? outcome = null) => new(new(Of(outcome)) { AtMost = count });

    /// <summary>Counts only calls of one operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>The same count, of these calls.</returns>
    public CallCount ForOperation(VendorOperation operation) => new(Request with { Operation = operation.ToString() });

    /// <summary>Counts only calls for one customer reference.</summary>
    /// <param name="customerReference">The reference, letter for letter.</param>
    /// <returns>The same count, of these calls.</returns>
    public CallCount ForReference(string customerReference) => new(Request with { Reference = customerReference });

    /// <summary>Counts only calls that issued or cancelled one voucher.</summary>
    /// <param name="voucherCode">Its code.</param>
    /// <returns>The same count, of these calls.</returns>
    public CallCount ForVoucher(string voucherCode) => new(Request with { Code = voucherCode });

    /// <summary>Counts only calls that a fault struck, or that none did.</summary>
    /// <param name="struck">Whether one did.</param>
    /// <returns>The same count, of these calls.</returns>
    public CallCount Struck(bool struck = true) => new(Request with { Struck = struck });

    /// <summary>Lets what is missing come: the call of another thread, or the entry of another replica.</summary>
    /// <param name="longest">For how long, at most 30 seconds, in whole seconds.</param>
    /// <returns>The same count, waited for.</returns>
    public CallCount Within(TimeSpan longest) => new(Request with { Wait = XmlConvert.ToString(TimeSpan.FromSeconds(Math.Ceiling(longest.TotalSeconds))) });

    /// <summary>As a sentence says it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{HowMany()} {Request.Of}{Named(" of ", Request.Operation)}{Named(" for reference ", Request.Reference)}{Named(" on voucher ", Request.Code is { } code ? VoucherIssued.End(code) : null)}{(Request.Struck is { } struck ? struck ? " that a fault struck" : " that no fault struck" : "")}");

    private string HowMany() => Request switch
    {
        { Exactly: { } exactly } => $"exactly {exactly}",
        { AtLeast: { } least } => $"at least {least}",
        _ => $"at most {Request.AtMost}",
    };

    private static string Named(string what, string? value) => value is null ? "" : what + value;

    private static string Of(CallOutcome? outcome) => outcome is null ? "calls" : $"{SimulatorJournal.Name(outcome)} calls";
}
