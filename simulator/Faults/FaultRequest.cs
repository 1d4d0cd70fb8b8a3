using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ImovoSim.Clock;
using ImovoSim.Wire;

namespace ImovoSim.Faults;

/// <summary>A fault as it is asked for, by a rule or by the header of one call.</summary>
internal sealed record FaultRequest(
    [property: Required, Description("How it fails."), KindOfFault] string? Kind,
    [property: Description("before: nothing has happened. after: the voucher exists, or is cancelled, and the answer is lost. With latency, slow-drip, same-voucher and the three of delivery it is always after."), AllowedValues("before", "after")] string? When = null,
    [property: Description("Only calls of this operation.")] string? Operation = null,
    [property: Description("Only calls of this campaign; its code in any casing.")] string? Campaign = null,
    [property: Description("Only calls of this customer reference, letter for letter.")] string? Reference = null,
    [property: Description("Only the nth of these calls, counted from 1.")] long? Nth = null,
    [property: Description("Every nth of these calls.")] long? Every = null,
    [property: Description("As many of these calls as chance says, from 0 to 1; chance follows from the client's seed.")] double? Probability = null,
    [property: Description("Over after so many strikes.")] long? Strikes = null,
    [property: Description("Over at this instant of the client's clock, such as 2026-08-03T00:00:00+01:00; without an offset a time in London.")] string? Until = null,
    [property: Description("Of `status`: the HTTP status from 200 to 599; 500 unless told.")] int? Status = null,
    [property: Description("Of `status`: the body, at most 4096 characters.")] string? Body = null,
    [property: Description("Of `status`: the body's content type.")] string? ContentType = null,
    [property: Description("Of `too-many-requests`: the Retry-After in seconds; 1 unless told.")] int? RetryAfter = null,
    [property: Description("Of `latency`, `slow-drip` and `no-answer`: how long, at most 600000; of `delivery-late`, by the client's clock, at most 604800000.")] int? Milliseconds = null,
    [property: Description("Of `latency`: evenly between milliseconds and this.")] int? To = null,
    [property: Description("Of `latency`: spread around milliseconds, as a normal distribution of this deviation.")] int? Deviation = null)
{
    public const int LongestWait = 600_000;
    private const int LongestBody = 4_096;

    /// <summary>The fault, or what is wrong with it.</summary>
    public (Fault? Fault, string? Wrong) Read(long id)
    {
        if (FaultKinds.Find(Kind) is not { } kind)
            return (null, $"\"kind\" must be one of {string.Join(", ", FaultKinds.All.Select(one => one.Name))}.");
        if ((WrongParameter(kind) ?? WrongRule(kind)) is { } wrong)
            return (null, wrong);
        return (new Fault(
            id, kind.Name, kind.KeepsAnswer ? Fault.After : When ?? Fault.Before, Operation, Campaign, Reference, Nth, Every, Probability, Strikes,
            Until is null ? null : Instants.Parse(Until), Status, Body, ContentType, RetryAfter, Milliseconds, To, Deviation), null);
    }

    /// <summary>Reads <c>status; status=502; when=after</c>.</summary>
    public static (Fault? Fault, string? Wrong) ReadHeader(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        var request = new FaultRequest(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value] || request.With(name, value) is not { } with)
                return (null, $"{part} is not understood: after the kind come when=before, when=after, status=…, retryAfter=…, milliseconds=…, to=… or deviation=….");
            request = with;
        }

        return request.Read(0);
    }

    private FaultRequest? With(string name, string value)
    {
        if (name == "when")
            return this with { When = value };
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return name switch
        {
            "status" => this with { Status = number },
            "retryAfter" => this with { RetryAfter = number },
            "milliseconds" => this with { Milliseconds = number },
            "to" => this with { To = number },
            "deviation" => this with { Deviation = number },
            _ => null,
        };
    }

    private string? WrongParameter(FaultKind kind)
    {
        (string Name, bool Given, bool Good)[] parameters =
        [
            ("status", Status is not null, Status is >= 200 and <= 599),
            ("body", Body is not null, Body?.Length <= LongestBody),
            ("contentType", ContentType is not null, ContentType?.Length <= 256 && ContentType.All(character => character is >= ' ' and <= '~')),
            ("retryAfter", RetryAfter is not null, RetryAfter is >= 0 and <= 86_400),
            ("milliseconds", Milliseconds is not null, Milliseconds >= 0 && Milliseconds <= (kind.Name == FaultKinds.DeliveryLate ? DeliveryLate.Longest : LongestWait)),
            ("to", To is not null, To >= (Milliseconds ?? Latency.Usual) && To <= LongestWait && Deviation is null),
            ("deviation", Deviation is not null, Deviation is >= 0 and <= LongestWait),
        ];
        foreach (var (name, given, good) in parameters)
        {
            if (given && !kind.Takes.Contains(name))
                return $"\"{name}\" is nothing that {kind.Name} has{(kind.Takes.Length == 0 ? "" : $": it has {string.Join(", ", kind.Takes)}")}.";
            if (given && !good)
                return $"\"{name}\" is out of bounds: a status is from 200 to 599, a wait at most {LongestWait} milliseconds, to is not below milliseconds and not beside deviation, a body has at most {LongestBody} characters.";
        }

        return Status is 204 or 304 or 205 && Body is not null ? $"A {Status} has no body." : null;
    }

    private string? WrongRule(FaultKind kind)
    {
        if (When is not (null or Fault.Before or Fault.After) || (kind.KeepsAnswer && When == Fault.Before))
            return kind.KeepsAnswer ? $"\"when\" can only be after: with {kind.Name} the change is made." : "\"when\" must be before or after.";
        if (Operation is not null && !Enum.GetNames<Operation>().Contains(Operation, StringComparer.OrdinalIgnoreCase))
            return $"\"operation\" must be one of {string.Join(", ", Enum.GetNames<Operation>())}.";
        if (Nth < 1 || Every < 1 || Strikes < 1 || Probability is < 0 or > 1 or double.NaN)
            return "\"nth\", \"every\" and \"strikes\" count from 1, and \"probability\" is from 0 to 1.";
        if (Campaign?.Length > 256 || Reference?.Length > 256)
            return "\"campaign\" and \"reference\" have at most 256 characters.";
        return Until is not null && Instants.Parse(Until) is null ? "\"until\" is an instant such as 2026-08-03T00:00:00+01:00, by the client's clock; without an offset a time in London." : null;
    }
}
