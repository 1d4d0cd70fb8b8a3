using System.Text.RegularExpressions;
using ImovoSim.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ImovoSim.Tests;

/// The client and the real program.
public sealed partial class AgainstTheSimulatorTests : IAsyncLifetime
{
    private SimulatorProcess _simulator = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _simulator = await SimulatorProcess.Start("--Store", "memory");

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task The_readmes_five_lines_issue_a_voucher()
    {
        var output = new StringWriter();
        var console = Console.Out;
        Console.SetOut(output);
        try
        {
            await ReadmeExample.Run(new ServiceCollection(), _simulator.Address);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Matches(@"^\d{10} is worth £20\.00 until ", output.ToString());
    }

    [Fact]
    public async Task The_readmes_story_is_one()
    {
        var imovo = Client("sim_demo");
        var output = new StringWriter();
        var console = Console.Out;
        Console.SetOut(output);
        try
        {
            await new ImovoSimulator(new HttpClient { BaseAddress = _simulator.Address }, "sim_demo").Clock.Freeze("2026-08-02T22:00:00", Cancelled);
            var voucher = Assert.IsType<VoucherIssued>(await imovo.RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancelled));
            Assert.Equal(["2026-W32"], (await ReadmeStory.Run(imovo, voucher, _simulator.Address)).WeeksBegun);
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.StartsWith("Redemption successful - transaction is worth £20.00: 50.00 allowed - 20.00 used = 30.00 left", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The request was sent, but its answer was lost", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "ReadmeExample.cs", 5)]
    [InlineData(1, "ReadmeStory.cs", 9)]
    public async Task The_readme_shows_the_lines_that_are_compiled(int block, string file, int lines)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), Cancelled);
        var source = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, file), Cancelled);
        // Other chapters have examples of their own.
        var chapter = readme[readme.IndexOf("\n## The .NET client\n", StringComparison.Ordinal)..];
        var shown = Lines(CSharpBlock().Matches(chapter)[block].Groups[1].Value);
        Assert.Equal(lines, shown.Length);
        Assert.Equal(shown, Lines(source).Where(shown.Contains));
    }

    [Fact]
    public async Task Each_operation_gives_what_the_simulator_answered()
    {
        var imovo = Client("sim_client_tests");
        var issued = Assert.IsType<VoucherIssued>(await imovo.RequestVoucherWithIdAsync(
            new() { CampaignCode = "CAMP01", CustomerReference = "1", CustomerName = "John Smith", Address = "19 Test Street", PostCode = "AL1 0BS", Value = 1.00m }, Cancelled));
        Assert.Equal((12, 1.00m), (issued.Code.Length, issued.Balance));
        // The vendor's link has no scheme; the client's can be opened.
        Assert.Equal("http", issued.Link!.Scheme);
        Assert.EndsWith($"{issued.Link.Host}{issued.Link.PathAndQuery}", issued.Message, StringComparison.Ordinal);
        Assert.IsType<VoucherCancelled>(await imovo.CancelVoucherAsync(issued.Code, Cancelled));
        var again = Assert.IsType<CancelRefused>(await imovo.CancelVoucherAsync(issued.Code, Cancelled));
        Assert.Equal("Voucher is already cancelled or redeemed", again.Reason.RawText);
        var refused = Assert.IsType<VoucherRefused>(await imovo.RequestVoucherAsync("NOPE", "1", 1.00m, Cancelled));
        Assert.Equal("Unable to create voucher: the campaign code submitted does not exist", refused.Reason.RawText);
    }

    private IImovoClient Client(string key)
    {
        var services = new ServiceCollection();
        services.AddImovoClient(options => (options.BaseAddress, options.ApiKey) = (_simulator.Address, key));
        return services.BuildServiceProvider().GetRequiredService<IImovoClient>();
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
