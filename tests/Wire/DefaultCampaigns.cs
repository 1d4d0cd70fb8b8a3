using ImovoSim.Campaigns;

namespace ImovoSim.Tests;

/// The file that users copy and change.
internal static class DefaultCampaigns
{
    public static string Text { get; } = Read();

    public static string With(string more) => Text[..Text.LastIndexOf(']')].TrimEnd() + ",\n" + more + "\n]}";

    private static string Read()
    {
        using var stream = typeof(CampaignFile).Assembly.GetManifestResourceStream("campaigns.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
