using System.Globalization;

namespace ImovoSim.Pages;

/// <summary>GET /stores?postcode=…: where a voucher could be used, had these shops a place in the world.</summary>
internal static class StoresApi
{
    private const int Shown = 10;

    public static void MapStores(this IEndpointRouteBuilder routes, PageRoute pages) => routes.MapGet("/stores", pages.Answering(context => new(Show(context))));

    private static IResult Show(HttpContext context)
    {
        var asked = $"{context.Request.Query["postcode"]}".Trim();
        if (asked.Length == 0)
            return Page(new StoresModel("", null, null, []));
        if (PostCode.Parse(asked) is not { } code)
            return Page(new StoresModel(asked, null, "This is no UK post code: write one such as AL7 1TW, or its first half, AL7.", []));
        if (ShopMap.BuiltIn.Near(code, Shown) is not { } near)
            return Page(new StoresModel(asked, null, $"There is no post code area {code.Area} on this map.", []));
        return Page(new StoresModel(code.Text, code.Text, null, [.. near.Select(each => new StoreModel(
            each.Shop.Name, each.Shop.Street, each.Shop.Town, each.Shop.PostCode, each.Miles.ToString("0.0", CultureInfo.InvariantCulture), each.Shop.Weekdays, each.Shop.Saturday, each.Shop.Sunday))]));
    }

    private static IResult Page(StoresModel model) =>
        Results.RazorSlice<StoresSlice, StoresModel>(model, model.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

public sealed record StoresModel(string Asked, string? Near, string? Problem, IReadOnlyList<StoreModel> Stores);

public sealed record StoreModel(string Name, string Street, string Town, string PostCode, string Miles, string Weekdays, string Saturday, string Sunday);
