using Microsoft.Extensions.Configuration;

namespace ImovoSim.Tests;

/// Every setting: its default, its forms, and the sentence that a wrong one gets.
public sealed class SettingsTests
{
    [Fact]
    public void Nothing_needs_to_be_set()
    {
        var settings = Read();
        Assert.Equal((null, null), (settings.CampaignsFile, settings.FidelityProfile));
        Assert.Equal((true, 10_000, TimeSpan.FromDays(120)), (settings.SandboxesEnabled, settings.SandboxesAtMost, settings.SandboxesIdleTime));
        Assert.Equal(new OnboardingSettings(true, false, 1000), settings.Onboarding);
        Assert.Equal(
            [new("DEMO", "demo-key", "*,!LIMITED", null), new("LIMITCO", "limitco-key", "LIMITED", 100.00m), new ConfiguredClient("OTHER", "other-key", "", null)],
            settings.Clients);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var settings = Read(
            "--sandboxes:enabled=False", "--Sandboxes:AtMost=1", "--Sandboxes:IdleTime=PT5M", "--CampaignsFile=c.json", "--Fidelity:Profile=p.json",
            "--Clients:SHOP:Key=shop-key", "--Clients:SHOP:Campaigns=THINK, CAMP01", "--Clients:SHOP:WeeklyLimit=250.5", "--Clients:ALL:Key=all-key",
            "--Clients:LIST:Key=list-key", "--Clients:LIST:Campaigns:0=A", "--Clients:LIST:Campaigns:1=B",
            "--Onboarding:Enabled=false", "--Onboarding:Approval=true", "--Onboarding:AtMost=5");
        Assert.Equal(new OnboardingSettings(false, true, 5), settings.Onboarding);
        Assert.Equal(("c.json", "p.json"), (settings.CampaignsFile, settings.FidelityProfile));
        Assert.Equal((false, 1, TimeSpan.FromMinutes(5)), (settings.SandboxesEnabled, settings.SandboxesAtMost, settings.SandboxesIdleTime));
        Assert.Equal(
            [new("ALL", "all-key", "*", null), new("LIST", "list-key", "A,B", null), new ConfiguredClient("SHOP", "shop-key", "THINK, CAMP01", 250.5m)],
            settings.Clients.OrderBy(client => client.Name));
    }

    [Theory]
    [InlineData("--Nonsense=1", "--Nonsense is no setting: there are ")]
    [InlineData("--Sandbox:Enabled=true", "--Sandbox:Enabled is no setting: there are ")]
    [InlineData("--Sandboxes:Most=3", "--Sandboxes:Most is no setting: there are ")]
    [InlineData("--Sandboxes=false", "Sandboxes is no setting: there are Sandboxes:Enabled, ")]
    [InlineData("--Clients=shop-key", "Clients is no setting: a client has Clients:NAME:Key, ")]
    [InlineData("--Clients:sandbox-12345678:Key=shop-key", "Clients:sandbox-12345678 is named as sandboxes are: ")]
    [InlineData("--Logging:Console:FormatterName=jsno", "Logging:Console:FormatterName is jsno: set it to simple, json, systemd.")]
    [InlineData("--urls=http://localhost:0", "Urls is http://localhost:0: ")]
    [InlineData("--urls=http://127.0.0.1:5080/path", "Urls is http://127.0.0.1:5080/path: ")]
    [InlineData("memory", "memory is no setting: a setting is --NAME VALUE or --NAME=VALUE.")]
    [InlineData("-Store=memory", "-Store is no setting: ")]
    [InlineData("--Sandboxes__AtMost=1", "--Sandboxes__AtMost is no setting: ")]
    [InlineData("--CampaignsFile", "--CampaignsFile has no value: ")]
    [InlineData("--CampaignsFile --Sandboxes:AtMost=1", "--CampaignsFile has no value: ")]
    [InlineData("--Store=disk", "Store names no store: set it to sqlite, memory, or ")]
    [InlineData("--Sandboxes:Enabled=yes", "Sandboxes:Enabled is yes: set it to true or false.")]
    [InlineData("--Sandboxes:AtMost=0", "Sandboxes:AtMost is 0: set it to a whole number from 1 to 1000000.")]
    [InlineData("--Sandboxes:AtMost=1000001", "Sandboxes:AtMost is 1000001: ")]
    [InlineData("--Sandboxes:AtMost=-1", "Sandboxes:AtMost is -1: ")]
    [InlineData("--Sandboxes:AtMost=1.5", "Sandboxes:AtMost is 1.5: ")]
    [InlineData("--Sandboxes:AtMost=99999999999999999999", "Sandboxes:AtMost is 99999999999999999999: ")]
    [InlineData("--Sandboxes:IdleTime=PT4M59S", "Sandboxes:IdleTime is PT4M59S: set it to an ISO 8601 duration of days and less, such as ")]
    [InlineData("--Sandboxes:IdleTime=P1M", "Sandboxes:IdleTime is P1M: ")]
    [InlineData("--Sandboxes:IdleTime=PT9999999H", "Sandboxes:IdleTime is PT9999999H: set it to an ISO 8601 duration of days and less, such as ")]
    [InlineData("--Sandboxes:IdleTime=1.00:00:00", "Sandboxes:IdleTime is 1.00:00:00: ")]
    [InlineData("--Onboarding:Approval=perhaps", "Onboarding:Approval is perhaps: set it to true or false.")]
    [InlineData("--Onboarding:AtMost=0", "Onboarding:AtMost is 0: set it to a whole number from 1 to 100000.")]
    [InlineData("--Onboarding:Most=3", "--Onboarding:Most is no setting: there are ")]
    [InlineData("--Clients:SHOP:Key=", "Clients:SHOP:Key must be set to 6 to 128 visible ASCII characters.")]
    [InlineData("--Clients:SHOP:Key=short", "Clients:SHOP:Key must be set to ")]
    [InlineData("--Clients:SHOP:Key=sim_shop", "Clients:SHOP:Key must not begin with sim_: such a key is a sandbox's")]
    [InlineData("--Clients:SHOP:Key=with space", "Clients:SHOP:Key must be set to ")]
    [InlineData("--Clients:SHOP:Key=shop-kéy", "Clients:SHOP:Key must be set to ")]
    [InlineData("--Clients:SHOP:Key=shop-key --Clients:SHOP:Limit=1", "Clients:SHOP:Limit is no setting: a client has Key, Key_FILE, Campaigns, WeeklyLimit.")]
    [InlineData("--Clients:SHOP:Key=shop-key --Clients:SHOP:WeeklyLimit=-1", "Clients:SHOP:WeeklyLimit is -1: set it to pounds such as 100.00.")]
    [InlineData("--Clients:SHOP:Key=shop-key --Clients:SHOP:WeeklyLimit=1.001", "Clients:SHOP:WeeklyLimit is 1.001: ")]
    [InlineData("--Clients:SHOP:Key=shop-key --Clients:SHOP:WeeklyLimit=£100", "Clients:SHOP:WeeklyLimit is £100: ")]
    [InlineData("--Clients:SHOP:Key=shop-key --Clients:SHOP:WeeklyLimit=1000000001", "Clients:SHOP:WeeklyLimit is 1000000001: ")]
    [InlineData("--Clients:A:Key=same-key --Clients:B:Key=same-key", "Clients A and B have the same Key: give each its own.")]
    [InlineData("--urls=127.0.0.1:5080", "Urls is 127.0.0.1:5080: set it to an address such as http://127.0.0.1:5080.")]
    [InlineData("--urls=http://127.0.0.1:0;https://127.0.0.1:0", "Urls is https://127.0.0.1:0: ")]
    [InlineData("--urls=http://127.0.0.1:65536", "Urls is http://127.0.0.1:65536: ")]
    [InlineData("--urls=http://127.0.0.1:port", "Urls is http://127.0.0.1:port: ")]
    [InlineData("--http_ports=http", "Urls is http://*:http: ")]
    public void A_wrong_setting_is_told_what_to_set(string arguments, string begins)
    {
        var wrong = Assert.Throws<SettingException>(() => Read(Arguments(arguments)));
        Assert.StartsWith(begins, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Stoer":"memory"}""", "Stoer in a file of settings is no setting: there are Store, ")]
    [InlineData("""{"Sandboxes":false}""", "Sandboxes is no setting: there are Sandboxes:Enabled, ")]
    [InlineData("""{"Clients":"shop-key"}""", "Clients is no setting: a client has Clients:NAME:Key, ")]
    public void A_wrong_name_in_a_file_is_told_as_one_in_an_argument(string json, string begins)
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(TemporaryFile.With(json)).Build();
        Assert.StartsWith(begins, Assert.Throws<SettingException>(() => Settings.Read(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_have_what_can_be_set_and_what_is_not_ours_to_know()
    {
        var file = TemporaryFile.With("""{"$schema":"x","Store":"memory","Sandboxes":{"Enabled":false},"Clients":{"SHOP":{"Key":"shop-key"}},"Logging":{},"AllowedHosts":"*"}""");
        var settings = Settings.Read(new ConfigurationBuilder().AddJsonFile(file).Build());
        Assert.Equal(("memory", false), (settings.Store, settings.SandboxesEnabled));
    }

    [Theory]
    [InlineData("--urls=http://*:5080")]
    [InlineData("--urls=http://[::1]:5080;http://localhost:5081")]
    [InlineData("--http_ports=8080;8081")]
    [InlineData("--Logging:LogLevel:Default=Debug")]
    [InlineData("--environment Production")]
    public void What_is_ASP_NET_Cores_own_may_be_set(string arguments) => Assert.NotNull(Read(Arguments(arguments)));

    private static string[] Arguments(string text) =>
        text.Contains("with space", StringComparison.Ordinal) ? [text] : text.Split(' ');

    private static Settings Read(params string[] arguments)
    {
        Settings.CheckArguments(arguments);
        return Settings.Read(new ConfigurationBuilder().AddCommandLine(arguments).Build());
    }
}
