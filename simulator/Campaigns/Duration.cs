using System.Globalization;
using System.Text.RegularExpressions;

namespace ImovoSim.Campaigns;

/// <summary>An ISO 8601 duration. Years, months and days follow the calendar; hours and less are exact.</summary>
internal sealed partial record Duration(int Months, int Days, TimeSpan Time)
{
    public static Duration? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || text.EndsWith('P') || text.EndsWith('T'))
            return null;
        long Part(string name) => match.Groups[name].Success ? long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new Duration(
            (int)(Part("y") * 12 + Part("mo")), (int)(Part("w") * 7 + Part("d")), TimeSpan.FromSeconds(Part("h") * 3600 + Part("mi") * 60 + Part("s")));
    }

    public DateTime After(DateTime wall) => wall.AddMonths(Months).AddDays(Days) + Time;

    [GeneratedRegex(@"^P((?<y>[0-9]{1,3})Y)?((?<mo>[0-9]{1,4})M)?((?<w>[0-9]{1,4})W)?((?<d>[0-9]{1,5})D)?(T((?<h>[0-9]{1,7})H)?((?<mi>[0-9]{1,9})M)?((?<s>[0-9]{1,10})S)?)?\z")]
    private static partial Regex Form();
}
