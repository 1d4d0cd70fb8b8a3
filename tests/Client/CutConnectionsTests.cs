using System.Net;
using System.Net.Sockets;
using ImovoSim.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Time.Testing;
using Polly;

namespace ImovoSim.Tests;

/// Connections that end early, at every point at which they can.
public sealed class CutConnectionsTests
{
    private const string Issued = """{"voucherCode":"3721902693","expiryDate":"2026-12-31T23:59:59","successfulRequest":true}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_connection_is_tried_again_and_then_called_unreachable()
    {
        var tries = 0;
        await using var client = Connecting(() => throw Refused(ref tries));
        var unreachable = await Assert.ThrowsAsync<ImovoUnreachableException>(() => Request(client));
        Assert.Equal(3, tries);
        Assert.False(unreachable.OutcomeIsUnknown);
        Assert.Null(unreachable.StatusCode);
        Assert.Equal("No connection to http://127.0.0.1:9 could be made: it was refused. Nothing was sent.", unreachable.Message);
    }

    [Fact]
    public async Task A_connection_that_succeeds_at_a_later_try_issues_one_voucher()
    {
        await using var server = new RawServer(AnswerEach);
        var tries = 0;
        await using var client = Connecting(() => tries < 2 ? throw Refused(ref tries) : server.Address);
        Assert.IsType<VoucherIssued>(await Request(client));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Retrying_can_be_switched_off()
    {
        var tries = 0;
        await using var client = Connecting(() => throw Refused(ref tries), options => options.ConnectRetries = 0);
        await Assert.ThrowsAsync<ImovoUnreachableException>(() => Request(client));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_connection_that_takes_too_long_is_tried_again()
    {
        var tries = 0;
        await using var client = Connecting(
            () => { tries++; return null; },
            options => (options.ConnectTimeout, options.ConnectRetries) = (TimeSpan.FromSeconds(0.1), 1));
        var unreachable = await Assert.ThrowsAsync<ImovoUnreachableException>(() => Request(client));
        Assert.Equal(2, tries);
        Assert.Contains("took too long", unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_cut_before_the_request_was_sent_is_tried_again()
    {
        await using var server = new RawServer(connection => { connection.Reset(); return Task.CompletedTask; });
        var secure = new UriBuilder(server.Address) { Scheme = "https" }.Uri; // the cut falls into the TLS handshake
        await using var client = new ClientUnderTest(secure, options => options.ConnectRetries = 1);
        var unreachable = await Assert.ThrowsAsync<ImovoUnreachableException>(() => Request(client));
        Assert.Equal(2, server.Connections);
        Assert.False(unreachable.OutcomeIsUnknown);
    }

    [Fact]
    public async Task A_connection_cut_while_the_request_is_sent_is_an_unknown_outcome()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadBytes(1000);
            connection.Reset();
        });
        await using var client = new ClientUnderTest(server.Address);
        await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() =>
            client.Imovo.RequestVoucherWithIdAsync(ClientUnderTest.WithId(new string('x', 8_000_000)), Cancel));
        Assert.Equal((1, 0), (server.Connections, server.Requests));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 20")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le")]
    public async Task An_answer_cut_before_its_body_is_an_unknown_outcome(string sent)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send(sent);
        });
        await using var client = new ClientUnderTest(server.Address);
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => Request(client));
        Assert.Equal((1, 1), (server.Connections, server.Requests));
        Assert.True(lost.OutcomeIsUnknown);
        Assert.Null(lost.StatusCode);
        Assert.StartsWith("The request was sent, but its answer was lost: the connection broke. A voucher may have been issued. Do not repeat",
            lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"voucherCode\":\"37")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"vou\r\n")]
    public async Task An_answer_cut_in_its_body_is_an_unknown_outcome_with_its_status(string sent)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send("HTTP/1.1 200 OK\r\nX-Correlation-Id: 7\r\nContent-Type: application/json\r\n" + sent);
        });
        await using var client = new ClientUnderTest(server.Address);
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => Request(client));
        Assert.Equal(1, server.Requests);
        Assert.Equal((HttpStatusCode.OK, "7"), (lost.StatusCode, lost.CorrelationId));
    }

    [Fact]
    public async Task A_reset_after_the_request_is_an_unknown_outcome()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            connection.Reset();
        });
        await using var client = new ClientUnderTest(server.Address);
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => client.Imovo.CancelVoucherAsync("1", Cancel));
        Assert.Equal(1, server.Requests);
        Assert.Contains("Cancelling it again is safe", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_connection_that_breaks_after_the_second_request_does_not_send_it_again()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.SendJson(Issued);
            await connection.ReadRequest();
        });
        await using var client = new ClientUnderTest(server.Address);
        Assert.IsType<VoucherIssued>(await Request(client));
        await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => Request(client));
        Assert.Equal((1, 2), (server.Connections, server.Requests));
    }

    [Fact]
    public async Task A_handler_that_repeats_requests_cannot_send_one_twice()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using var client = new ClientUnderTest(server.Address, http: http => http.AddResilienceHandler("careless", pipeline =>
            pipeline.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero })));
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => Request(client));
        Assert.Equal(1, server.Requests);
        Assert.Contains("remove the handler that repeats requests", lost.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resilience_handler_for_every_HttpClient_of_the_program_does_not_touch_this_one()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using var client = new ClientUnderTest(server.Address, http: http =>
            http.Services.ConfigureHttpClientDefaults(all => all.AddStandardResilienceHandler()));
        var failed = await Assert.ThrowsAsync<ImovoUnexpectedAnswerException>(() => Request(client));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")]
    public async Task A_server_that_falls_silent_is_given_up_after_the_timeout(string sent)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send(sent);
            await connection.Silence();
        });
        var time = new FakeTimeProvider();
        await using var client = new ClientUnderTest(server.Address, time: time);
        var call = Request(client);
        await server.RequestArrived.Task.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => call);
        Assert.Contains("it did not arrive within 30 s (ImovoClientOptions.Timeout)", lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("502 Bad Gateway")]
    public async Task An_answer_without_end_is_given_up_after_a_megabyte(string status)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n");
            while (true)
                await connection.Send(new string(' ', 100_000));
        });
        await using var client = new ClientUnderTest(server.Address);
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => Request(client));
        Assert.Contains("The answer is larger than 1 MB", lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("APPLICATION/JSON")]
    public async Task A_content_type_may_be_written_in_any_way_and_a_charset_that_nobody_knows_costs_the_answer(string contentType)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {Issued.Length}\r\n\r\n{Issued}");
        });
        await using var client = new ClientUnderTest(server.Address);
        if (contentType.Contains("klingon", StringComparison.Ordinal))
            await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => Request(client));
        else
            Assert.IsType<VoucherIssued>(await Request(client));
    }

    [Fact]
    public async Task Parallel_calls_of_one_client_each_get_their_own_answer()
    {
        await using var server = new RawServer(async connection =>
        {
            while (true)
            {
                var reference = (await connection.ReadRequest()).Split("customerReference=")[1].Split('&')[0];
                await connection.SendJson(Issued.Replace("3721902693", reference, StringComparison.Ordinal));
            }
        });
        await using var client = new ClientUnderTest(server.Address);
        var answers = await Task.WhenAll(Enumerable.Range(1000, 50).Select(number =>
            client.Imovo.RequestVoucherAsync("THINK", $"{number}", 20.00m, Cancel)));
        Assert.Equal(Enumerable.Range(1000, 50).Select(number => $"{number}"), answers.Select(answer => ((VoucherIssued)answer).Code));
    }

    [Fact]
    public async Task Cancelling_after_the_request_was_sent_is_an_unknown_outcome()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Silence();
        });
        await using var client = new ClientUnderTest(server.Address);
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var call = client.Imovo.RequestVoucherAsync("THINK", "07123456789", 20.00m, impatient.Token);
        await server.RequestArrived.Task.WaitAsync(Cancel);
        await impatient.CancelAsync();
        var lost = await Assert.ThrowsAsync<VoucherOutcomeUnknownException>(() => call);
        Assert.Contains("the caller cancelled", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_before_the_request_was_sent_is_a_plain_cancellation()
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var connecting = new TaskCompletionSource();
        await using var client = Connecting(() => { connecting.SetResult(); return null; });
        var call = client.Imovo.RequestVoucherAsync("THINK", "07123456789", 20.00m, impatient.Token);
        await connecting.Task.WaitAsync(Cancel);
        await impatient.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(impatient.Token, cancelled.CancellationToken);
    }

    private static Task<VoucherResult> Request(ClientUnderTest client) =>
        client.Imovo.RequestVoucherAsync("THINK", "07123456789", 20.00m, Cancel);

    private static async Task AnswerEach(RawConnection connection)
    {
        await connection.ReadRequest();
        await connection.SendJson(Issued);
    }

    private static SocketException Refused(ref int tries)
    {
        tries++;
        return new SocketException((int)SocketError.ConnectionRefused);
    }

    /// A client whose connections go where the test says: to an address, nowhere (an exception), or to no end (null).
    private static ClientUnderTest Connecting(Func<Uri?> where, Action<ImovoClientOptions>? options = null) => new(
        new Uri("http://127.0.0.1:9"), options, http => http.UseSocketsHttpHandler((handler, _) => handler.ConnectCallback = async (_, cancel) =>
        {
            if (where() is not { } address)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                return Stream.Null;
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, address.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }));
}
