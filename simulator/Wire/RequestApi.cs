using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>/VoucherRequest/Request</summary>
internal static class RequestApi
{
    private const int CampaignCode = 0, CustomerReference = 1, Value = 2;

    private static readonly ParameterName[] Names = [new("campaignCode"), new("customerReference"), new("value")];
    private static readonly ParameterName[] NamesWithAlias = [Names[0], Names[1], new("value", "VoucherValue")];

    public static void MapRequest(this IEndpointRouteBuilder routes, VendorRoute vendor, Profile facts) =>
        routes.MapMethods(
            VendorPaths.Request, facts.Says(Facts.GetOnRequest, "allowed") ? ["GET", "POST"] : ["POST"], vendor.Answering(Operation.Request, Request));

    private static async ValueTask<Answer> Request(Call call)
    {
        var given = new Parameters(call.Facts.Says(Facts.Aliases, "accepted") ? NamesWithAlias : Names, call.Facts);
        if (await Given.QueryAndForm(call, given, Facts.RequestPlace, Value) is { } unreadable)
            return unreadable;
        return await Issuing.Answer(
            call, Operation.Request, new IssueRequest(false, given[CampaignCode], given[CustomerReference], given.Value(Value)));
    }
}
