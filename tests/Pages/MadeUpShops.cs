using System.Globalization;
using System.Text;
using System.Text.Json;
using Bogus;

namespace ImovoSim.Tests;

/// Writes simulator/Pages/shops.json: the same bytes each time, because chance is seeded.
internal static class MadeUpShops
{
    private const int PerArea = 8;

    // Roughly the middle of each post code area of the United Kingdom, in tenths of degrees.
    private const string Areas =
        "AB 57.2 -2.4|AL 51.8 -0.3|B 52.5 -1.9|BA 51.3 -2.4|BB 53.8 -2.4|BD 53.8 -1.8|BH 50.7 -1.9|BL 53.6 -2.4|BN 50.9 -0.1|BR 51.4 0.0|BS 51.4 -2.6|BT 54.6 -6.2|" +
        "CA 54.7 -3.0|CB 52.2 0.2|CF 51.6 -3.3|CH 53.2 -3.0|CM 51.7 0.4|CO 51.9 0.9|CR 51.4 -0.1|CT 51.2 1.2|CV 52.4 -1.5|CW 53.1 -2.4|DA 51.4 0.3|DD 56.6 -2.9|" +
        "DE 53.0 -1.5|DG 55.0 -3.8|DH 54.8 -1.6|DL 54.5 -1.7|DN 53.6 -0.8|DT 50.7 -2.4|DY 52.4 -2.2|E 51.5 0.0|EC 51.5 -0.1|EH 55.9 -3.2|EN 51.7 -0.1|EX 50.8 -3.6|" +
        "FK 56.1 -3.9|FY 53.8 -3.0|G 55.9 -4.3|GL 51.9 -2.2|GU 51.2 -0.7|GY 49.5 -2.6|HA 51.6 -0.3|HD 53.6 -1.8|HG 54.1 -1.6|HP 51.7 -0.7|HR 52.1 -2.7|HS 58.0 -6.8|" +
        "HU 53.8 -0.3|HX 53.7 -1.9|IG 51.6 0.1|IM 54.2 -4.5|IP 52.2 1.1|IV 57.6 -4.6|JE 49.2 -2.1|KA 55.5 -4.5|KT 51.4 -0.3|KW 58.5 -3.4|KY 56.2 -3.2|L 53.5 -2.9|" +
        "LA 54.2 -2.9|LD 52.2 -3.3|LE 52.6 -1.1|LL 53.1 -3.7|LN 53.2 -0.4|LS 53.8 -1.5|LU 51.9 -0.5|M 53.5 -2.3|ME 51.3 0.6|MK 52.1 -0.7|ML 55.7 -3.9|N 51.6 -0.1|" +
        "NE 55.1 -1.7|NG 53.0 -1.1|NN 52.3 -0.9|NP 51.7 -3.0|NR 52.7 1.2|NW 51.5 -0.2|OL 53.5 -2.1|OX 51.8 -1.3|PA 55.9 -5.2|PE 52.6 -0.1|PH 56.6 -3.9|PL 50.4 -4.4|" +
        "PO 50.8 -1.1|PR 53.7 -2.7|RG 51.4 -1.0|RH 51.1 -0.2|RM 51.6 0.2|S 53.4 -1.4|SA 51.8 -4.3|SE 51.5 -0.1|SG 51.9 -0.2|SK 53.3 -2.1|SL 51.5 -0.6|SM 51.4 -0.2|" +
        "SN 51.5 -1.8|SO 50.9 -1.4|SP 51.1 -1.8|SR 54.9 -1.4|SS 51.6 0.7|ST 52.9 -2.1|SW 51.5 -0.2|SY 52.6 -3.1|TA 51.0 -3.1|TD 55.7 -2.4|TF 52.7 -2.5|TN 51.1 0.4|" +
        "TQ 50.4 -3.7|TR 50.2 -5.2|TS 54.6 -1.2|TW 51.4 -0.4|UB 51.5 -0.4|W 51.5 -0.2|WA 53.4 -2.6|WC 51.5 -0.1|WD 51.7 -0.4|WF 53.7 -1.5|WN 53.5 -2.6|WR 52.2 -2.2|" +
        "WS 52.6 -1.9|WV 52.6 -2.2|YO 54.0 -1.0|ZE 60.3 -1.3";

    private static readonly string[] Kinds = ["Stores", "News", "Convenience", "Food & Wine", "Minimarket", "Newsagents", "Corner Shop"];

    public static string Json()
    {
        var faker = new Faker("en_GB") { Random = new Randomizer(2026) };
        var areas = Areas.Split('|').Select(area => area.Split(' ')).ToList();
        var json = new StringBuilder("{\n  \"areas\": {\n");
        json.AppendJoin(",\n", areas.Select(area => $"    \"{area[0]}\": [{area[1]}, {area[2]}]"));
        json.Append("\n  },\n  \"shops\": [\n");
        json.AppendJoin(",\n", areas.SelectMany(area => Enumerable.Range(0, PerArea).Select(_ => Shop(faker, area[0]))));
        return json.Append("\n  ]\n}\n").ToString();
    }

    private static string Shop(Faker faker, string area)
    {
        var (open, shut) = (faker.Random.Int(6, 8), faker.Random.Int(18, 23));
        var code = string.Create(CultureInfo.InvariantCulture, $"{area}{faker.Random.Int(1, 9)} {faker.Random.Int(1, 9)}{faker.Random.String2(2, "ABDEFGHJLNPQRSTUWXYZ")}");
        var members = new (string Name, string Text)[]
        {
            ("name", $"{faker.Name.LastName()} {faker.PickRandom(Kinds)}"), ("street", $"{faker.Random.Int(1, 240)} {faker.Address.StreetName()}"), ("town", faker.Address.City()), ("postCode", code),
            ("weekdays", Hours(open, shut)), ("saturday", Hours(open + faker.Random.Int(0, 1), shut)), ("sunday", faker.Random.Bool(0.15f) ? "closed" : Hours(open + 2, Math.Min(shut, faker.Random.Int(16, 20)))),
        };
        return $"    {{{string.Join(", ", members.Select(member => $"\"{member.Name}\": \"{JsonEncodedText.Encode(member.Text)}\""))}}}";
    }

    private static string Hours(int open, int shut) => string.Create(CultureInfo.InvariantCulture, $"{open:00}:00 to {shut:00}:00");
}
