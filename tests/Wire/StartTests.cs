using System.Net;
using System.Net.Sockets;

namespace ImovoSim.Tests;

/// The program in a process of its own: what it says when it starts, when it cannot, and when it is told to stop.
public sealed class StartTests
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { "--Stoer=memory", "--Stoer is no setting: there are Store, " },
        { "serve", "serve is no setting: " },
        { "--Sandboxes:Enabled=maybe", "Sandboxes:Enabled is maybe: set it to true or false." },
        { "--Sandboxes:AtMost=many", "Sandboxes:AtMost is many: set it to a whole number from 1 to 1000000." },
        { "--Sandboxes:IdleTime=1h", "Sandboxes:IdleTime is 1h: set it to an ISO 8601 duration" },
        { "--Clients:SHOP:Campaigns=THINK", "Clients:SHOP:Key must be set to 6 to 128 visible ASCII characters." },
        { "--Clients:A:Key=same-key --Clients:B:Key=same-key", "Clients A and B have the same Key: give each its own." },
        { "--Clients:SHOP:Key=shop-key --Clients:SHOP:Campaigns=think,!THNIK", "Clients:SHOP:Campaigns names THNIK, which is no campaign: there are THINK, CAMP01, " },
        { "--CampaignsFile=/nowhere/campaigns.json", "CampaignsFile: /nowhere/campaigns.json cannot be read: " },
        { "--Fidelity:Profile=/nowhere/profile.json", "Fidelity:Profile: /nowhere/profile.json cannot be read: " },
        { "--contentRoot=/nowhere", "/nowhere/. Set contentRoot to a folder that is there" },
        { "--Kestrel:Endpoints:Http:Url=nonsense", "Invalid url: 'nonsense'. Set the Url of each of Kestrel:Endpoints to an address such as " },
        { "--urls=nonsense", "Urls is nonsense: set it to an address such as http://127.0.0.1:5080." },
        { "--urls=http://192.0.2.1:5080", "Cannot assign requested address. Set Urls to another address" },
        { "--Logging:LogLevel:Default=Loud", "Configuration value 'Loud' is not supported. A level under Logging:LogLevel is one of Trace, " },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence(string arguments, string begins)
    {
        var (code, output, error) = await RealProcess.Failing(arguments.Split(' '));
        Assert.StartsWith(begins, error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_can_be_asked_of_it_and_which_version_it_is()
    {
        foreach (var asked in new[] { "--help", "-h" })
        {
            var (code, output, error) = await RealProcess.Failing(asked);
            Assert.Equal((0, ""), (code, error));
            Assert.Contains("imovo-sim health", output, StringComparison.Ordinal);
            Assert.Contains("Clients:NAME:WeeklyLimit", output, StringComparison.Ordinal);
        }

        var version = await RealProcess.Failing("--version");
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\n$", version.Out);
    }

    [Fact]
    public async Task An_unknown_answer_in_the_profile_stops_the_start_and_names_the_ones_that_exist()
    {
        var file = TemporaryFile.With("""{"cancel-twice": "sometimes"}""");
        Assert.Equal(
            (1, "", $"{file} gives cancel-twice an answer that does not exist: sometimes. There are: already-cancelled, success.\n"),
            await RealProcess.Failing($"--Fidelity:Profile={file}"));
    }

    [Fact]
    public async Task A_broken_campaigns_file_stops_the_start_with_its_line()
    {
        var file = TemporaryFile.With("{\"campaigns\": [\n{\"code\": \"A\", \"value\": 1}\n]}");
        Assert.Equal(
            (1, "", $"CampaignsFile: {file}, line 2: campaign A: validity or ends is needed, or a voucher would have no expiry\n"),
            await RealProcess.Failing($"--CampaignsFile={file}"));
    }

    [Fact]
    public async Task Settings_that_are_no_JSON_stop_the_start_with_one_sentence()
    {
        var folder = Path.GetDirectoryName(TemporaryFile.Path())!;
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), "{ Store: memory }");
        var (code, output, error) = await RealProcess.Failing($"--contentRoot={folder}");
        Assert.StartsWith($"Failed to load configuration from file '{Path.Combine(folder, "appsettings.json")}': 'S' is an invalid start of a property name.", error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_port_in_use_stops_the_start_with_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";
        Assert.Equal(
            (1, "", $"Failed to bind to address {url}: address already in use. Set Urls to another address, such as --urls http://127.0.0.1:5081.\n"),
            await RealProcess.Failing($"--urls={url}"));
    }

    [Fact]
    public async Task It_says_in_two_lines_what_a_newcomer_needs_and_stops_cleanly_when_told()
    {
        using var process = new RealProcess("--urls=http://127.0.0.1:0");
        var line = await process.FirstLine();
        Assert.Matches("^ImovoSim answers at http://127[.]0[.]0[.]1:[0-9]+: send X-API-KEY: sim_demo[.] Open it in a browser for a first call", line);
        using var http = new HttpClient { BaseAddress = new Uri(line.Split(' ')[3].TrimEnd(':')) };
        Assert.Equal("done", (await new Caller(http, "sim_demo").Cancel("2193785990")).Said);
        var (code, output, error) = await process.Terminated();
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("The admin token of this run is ", Assert.Single(output.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
