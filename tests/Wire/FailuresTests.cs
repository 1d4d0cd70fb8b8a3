using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Journal;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ImovoSim.Tests;

/// What nobody expects: the caller gets the vendor's envelope and a number, the log gets the rest.
public sealed class FailuresTests
{
    [Fact]
    public async Task An_unexpected_exception_is_500_with_the_envelope_and_its_trace_only_in_the_log()
    {
        using var log = new CapturedLog();
        await using var simulator = Failing(new InvalidOperationException("the disk is on fire"), log);
        var caller = new Caller(simulator.Http, "demo-key");
        foreach (var reply in new[] { await caller.Issue(), await caller.WithId(Caller.Sample), await caller.Cancel("2193785990") })
        {
            Assert.Equal((500, "application/json; charset=utf-8"), (reply.Status, reply.ContentType));
            Assert.Equal("""{"errorMessages":["Unexpected error"],"successfulRequest":false}""", reply.Body);
            var logged = Assert.Single(log.Lines, line => line.Contains(reply.Headers["X-Correlation-Id"], StringComparison.Ordinal) && line.Contains("Unexpected error", StringComparison.Ordinal));
            Assert.Contains("the disk is on fire", logged, StringComparison.Ordinal);
            Assert.Contains("   at ImovoSim.", logged, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_and_its_cause_only_in_the_log()
    {
        using var log = new CapturedLog();
        await using var simulator = Failing(new StoreException("no route to the database"), log);
        var caller = new Caller(simulator.Http, "demo-key");
        foreach (var reply in new[] { await caller.Issue(), await caller.WithId(Caller.Sample), await caller.Cancel("2193785990") })
        {
            Assert.Equal("503 The simulator's store does not answer", reply.Said);
            var logged = Assert.Single(log.Lines, line => line.Contains(reply.Headers["X-Correlation-Id"], StringComparison.Ordinal) && line.Contains("does not answer", StringComparison.Ordinal));
            Assert.Contains("no route to the database", logged, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("no")]
    [InlineData("yes")]
    public async Task A_failure_to_look_up_the_key_is_a_500_as_well(string keyFirst)
    {
        using var log = new CapturedLog();
        await using var simulator = Failing(new InvalidOperationException("the disk is on fire"), log, onKey: true, $$"""{"key-before-route": "{{keyFirst}}"}""");
        Assert.Equal("500 Unexpected error", (await simulator.Caller().Issue()).Said);
    }

    [Fact]
    public async Task Where_the_key_is_checked_first_a_full_house_is_told_as_well()
    {
        await using var simulator = new Simulator("""{"key-before-route": "yes"}""", new Dictionary<string, string> { ["Sandboxes:AtMost"] = "1" });
        Assert.True((await simulator.Caller("1").Issue()).Succeeded);
        Assert.Equal(503, (await simulator.Caller("2").Issue()).Status);
    }

    [Fact]
    public async Task A_failure_that_a_profile_asks_for_has_a_number_too()
    {
        await using var simulator = new Simulator("""{"malformed-json": "500"}""");
        var reply = await simulator.Caller().WithId("{");
        Assert.Equal("500 Unexpected error", reply.Said);
        Assert.NotEmpty(reply.Headers["X-Correlation-Id"]);
    }

    [Fact]
    public async Task No_key_is_ever_in_a_log()
    {
        string[] keys = ["demo-key", "sim_secret-sandbox", "an-unknown-secret", "sim_has.wrong.form"];
        using var log = new CapturedLog();
        await using var simulator = new Simulator(log: log);
        foreach (var key in keys)
        {
            var caller = new Caller(simulator.Http, key);
            await caller.Issue();
            await caller.Issue("NOPE");
            await caller.WithId(Caller.Sample);
            await caller.WithId("{");
            await caller.Cancel("2193785990");
            await caller.Send(HttpMethod.Get, "/nothing");
            await caller.Send(HttpMethod.Post, Caller.RequestPath, Caller.Body(new byte[300_000], "text/plain"), call => call.Headers.ExpectContinue = true);
        }

        foreach (var key in keys)
        {
            using var raw = await simulator.Connect();
            await raw.Send($"POST {Caller.CancelPath} HTTP/1.1\r\nHost: a\r\nX-API-KEY: {key}\0\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 400 ", await raw.ReadToEnd(), StringComparison.Ordinal);
        }

        Assert.NotEmpty(log.Lines);
        Assert.All(keys, key => Assert.DoesNotContain(log.Lines, line => line.Contains(key, StringComparison.OrdinalIgnoreCase)));
    }

    private static Simulator Failing(Exception failure, CapturedLog log, bool onKey = false, string? profile = null) => new(
        profile, log: log, services: services => services.Replace(ServiceDescriptor.Singleton<IStore>(new FailingStore(failure, onKey))));

    /// Fails where a voucher would be issued or cancelled, or where a key is looked up.
    private sealed class FailingStore(Exception failure, bool onKey) : IStore
    {
        private readonly MemoryStore _store = new();

        public ValueTask Ready(CancellationToken cancel) => _store.Ready(cancel);

        public ValueTask<Client?> FindClient(KeyHash key, CancellationToken cancel) => onKey ? throw failure : _store.FindClient(key, cancel);

        public ValueTask<IReadOnlyList<Client>> Clients(CancellationToken cancel) => _store.Clients(cancel);

        public ValueTask<Client?> AddClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int sandboxesAtMost, CancellationToken cancel) =>
            _store.AddClient(newcomer, vouchers, sandboxesAtMost, cancel);

        public ValueTask<Client?> MakeClient(Client newcomer, IReadOnlyList<Voucher> vouchers, int atMost, CancellationToken cancel) => _store.MakeClient(newcomer, vouchers, atMost, cancel);

        public ValueTask<Snapshot?> Snapshot(long client, CancellationToken cancel) => _store.Snapshot(client, cancel);

        public ValueTask<string?> FindSetting(string name, CancellationToken cancel) => _store.FindSetting(name, cancel);

        public ValueTask PutSetting(string name, string? json, CancellationToken cancel) => _store.PutSetting(name, json, cancel);

        public ValueTask<bool> SwapSetting(string name, string? before, string json, CancellationToken cancel) => _store.SwapSetting(name, before, json, cancel);

        public ValueTask<Outcome?> Change(long client, Change change) => throw failure;

        public ValueTask<Voucher?> FindVoucher(long client, long serial, CancellationToken cancel) => _store.FindVoucher(client, serial, cancel);

        public ValueTask<IReadOnlyList<Voucher>> FindVouchers(long client, VoucherQuery query, CancellationToken cancel) => _store.FindVouchers(client, query, cancel);

        public ValueTask<long> CountVouchers(long client, VoucherQuery query, CancellationToken cancel) => _store.CountVouchers(client, query, cancel);

        public ValueTask<IReadOnlyList<VoucherEvent>> FindHistory(long client, long serial, CancellationToken cancel) => _store.FindHistory(client, serial, cancel);

        public ValueTask<IReadOnlyList<Message>> FindMessages(long client, MessageQuery query, CancellationToken cancel) => _store.FindMessages(client, query, cancel);

        public ValueTask<long> CountMessages(long client, MessageQuery query, CancellationToken cancel) => _store.CountMessages(client, query, cancel);

        public ValueTask<IReadOnlyList<ClaimedMessage>> ClaimMessages(DateTimeOffset real, DateTimeOffset until, int atMost, CancellationToken cancel) =>
            _store.ClaimMessages(real, until, atMost, cancel);

        public ValueTask AppendEntries(long client, IReadOnlyList<JournalEntry> entries, int atMost, CancellationToken cancel) => _store.AppendEntries(client, entries, atMost, cancel);

        public ValueTask<IReadOnlyList<JournalEntry>> FindEntries(long client, JournalQuery query, CancellationToken cancel) => _store.FindEntries(client, query, cancel);

        public ValueTask<long> CountEntries(long client, JournalQuery query, CancellationToken cancel) => _store.CountEntries(client, query, cancel);

        public ValueTask ClearEntries(long client, long upTo, CancellationToken cancel) => _store.ClearEntries(client, upTo, cancel);

        public ValueTask<bool> ForgetClient(long client, CancellationToken cancel) => _store.ForgetClient(client, cancel);

        public ValueTask<int> ForgetSandboxes(DateTimeOffset unusedSince, CancellationToken cancel) => _store.ForgetSandboxes(unusedSince, cancel);

        public ValueTask DisposeAsync() => _store.DisposeAsync();
    }
}
