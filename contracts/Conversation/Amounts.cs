using System.Globalization;

namespace ImovoSim.Contracts;

/// <summary>What a case says of a campaign besides its code: its bounds a penny either way, and its code in other letters.</summary>
internal static class Amounts
{
    public static string Of(string role, Campaign campaign, string words) => words switch
    {
        "in lower case" => campaign.Code.ToLowerInvariant(),
        "maximum" => Pounds(role, words, campaign.Maximum),
        "maximum + 0.01" => Pounds(role, words, campaign.Maximum + 0.01m),
        "minimum" => Pounds(role, words, campaign.Minimum),
        "minimum - 0.01" => Pounds(role, words, campaign.Minimum - 0.01m),
        _ => throw new InvalidOperationException($"no placeholder is called {{{role} {words}}}"),
    };

    private static string Pounds(string role, string words, decimal? amount) =>
        amount?.ToString("0.00", CultureInfo.InvariantCulture) ?? throw new NotRun($"the {words.Split(' ')[0]} of the \"{role}\" campaign is not named");
}
