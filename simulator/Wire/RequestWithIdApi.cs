using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>/VoucherRequest/RequestVoucherWithId</summary>
internal static class RequestWithIdApi
{
    private const int CampaignCode = 0, CustomerReference = 1, DeliveryRecipient = 2, Value = 3, CustomerName = 4, Address = 5, PostCode = 6;

    // The page's list says PostCode and its sample says Postcode.
    private static readonly ParameterName[] Names =
    [
        new("CampaignCode"), new("CustomerReference"), new("DeliveryRecipient"), new("VoucherValue"), new("CustomerName"), new("Address"),
        new("PostCode", "Postcode"),
    ];

    private static readonly ParameterName[] NamesWithAlias = [.. Names.Select(name => name.Name == "VoucherValue" ? new(name.Name, "Value") : name)];

    public static void MapRequestWithId(this IEndpointRouteBuilder routes, VendorRoute vendor) =>
        routes.MapPost(VendorPaths.RequestWithId, vendor.Answering(Operation.RequestVoucherWithId, RequestWithId));

    private static async ValueTask<Answer> RequestWithId(Call call)
    {
        var given = new Parameters(call.Facts.Says(Facts.Aliases, "accepted") ? NamesWithAlias : Names, call.Facts);
        if (await Read(call, given) is { } unreadable)
            return unreadable;
        return await Issuing.Answer(call, Operation.RequestVoucherWithId, new IssueRequest(
            true, given[CampaignCode], given[CustomerReference], given.Value(Value), given[DeliveryRecipient], given[CustomerName], given[Address], given[PostCode]));
    }

    private static async ValueTask<Answer?> Read(Call call, Parameters given)
    {
        if (call.Facts.Says(Facts.WithIdPlace, "json-query-and-form") && !RequestBody.IsJson(call.Request))
        {
            RequestBody.ReadQuery(call.Request, given);
            await RequestBody.ReadForm(call.Request, given);
            return Given.Accept(call, given);
        }

        if (!RequestBody.IsJson(call.Request))
            return call.Facts.Says(Facts.ContentType, "415") ? Wire.Answer.Bare(415) : null;
        return await Given.Members(call, given, Value) ?? Given.Accept(call, given);
    }
}
