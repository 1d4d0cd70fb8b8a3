using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImovoSim.Control;

/// <summary>Somebody who does not exist.</summary>
internal sealed record Person(string Name, string Address, string PostCode, string Mobile, string Email, string Shop);

/// <summary>
/// Made-up people of the United Kingdom. Their names and towns stand in people.json, which a test makes and holds as it
/// is; their numbers are of those that Ofcom keeps for drama, their mail goes to example.com.
/// </summary>
internal static class People
{
    // The last hundred of the thousand bring faults and refusals of their own.
    private const int Mobiles = 900;

    private static readonly Lazy<PeopleData> Data = new(() =>
    {
        using var stream = typeof(People).Assembly.GetManifestResourceStream("people.json")!;
        return JsonSerializer.Deserialize(stream, PeopleJson.Default.PeopleData)!;
    });

    public static Person Draw(Draws draws)
    {
        var data = Data.Value;
        string One(string[] of) => of[draws.Below(of.Length)];
        var (first, last, place) = (One(data.FirstNames), One(data.LastNames), data.Towns[draws.Below(data.Towns.Length)]);
        return new Person(
            $"{first} {last}", $"{1 + draws.Below(180)} {One(data.Streets)}, {place.Town}", place.PostCode, $"07700900{draws.Below(Mobiles):000}",
            $"{Letters(first)}.{Letters(last)}{draws.Below(100)}@example.com", $"{One(data.LastNames)} {(draws.Below(2) == 0 ? "News" : "Stores")}");
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
}

internal sealed record PeopleData(string[] FirstNames, string[] LastNames, string[] Streets, TownData[] Towns);

internal sealed record TownData(string Town, string PostCode);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PeopleData))]
internal sealed partial class PeopleJson : JsonSerializerContext;
