using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>/Voucher/CancelVoucher</summary>
internal static class CancelApi
{
    private const int VoucherCode = 0;

    private static readonly ParameterName[] Names = [new("voucherCode")];

    public static void MapCancel(this IEndpointRouteBuilder routes, VendorRoute vendor, Profile facts) =>
        routes.MapMethods(
            VendorPaths.Cancel, facts.Says(Facts.GetOnCancel, "allowed") ? ["GET", "POST"] : ["POST"], vendor.Answering(Operation.CancelVoucher, CancelVoucher));

    private static async ValueTask<Answer> CancelVoucher(Call call)
    {
        var given = new Parameters(Names, call.Facts);
        if (await Given.QueryAndForm(call, given, Facts.CancelPlace, valueIndex: -1) is { } unreadable)
            return unreadable;
        var cancel = new Cancel(given[VoucherCode], call.Service.Rules, call.RealNow);
        var outcome = await call.Change(cancel);
        if (outcome.Refused is [Reason.VoucherNotFound] && !call.Facts.Says(Facts.ForeignVoucher, "not-found"))
            return await Foreign(call, cancel) ?? call.Service.Json.Refused(Operation.CancelVoucher, outcome.Refused);
        if (outcome.Refused is [Reason.CodeMissing] && call.Facts.Says(Facts.NoCode, "400-problem"))
            return Problem.Required("voucherCode");
        return outcome.Refused.Count == 0 ? call.Service.Json.Cancelled() : call.Service.Json.Refused(Operation.CancelVoucher, outcome.Refused);
    }

    private static async ValueTask<Answer?> Foreign(Call call, Cancel cancel)
    {
        if (await call.Service.OwnerOf(cancel.Code, call.Caller.Client.Id, default) is not { } owner)
            return null;
        if (call.Facts.Says(Facts.ForeignVoucher, "401"))
            return ApiKeyHeader.Unauthorized(call.Service);
        var outcome = await call.Change(call.Caller with { Client = owner }, cancel);
        return outcome.Refused.Count == 0 ? call.Service.Json.Cancelled() : call.Service.Json.Refused(Operation.CancelVoucher, outcome.Refused);
    }
}
