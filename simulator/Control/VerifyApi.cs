using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>POST /_sim/verify: 200 where as many vouchers exist as were said, 409 with the difference where not.</summary>
internal static class VerifyApi
{
    private const string Form = "Say how many (exactly, or atLeast, atMost or both) and of what: \"vouchers\", or \"live vouchers\", \"redeemed vouchers\", \"cancelled vouchers\" or \"expired vouchers\".";

    public static void MapVerify(this IEndpointRouteBuilder routes, ControlRoute control) => routes.MapPost("/_sim/verify", control.ForClient(Verify)).Describes(new(
        "verify", "Verify", "Verify what exists", "Says how many vouchers should exist, and is told whether that is so.")
    {
        Takes = ControlJson.Plain.VerifyRequest,
        Answers =
        [
            RouteAnswer.Ok(ControlJson.Plain.VerifiedBody, "It is so."),
            new(StatusCodes.Status409Conflict, "It is not so: the difference, and the first of the vouchers that exist.", ControlJson.Plain.VerifiedBody),
        ],
        Refuses = [400],
    });

    private static ValueTask<Answer> Verify(ControlCall call) => call.Reading(ControlJson.Plain.VerifyRequest, async asked =>
    {
        var bounded = asked.AtLeast is not null || asked.AtMost is not null;
        if (bounded == (asked.Exactly is not null) || asked.Exactly < 0 || asked.AtLeast < 0 || asked.AtMost < 0 || State(asked.Of) is not { } state)
            return ControlProblem.Wrong(Form);
        var look = await call.Look();
        if (!VouchersApi.Meant(call, state.Length == 0 ? null : state, asked.Campaign, asked.Reference, look.Now, out var query))
            return ControlProblem.Wrong(Form);
        var found = await call.Store.CountVouchers(look.Client.Id, query, call.Cancelled);
        var (least, most) = (asked.Exactly ?? asked.AtLeast ?? 0, asked.Exactly ?? asked.AtMost ?? long.MaxValue);
        var difference = found < least ? found - least : found > most ? found - most : 0;
        if (difference == 0)
            return ControlJson.Answer(new VerifiedBody(true, found, 0, null), ControlJson.Plain.VerifiedBody);
        var listed = await call.Store.FindVouchers(look.Client.Id, query with { AtMost = 20 }, call.Cancelled);
        return ControlJson.Answer(
            new VerifiedBody(false, found, difference, [.. listed.Select(voucher => VoucherBody.Of(voucher, look.Now))]),
            ControlJson.Plain.VerifiedBody, StatusCodes.Status409Conflict);
    });

    // "live vouchers" is "live", "vouchers" is any.
    private static string? State(string? of) => of switch
    {
        "vouchers" or "voucher" => "",
        not null when of.EndsWith(" vouchers", StringComparison.Ordinal) => of[..^9],
        not null when of.EndsWith(" voucher", StringComparison.Ordinal) => of[..^8],
        _ => null,
    };
}

internal sealed record VerifyRequest(
    [property: Description("So many, and neither more nor less; not beside the other two.")] long? Exactly,
    [property: Description("So many or more.")] long? AtLeast,
    [property: Description("So many or fewer.")] long? AtMost,
    [property: Required, Description("What is counted: vouchers of any state, or of one.")]
    [property: AllowedValues("vouchers", "live vouchers", "redeemed vouchers", "cancelled vouchers", "expired vouchers", "voucher", "live voucher", "redeemed voucher", "cancelled voucher", "expired voucher")]
    string? Of,
    [property: Description("Only those of this customer reference, letter for letter.")] string? Reference,
    [property: Description("Only those of this campaign; its code in any casing.")] string? Campaign);

internal sealed record VerifiedBody(
    [property: Description("Whether there are as many as were said.")] bool Holds,
    [property: Description("How many there are.")] long Found,
    [property: Description("How many too many; below 0, how many are missing.")] long Difference,
    [property: Description("Where it does not hold, the first 20 of those that exist.")] IReadOnlyList<VoucherBody>? Vouchers);
