using ImovoSim.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ImovoSim.Tests;

public sealed class RegistrationTests : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();

    public RegistrationTests() => _server.Given(Request.Create()).RespondWith(Response.Create()
        .WithHeader("Content-Type", "application/json").WithBody("""{"successfulRequest":true}"""));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Settings_are_bound_from_configuration()
    {
        var services = new ServiceCollection();
        services.AddImovoClient(Section(new()
        {
            ["BaseAddress"] = _server.Url,
            ["ApiKey"] = "sim_bound",
            ["Timeout"] = "00:00:07",
            ["ConnectTimeout"] = "00:00:03",
            ["ConnectRetries"] = "5",
        }));
        await using var provider = services.BuildServiceProvider();
        Assert.IsType<VoucherCancelled>(await provider.GetRequiredService<IImovoClient>().CancelVoucherAsync("1", Cancel));
        Assert.Equal(["sim_bound"], Keys());
        var options = provider.GetRequiredService<IOptions<ImovoClientOptions>>().Value;
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(3), 5), (options.Timeout, options.ConnectTimeout, options.ConnectRetries));
    }

    [Fact]
    public async Task Several_clients_live_side_by_side_each_with_its_own_key()
    {
        var services = new ServiceCollection();
        services.AddImovoClient(Options("sim_plain"));
        services.AddKeyedImovoClient("north", Options("sim_north"));
        services.AddKeyedImovoClient("south", Section(new() { ["BaseAddress"] = _server.Url, ["ApiKey"] = "sim_south" }));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredKeyedService<IImovoClient>("north").CancelVoucherAsync("1", Cancel);
        await provider.GetRequiredKeyedService<IImovoClient>("south").CancelVoucherAsync("1", Cancel);
        await provider.GetRequiredService<IImovoClient>().CancelVoucherAsync("1", Cancel);
        Assert.Equal(["sim_north", "sim_south", "sim_plain"], Keys());
    }

    [Fact]
    public async Task A_second_registration_adds_settings_and_no_second_set_of_handlers()
    {
        var services = new ServiceCollection();
        services.AddImovoClient(Options("sim_first"));
        services.AddImovoClient(options => options.ApiKey = "sim_second");
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IImovoClient>().CancelVoucherAsync("1", Cancel);
        Assert.Equal(["sim_second"], Keys());
        Assert.Single(provider.GetServices<IImovoClient>());
    }

    [Fact]
    public async Task A_changed_key_is_used_from_the_next_call_on()
    {
        var section = Section(new() { ["BaseAddress"] = _server.Url, ["ApiKey"] = "sim_old" });
        var services = new ServiceCollection();
        services.AddImovoClient(section);
        await using var provider = services.BuildServiceProvider();
        var imovo = provider.GetRequiredService<IImovoClient>();
        await imovo.CancelVoucherAsync("1", Cancel);
        section["ApiKey"] = "sim_new";
        ((IConfigurationRoot)section).Reload();
        await imovo.CancelVoucherAsync("1", Cancel);
        Assert.Equal(["sim_old", "sim_new"], Keys());
    }

    [Theory]
    [InlineData("/api", "/api/Voucher/CancelVoucher")]
    [InlineData("/api/", "/api/Voucher/CancelVoucher")]
    [InlineData("", "/Voucher/CancelVoucher")]
    public async Task An_address_may_have_a_path_with_or_without_a_slash_at_its_end(string path, string called)
    {
        var services = new ServiceCollection();
        services.AddImovoClient(options => (options.BaseAddress, options.ApiKey) = (new(_server.Url + path), "sim_path"));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IImovoClient>().CancelVoucherAsync("1", Cancel);
        Assert.Equal(called, Assert.Single(_server.LogEntries).RequestMessage!.Path);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_host_at_its_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddKeyedImovoClient("north", options => options.BaseAddress = new("ftp://example.com"));
        using var host = builder.Build();
        var stop = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancel));
        Assert.Equal(
            [
                "Set ImovoClientOptions.BaseAddress to an http or https address without query and user, such as http://127.0.0.1:5080. (client 'north')",
                "Set ImovoClientOptions.ApiKey to your API subscription key. (client 'north')",
            ],
            stop.Failures);
    }

    [Theory]
    [InlineData("", "ApiKey")]
    [InlineData("secret\r\nX-Other: 1", "ApiKey")]
    [InlineData("secret key", "ApiKey")]
    [InlineData("sécret", "ApiKey")]
    public void A_key_that_no_header_can_carry_is_refused_without_being_printed(string key, string setting)
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => Checked(options => options.ApiKey = key));
        Assert.Contains($"ImovoClientOptions.{setting}", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_setting_is_checked_too()
    {
        Assert.Contains("BaseAddress", Message(options => options.BaseAddress = null), StringComparison.Ordinal);
        Assert.Contains("BaseAddress", Message(options => options.BaseAddress = new("relative", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("BaseAddress", Message(options => options.BaseAddress = new("http://user:password@example.com")), StringComparison.Ordinal);
        Assert.Contains("Timeout", Message(options => options.Timeout = TimeSpan.Zero), StringComparison.Ordinal);
        Assert.Contains("ConnectTimeout", Message(options => options.ConnectTimeout = TimeSpan.FromDays(2)), StringComparison.Ordinal);
        Assert.Contains("ConnectRetries", Message(options => options.ConnectRetries = 11), StringComparison.Ordinal);
    }

    private static string Message(Action<ImovoClientOptions> wrong) =>
        Assert.Throws<OptionsValidationException>(() => Checked(wrong)).Message;

    private static void Checked(Action<ImovoClientOptions> wrong)
    {
        var services = new ServiceCollection();
        services.AddImovoClient(options =>
        {
            (options.BaseAddress, options.ApiKey) = (new("http://127.0.0.1:5080"), "sim_key");
            wrong(options);
        });
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    private Action<ImovoClientOptions> Options(string key) => options => (options.BaseAddress, options.ApiKey) = (new(_server.Url!), key);

    private IEnumerable<string> Keys() => _server.LogEntries.Select(entry => entry.RequestMessage!.Headers!["X-API-KEY"].Single());

    private static IConfiguration Section(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
