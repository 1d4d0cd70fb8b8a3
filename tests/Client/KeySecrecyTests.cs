using ImovoSim.Client;
using Microsoft.Extensions.DependencyInjection;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ImovoSim.Tests;

/// The key goes to the configured address and nowhere else.
public sealed class KeySecrecyTests : IAsyncDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly WireMockServer _stranger = WireMockServer.Start();
    private readonly ClientUnderTest _client;

    public KeySecrecyTests()
    {
        _client = new(new Uri(_server.Url!));
        _stranger.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(200));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _server.Dispose();
        _stranger.Dispose();
    }

    [Theory]
    [InlineData(200, """{"voucherCode":"3721902693","message":"http://imovo.org/3721902693TY","successfulRequest":true}""")]
    [InlineData(200, """{"errorMessages":["InvalidCampaign"],"successfulRequest":false}""")]
    [InlineData(200, """{"voucherCode":"3721902693","bal""")]
    [InlineData(401, "Unauthorized client")]
    [InlineData(500, """{"errorMessages":["Unexpected error"],"successfulRequest":false}""")]
    public async Task No_log_and_no_exception_holds_the_key_the_code_or_the_customer(int status, string body)
    {
        _server.Given(Request.Create()).RespondWith(
            Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body));
        var seen = new List<string>();
        foreach (var call in (Func<Task>[])[
            async () => seen.Add((await _client.Imovo.RequestVoucherAsync("THINK", "customer@example.com", 20m, Cancel)).ToString()!),
            async () => seen.Add((await _client.Imovo.CancelVoucherAsync("3721902693", Cancel)).ToString()!),
            async () => seen.Add((await _client.Imovo.RequestVoucherWithIdAsync(ClientUnderTest.WithId(), Cancel)).ToString()!)])
        {
            var problem = await Record.ExceptionAsync(call);
            seen.Add($"{problem}");
        }

        Assert.Contains("X-API-KEY", _client.Log, StringComparison.Ordinal); // the log was at work, at its most talkative
        seen.Add(_client.Log);
        Assert.All(seen, AssertSilent);
    }

    [Fact]
    public async Task No_exception_of_a_lost_answer_or_a_missing_connection_holds_the_key()
    {
        await using var server = new RawServer(connection => connection.ReadRequest());
        await using var cut = new ClientUnderTest(server.Address);
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() =>
            cut.Imovo.RequestVoucherAsync("THINK", "customer@example.com", 20m, Cancel));
        await using var nowhere = new ClientUnderTest(new Uri("http://127.0.0.1:1"), options => options.ConnectRetries = 1);
        var unreachable = await Assert.ThrowsAsync<ImovoUnreachableException>(() =>
            nowhere.Imovo.RequestVoucherAsync("THINK", "customer@example.com", 20m, Cancel));
        Assert.All((string[])[lost.ToString(), unreachable.ToString(), cut.Log, nowhere.Log], AssertSilent);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed_and_takes_no_key_along()
    {
        foreach (var status in (int[])[301, 302, 303, 307, 308])
        {
            _server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", _stranger.Url + "/"));
            var problem = await Assert.ThrowsAsync<ImovoUnexpectedAnswerException>(() => _client.Imovo.CancelVoucherAsync("1", Cancel));
            Assert.Contains("redirect", problem.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_stranger.LogEntries);
    }

    [Fact]
    public async Task A_request_to_another_address_carries_no_key()
    {
        using var http = _client.Services.GetRequiredService<IHttpClientFactory>().CreateClient("ImovoSim.Client");
        foreach (var address in (string[])[_stranger.Url!, _server.Url!.Replace("http://", "http://user@", StringComparison.Ordinal).Replace("localhost", "127.0.0.1", StringComparison.Ordinal)])
            (await http.GetAsync(new Uri(address + "/elsewhere"), Cancel)).Dispose();
        (await http.GetAsync(new Uri(_server.Url + "/here"), Cancel)).Dispose();
        Assert.DoesNotContain("X-API-KEY", Assert.Single(_stranger.LogEntries).RequestMessage!.Headers!.Keys);
        Assert.Equal([false, true], _server.LogEntries.Select(entry => entry.RequestMessage!.Headers!.ContainsKey("X-API-KEY")));
    }

    [Fact]
    public async Task Nobody_who_holds_the_request_afterwards_finds_the_key_in_it()
    {
        _stranger.Reset();
        using var http = _client.Services.GetRequiredService<IHttpClientFactory>().CreateClient("ImovoSim.Client");
        using var answer = await http.GetAsync(new Uri(_server.Url + "/here"), Cancel);
        AssertSilent(answer.RequestMessage!.ToString());
    }

    [Fact]
    public void The_options_do_not_print_the_key() =>
        Assert.Equal("i-movo at http://127.0.0.1:5080/, key set",
            new ImovoClientOptions { BaseAddress = new("http://127.0.0.1:5080"), ApiKey = ClientUnderTest.Key }.ToString());

    private static void AssertSilent(string text)
    {
        foreach (var secret in (string[])["topsecret", "3721902693", "customer@example.com", "customer%40example.com", "John Smith", "Test Street"])
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }
}
