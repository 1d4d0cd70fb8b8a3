using System.Text.Encodings.Web;
using System.Text.Json;
using Bogus;
using ImovoSim.Control;

namespace ImovoSim.Tests;

/// The names and towns of generated vouchers: Bogus makes them here, so that the program does not need it.
public sealed class PeopleTests
{
    private const int Seed = 20260802;

    [Fact]
    public async Task Names_and_towns_are_as_bogus_makes_them()
    {
        await using var stream = typeof(People).Assembly.GetManifestResourceStream("people.json")!;
        using var reader = new StreamReader(stream);
        var made = Path.Combine(AppContext.BaseDirectory, "people.json");
        await File.WriteAllTextAsync(made, Make(), TestContext.Current.CancellationToken);
        Assert.True(Make() == await reader.ReadToEndAsync(TestContext.Current.CancellationToken), $"simulator/Control/people.json is not what Bogus makes: copy {made} there.");
    }

    [Fact]
    public void They_are_enough_for_people_to_differ()
    {
        var data = JsonDocument.Parse(Make()).RootElement;
        Assert.True(data.GetProperty("firstNames").GetArrayLength() >= 150);
        Assert.True(data.GetProperty("lastNames").GetArrayLength() >= 250);
        Assert.True(data.GetProperty("towns").GetArrayLength() >= 150);
    }

    private static string Make()
    {
        var faker = new Faker("en_GB") { Random = new Randomizer(Seed) };
        var data = new PeopleData(
            Draw(200, () => faker.Name.FirstName()), Draw(300, () => faker.Name.LastName()), Draw(250, () => faker.Address.StreetName()),
            [.. Draw(200, () => faker.Address.City()).Select(town => new TownData(town, PostCode(faker)))]);
        var plain = new PeopleJson(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true });
        return JsonSerializer.Serialize(data, plain.PeopleData) + "\n";
    }

    private static string[] Draw(int most, Func<string> next) => [.. Enumerable.Range(0, most * 2).Select(_ => next()).Distinct().Take(most).Order(StringComparer.Ordinal)];

    // With the letters that the last three characters of a post code can have.
    private static string PostCode(Faker faker) => faker.Random.Replace("??# #") + faker.Random.String2(2, "ABDEFGHJLNPQRSTUWXYZ");
}
