using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ImovoSim.Campaigns;
using ImovoSim.Delivery;
using ImovoSim.Journal;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>POST /_sim/verify: 200 where as many vouchers exist, calls were made or messages were sent as were said; 409 with the difference where not.</summary>
internal sealed class VerifyApi(Journal.Journal journal, TimeProvider time)
{
    private const int MostListed = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly string[] Standings = ["", "live", "redeemed", "cancelled", "expired"];

    private static readonly string Form =
        "Say how many (exactly, or atLeast, atMost or both) and of what: \"vouchers\", \"live vouchers\", \"redeemed vouchers\", \"cancelled vouchers\" or \"expired vouchers\", " +
        "which reference and campaign can narrow; or \"messages\", \"waiting messages\", \"sent messages\", \"delivered messages\" or \"failed messages\", which to, reference, campaign and code can narrow; " +
        "or \"calls\", \"issued calls\", \"refused calls\" and so on, which operation, status, struck, reference, campaign and code can narrow. " +
        "wait is an ISO 8601 duration of at most PT30S.";

    public void Map(IEndpointRouteBuilder routes, ControlRoute control) => routes.MapPost("/_sim/verify", control.ForClient(Verify)).Describes(() => new(
        "verify", "Verify", "Verify what exists or was asked", "Says how many vouchers should exist, calls have been made or messages been sent, and is told whether that is so.")
    {
        Takes = ControlJson.Plain.VerifyRequest,
        Answers =
        [
            RouteAnswer.Ok(ControlJson.Plain.VerifiedBody, "It is so."),
            new(StatusCodes.Status409Conflict, "It is not so: the difference, and some of those that there are.", ControlJson.Plain.VerifiedBody),
        ],
        Refuses = [400],
    });

    private ValueTask<Answer> Verify(ControlCall call) => call.Reading(ControlJson.Plain.VerifyRequest, async asked =>
    {
        var bounded = asked.AtLeast is not null || asked.AtMost is not null;
        if (bounded == (asked.Exactly is not null) || asked.Exactly < 0 || asked.AtLeast < 0 || asked.AtMost < 0 || Wait(asked.Wait) is not { } wait)
            return ControlProblem.Wrong(Form);
        var (of, noun) = Noun(asked.Of);
        if (Wrong(asked, of, noun))
            return ControlProblem.Wrong(Form);
        // What is asked for can be on its way: the call of another thread, or the entry of another replica.
        var until = time.GetTimestamp();
        while (true)
        {
            var verified = noun switch
            {
                "call" => await Calls(call, asked, of),
                "message" => await Messages(call, asked, of),
                _ => await Vouchers(call, asked, of),
            };
            if (verified.Holds)
                return ControlJson.Answer(verified, ControlJson.Plain.VerifiedBody);
            if (verified.Difference > 0 || time.GetElapsedTime(until) >= wait)
                return ControlJson.Answer(verified, ControlJson.Plain.VerifiedBody, StatusCodes.Status409Conflict);
            await journal.Another(call.Cancelled);
        }
    });

    private static async ValueTask<VerifiedBody> Vouchers(ControlCall call, VerifyRequest asked, string state)
    {
        var look = await call.Look();
        VouchersApi.Meant(call, state.Length == 0 ? null : state, asked.Campaign, asked.Reference, look.Now, out var query);
        var verified = Compared(asked, await call.Store.CountVouchers(look.Client.Id, query, call.Cancelled));
        if (verified.Holds)
            return verified;
        var listed = await call.Store.FindVouchers(look.Client.Id, query with { AtMost = MostListed }, call.Cancelled);
        return verified with { Vouchers = [.. listed.Select(voucher => VoucherBody.Of(call, voucher, look.Now))] };
    }

    private async ValueTask<VerifiedBody> Calls(ControlCall call, VerifyRequest asked, string outcome)
    {
        var query = new JournalQuery(
            asked.Operation, outcome.Length == 0 ? null : outcome, asked.Status, asked.Struck, JournalApi.Key(asked.Campaign), JournalApi.Key(asked.Reference), JournalApi.Key(asked.Code),
            AtMost: MostListed);
        var verified = Compared(asked, await journal.Count(call.Caller.Client.Id, query, call.Cancelled));
        if (verified.Holds)
            return verified;
        var listed = await journal.Find(call.Caller.Client.Id, query, call.Cancelled);
        return verified with { Calls = [.. listed.Select(entry => JournalApi.View(call, entry))] };
    }

    private static VerifiedBody Compared(VerifyRequest asked, long found)
    {
        var (least, most) = (asked.Exactly ?? asked.AtLeast ?? 0, asked.Exactly ?? asked.AtMost ?? long.MaxValue);
        var difference = found < least ? found - least : found > most ? found - most : 0;
        return new VerifiedBody(difference == 0, found, difference, null, null, null);
    }

    private static async ValueTask<VerifiedBody> Messages(ControlCall call, VerifyRequest asked, string state)
    {
        var look = await call.Look(asked.Code);
        var query = MessagesApi.Meant(call, look, asked.To, asked.Code, asked.Reference, asked.Campaign) with
        {
            Standing = state.Length == 0 ? null : Enum.Parse<MessageStanding>(state, ignoreCase: true),
            AtMost = MostListed,
        };
        var verified = Compared(asked, await call.Store.CountMessages(look.Client.Id, query, call.Cancelled));
        if (verified.Holds)
            return verified;
        var listed = await call.Store.FindMessages(look.Client.Id, query, call.Cancelled);
        return verified with { Messages = [.. listed.Select(message => MessageBody.Of(call, message, look.Now))] };
    }

    private static bool Wrong(VerifyRequest asked, string of, string noun) => noun switch
    {
        "call" => asked.To is not null || WrongCalls(asked, of),
        "message" => HasCallFilter(asked) || (of.Length > 0 && !MessagesApi.States.Contains(of)),
        _ => asked.To is not null || asked.Code is not null || HasCallFilter(asked) || !Standings.Contains(of),
    };

    private static bool WrongCalls(VerifyRequest asked, string outcome) =>
        (outcome.Length > 0 && !JournalApi.Outcomes.Contains(outcome)) || (asked.Operation is not null && !JournalApi.Operations.Contains(asked.Operation)) || asked.Status is < 0 or > 599;

    private static bool HasCallFilter(VerifyRequest asked) => asked.Operation is not null || asked.Status is not null || asked.Struck is not null;

    private static TimeSpan? Wait(string? text) =>
        text is null ? TimeSpan.Zero
        : Duration.Parse(text) is { Months: 0, Days: 0 } wait && wait.Time >= TimeSpan.Zero && wait.Time <= LongestWait ? wait.Time : null;

    // "live vouchers" is "live", "vouchers" is any; and so with calls and messages.
    private static (string Of, string Noun) Noun(string? of)
    {
        foreach (var noun in new[] { "voucher", "call", "message" })
        {
            var one = of?.EndsWith('s') == true ? of[..^1] : of;
            if (one == noun || one?.EndsWith(" " + noun, StringComparison.Ordinal) == true)
                return (one[..^noun.Length].TrimEnd(), noun);
        }

        return ("nothing that exists", "voucher");
    }
}

internal sealed record VerifyRequest(
    [property: Description("So many, and neither more nor less; not beside the other two.")] long? Exactly,
    [property: Description("So many or more.")] long? AtLeast,
    [property: Description("So many or fewer.")] long? AtMost,
    [property: Required, Description("What is counted: vouchers of any state, or of one; calls, or those of one outcome; messages, or those of one state.")]
    [property: AllowedValues(
        "vouchers", "live vouchers", "redeemed vouchers", "cancelled vouchers", "expired vouchers", "voucher", "live voucher", "redeemed voucher", "cancelled voucher", "expired voucher",
        "calls", "issued calls", "cancelled calls", "refused calls", "nothing calls", "failed calls", "call", "issued call", "cancelled call", "refused call", "nothing call", "failed call",
        "messages", "waiting messages", "sent messages", "delivered messages", "failed messages", "message", "waiting message", "sent message", "delivered message", "failed message")]
    string? Of,
    [property: Description("Only those of this customer reference, letter for letter.")] string? Reference,
    [property: Description("Only those of this campaign; its code in any casing for vouchers, as it was asked for or is kept for calls.")] string? Campaign,
    [property: Description("Only calls that issued or cancelled this voucher, or messages about it.")] string? Code,
    [property: Description("Only messages for this contact; a UK mobile number however it is written.")] string? To,
    [property: Description("Only calls of this operation."), AllowedValues("Request", "RequestVoucherWithId", "CancelVoucher", "Unknown")] string? Operation,
    [property: Description("Only calls that got this HTTP status; 0 where nothing came.")] int? Status,
    [property: Description("Only calls that a fault struck, or that none did.")] bool? Struck,
    [property: Description("How long what is missing may take to come: an ISO 8601 duration of at most PT30S.")] string? Wait);

internal sealed record VerifiedBody(
    [property: Description("Whether there are as many as were said.")] bool Holds,
    [property: Description("How many there are.")] long Found,
    [property: Description("How many too many; below 0, how many are missing.")] long Difference,
    [property: Description("Where it does not hold for vouchers, the first 20 of those that exist.")] IReadOnlyList<VoucherBody>? Vouchers,
    [property: Description("Where it does not hold for calls, the last 20 of those that were made.")] IReadOnlyList<JournalBody>? Calls,
    [property: Description("Where it does not hold for messages, the last 20 of those that there are.")] IReadOnlyList<MessageBody>? Messages);
