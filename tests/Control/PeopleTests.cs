using System.Text.Encodings.Web;
using System.Text.Json;
using Bogus;
using ImovoSim.Control;

namespace ImovoSim.Tests;

/// The names and towns of generated vouchers: Bogus makes them here, so that the program does not need it.
public sealed class PeopleTests
{
    private const int Seed = 20260802;

    // What Bogus has for Britain are towns and streets of nowhere.
    private static readonly string[] Streets = ["Road", "Street", "Lane", "Avenue", "Close", "Drive", "Crescent", "Gardens", "Terrace", "Way", "Grove", "Court"];

    private static readonly (string Town, string Area)[] Towns =
    [
        ("Aberdeen", "AB"), ("Belfast", "BT"), ("Birmingham", "B"), ("Blackburn", "BB"), ("Bolton", "BL"), ("Bournemouth", "BH"), ("Bradford", "BD"), ("Brighton", "BN"),
        ("Bristol", "BS"), ("Cambridge", "CB"), ("Cardiff", "CF"), ("Carlisle", "CA"), ("Chelmsford", "CM"), ("Chester", "CH"), ("Colchester", "CO"), ("Coventry", "CV"),
        ("Darlington", "DL"), ("Derby", "DE"), ("Doncaster", "DN"), ("Dundee", "DD"), ("Durham", "DH"), ("Edinburgh", "EH"), ("Exeter", "EX"), ("Glasgow", "G"),
        ("Gloucester", "GL"), ("Guildford", "GU"), ("Hereford", "HR"), ("Huddersfield", "HD"), ("Hull", "HU"), ("Inverness", "IV"), ("Ipswich", "IP"), ("Leeds", "LS"),
        ("Leicester", "LE"), ("Lincoln", "LN"), ("Liverpool", "L"), ("Luton", "LU"), ("Manchester", "M"), ("Milton Keynes", "MK"), ("Newcastle upon Tyne", "NE"), ("Northampton", "NN"),
        ("Norwich", "NR"), ("Nottingham", "NG"), ("Oxford", "OX"), ("Perth", "PH"), ("Peterborough", "PE"), ("Plymouth", "PL"), ("Portsmouth", "PO"), ("Preston", "PR"),
        ("Reading", "RG"), ("Sheffield", "S"), ("Shrewsbury", "SY"), ("Southampton", "SO"), ("St Albans", "AL"), ("Stoke-on-Trent", "ST"), ("Sunderland", "SR"), ("Swansea", "SA"),
        ("Swindon", "SN"), ("Truro", "TR"), ("Wakefield", "WF"), ("Wolverhampton", "WV"), ("Worcester", "WR"), ("York", "YO"),
    ];

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
            Draw(200, () => faker.Name.FirstName()), Draw(300, () => faker.Name.LastName()), Draw(250, () => $"{faker.Name.LastName()} {faker.PickRandom(Streets)}"),
            [.. Enumerable.Range(0, 200).Select(_ => Town(faker)).OrderBy(town => town.PostCode, StringComparer.Ordinal)]);
        var plain = new PeopleJson(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true });
        return JsonSerializer.Serialize(data, plain.PeopleData) + "\n";
    }

    private static string[] Draw(int most, Func<string> next) => [.. Enumerable.Range(0, most * 2).Select(_ => next()).Distinct().Take(most).Order(StringComparer.Ordinal)];

    // A town in the area of its post codes, and the letters that the last three characters of one can have.
    private static TownData Town(Faker faker)
    {
        var (town, area) = faker.PickRandom(Towns);
        return new TownData(town, $"{area}{faker.Random.Number(1, 9)} {faker.Random.Number(0, 9)}{faker.Random.String2(2, "ABDEFGHJLNPQRSTUWXYZ")}");
    }
}
