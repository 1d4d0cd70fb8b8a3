using ImovoSim.Clients;

namespace ImovoSim.Tests;

public sealed class CampaignGrantTests
{
    [Theory]
    [InlineData("*", "THINK", true)]
    [InlineData("", "THINK", false)]
    [InlineData("think, CAMP01", "THINK", true)]
    [InlineData("CAMP01", "THINK", false)]
    [InlineData("*,!THINK", "think", false)]
    [InlineData("*,!CAMP01", "THINK", true)]
    [InlineData("!CAMP01", "THINK", true)]
    [InlineData("!CAMP01,!think", "THINK", false)]
    [InlineData("CAMP01,!CASHID", "THINK", false)]
    public void A_client_may_use_what_its_grant_names(string grant, string code, bool may) => Assert.Equal(may, new CampaignGrant(grant).Allows(code));
}
