using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>POST /_sim/verify: 200 where as many vouchers exist as were said, 409 with the difference where not.</summary>
internal static class VerifyApi
{
    private const string Form = "Say how many (exactly, or atLeast, atMost or both) and of what: \"vouchers\", or \"live vouchers\", \"redeemed vouchers\", \"cancelled vouchers\" or \"expired vouchers\".";

    public static void MapVerify(this IEndpointRouteBuilder routes, ControlRoute control) => routes.MapPost("/_sim/verify", control.ForClient(Verify));

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

internal sealed record VerifyRequest(long? Exactly, long? AtLeast, long? AtMost, string? Of, string? Reference, string? Campaign);

/// <param name="Difference">How many too many; below 0, how many are missing.</param>
/// <param name="Vouchers">The first of those that exist.</param>
internal sealed record VerifiedBody(bool Holds, long Found, long Difference, IReadOnlyList<VoucherBody>? Vouchers);
