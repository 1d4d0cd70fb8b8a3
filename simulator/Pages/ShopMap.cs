using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImovoSim.Pages;

/// <summary>A made-up shop.</summary>
internal sealed record Shop(string Name, string Street, string Town, string PostCode, string Weekdays, string Saturday, string Sunday);

/// <param name="Areas">Roughly the middle of each post code area: latitude, longitude.</param>
internal sealed record ShopFile(Dictionary<string, double[]> Areas, List<Shop> Shops);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ShopFile))]
internal sealed partial class ShopJson : JsonSerializerContext;

/// <summary>
/// Where made-up shops are. Only the middles of the post code areas are near the truth; where a code lies in its
/// area is made up, but always the same.
/// </summary>
internal sealed class ShopMap
{
    private const double MilesPerDegree = 69.1;
    private const double DistrictMiles = 5;
    private const double UnitMiles = 1;
    private readonly ShopFile _file;
    private readonly List<(Shop Shop, (double North, double East) At)> _shops = [];

    public ShopMap(ShopFile file)
    {
        _file = file;
        foreach (var shop in file.Shops)
        {
            if (Pages.PostCode.Parse(shop.PostCode) is { } code && Place(code) is { } at)
                _shops.Add((shop, at));
        }
    }

    private static readonly Lazy<ShopMap> BuiltInOne = new(() =>
    {
        using var stream = typeof(ShopMap).Assembly.GetManifestResourceStream("shops.json")!;
        return new ShopMap(JsonSerializer.Deserialize(stream, ShopJson.Default.ShopFile)!);
    });

    public static ShopMap BuiltIn => BuiltInOne.Value;

    /// <summary>The nearest, with their distance in miles; null where there is no such post code area.</summary>
    public IReadOnlyList<(Shop Shop, double Miles)>? Near(PostCode code, int atMost) =>
        Place(code) is not { } here ? null : [.. _shops.Select(each => (each.Shop, Miles(here, each.At))).OrderBy(each => each.Item2).Take(atMost)];

    private (double North, double East)? Place(PostCode code)
    {
        if (!_file.Areas.TryGetValue(code.Area, out var middle))
            return null;
        var at = (middle[0], middle[1]);
        at = Moved(at, code.District, DistrictMiles);
        return code.Inward.Length == 0 ? at : Moved(at, code.Text, UnitMiles);
    }

    private static (double, double) Moved((double North, double East) from, string text, double atMost)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(text));
        var angle = hash[0] / 256.0 * Math.Tau;
        var miles = Math.Sqrt(hash[1] / 256.0) * atMost;
        return (from.North + Math.Cos(angle) * miles / MilesPerDegree, from.East + Math.Sin(angle) * miles / MilesPerDegree / Math.Cos(from.North * Math.PI / 180));
    }

    private static double Miles((double North, double East) one, (double North, double East) other)
    {
        var north = (one.North - other.North) * MilesPerDegree;
        var east = (one.East - other.East) * MilesPerDegree * Math.Cos(one.North * Math.PI / 180);
        return Math.Sqrt(north * north + east * east);
    }
}
