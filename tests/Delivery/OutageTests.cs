using System.Collections.Concurrent;
using System.Diagnostics;

[assembly: AssemblyFixture(typeof(ImovoSim.Tests.PostgresFixture))]

namespace ImovoSim.Tests;

/// A mail server that is away, refuses or breaks off, and programs that die meanwhile.
public sealed class OutageTests(PostgresFixture postgres) : IDisposable
{
    private const int Vouchers = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("imovo-mail-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("sqlite", 1)]
    [InlineData("postgres", 2)]
    public async Task A_hundred_vouchers_a_second_wait_for_no_mail_server_and_once_it_is_back_each_arrives_once(string store, int replicas)
    {
        await using var sink = new SmtpSink();
        await sink.Stop();
        var arguments = await Arguments(store, sink);
        var processes = await Task.WhenAll(Enumerable.Range(0, replicas).Select(_ => SimulatorProcess.Start(arguments)));
        var clients = processes.Select(process => new Customer(process.Address, "sim_outage")).ToArray();
        try
        {
            var issued = await Issue(clients, Vouchers, TimeSpan.FromMilliseconds(10));
            Assert.Equal(Vouchers, issued.Keys.Distinct().Count());
            var waits = issued.Values.Order().ToArray();
            Say($"{store}: {Vouchers} vouchers over {Vouchers / 100} s with the mail server down, answered in {waits[Vouchers / 2]:0} ms (median), {waits[Vouchers * 99 / 100]:0} ms (99 %), {waits[^1]:0} ms (slowest)");
            Assert.True(waits[Vouchers * 99 / 100] < 2_000, $"{waits[Vouchers * 99 / 100]} ms");
            Assert.Equal(Vouchers, await Waiting(clients[0]));
            Assert.Empty(sink.Taken);

            var began = Stopwatch.GetTimestamp();
            sink.Start();
            await Until(async () => await Waiting(clients[^1]) == 0, "all e-mails are handed over");
            Say($"{store}: all {Vouchers} e-mails handed over {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after the mail server came back");
            AssertOnce(sink, issued.Keys);
        }
        finally
        {
            foreach (var client in clients)
                client.Dispose();
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_waits_when_the_program_is_killed_arrives_after_its_next_start(string store)
    {
        await using var sink = new SmtpSink();
        await sink.Stop();
        var arguments = await Arguments(store, sink);
        ICollection<string> codes;
        await using (var first = await SimulatorProcess.Start(arguments))
        {
            using var client = new Customer(first.Address, "sim_killed");
            codes = (await Issue([client], 100, TimeSpan.FromMilliseconds(2))).Keys;
            await first.Kill();
        }

        sink.Start();
        await using var second = await SimulatorProcess.Start(arguments);
        using var again = new Customer(second.Address, "sim_killed");
        await Until(async () => await Waiting(again) == 0, "all e-mails are handed over");
        AssertOnce(sink, codes);
    }

    [Fact]
    public async Task A_program_that_is_killed_while_it_hands_over_loses_none()
    {
        await using var sink = new SmtpSink { Slowness = TimeSpan.FromMilliseconds(20) };
        var arguments = await Arguments("sqlite", sink);
        ICollection<string> codes;
        await using (var first = await SimulatorProcess.Start(arguments))
        {
            using var client = new Customer(first.Address, "sim_between");
            codes = (await Issue([client], 100, TimeSpan.FromMilliseconds(1))).Keys;
            await Until(() => Task.FromResult(sink.Taken.Count > 10), "some are handed over");
            await first.Kill();
        }

        await using var second = await SimulatorProcess.Start(arguments);
        using var again = new Customer(second.Address, "sim_between");
        await Until(async () => await Waiting(again) == 0, "all e-mails are handed over");
        // The one that was taken when the program died is sent again, under the same name.
        Assert.Equal(codes.Count, sink.Taken.Select(email => Customer.Parsed(email).MessageId).Distinct().Count());
        Assert.InRange(sink.Taken.Count, codes.Count, codes.Count + 50);
    }

    [Fact]
    public async Task A_refusal_for_good_is_told_with_its_reason_and_the_voucher_stays()
    {
        await using var sink = new SmtpSink { Instead = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 no such mailbox" : null };
        await using var simulator = await SimulatorProcess.Start(await Arguments("memory", sink));
        using var client = new Customer(simulator.Address, "sim_refused");
        var (code, _) = await client.Issue("john.smith@example.com");
        var message = (await client.Get("/_sim/messages?state=failed&wait=20s")).GetProperty("messages")[0];
        Assert.Equal(("failed", "The SMTP server said 550: no such mailbox", 1), (message.GetProperty("state").GetString(), message.GetProperty("reason").GetString(), message.GetProperty("attempts").GetInt32()));
        Assert.Equal("live", (await client.Get($"/_sim/vouchers/{code}")).GetProperty("voucher").GetProperty("state").GetString());
        Assert.DoesNotContain(simulator.Output, line => line.Contains("john.smith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_refused_for_now_or_broken_off_is_tried_again()
    {
        var times = 0;
        await using var sink = new SmtpSink { Instead = line => line.StartsWith("RCPT", StringComparison.Ordinal) && Interlocked.Increment(ref times) == 1 ? "451 come back later" : null };
        await using var simulator = await SimulatorProcess.Start(await Arguments("memory", sink));
        using var client = new Customer(simulator.Address, "sim_again");
        var (code, _) = await client.Issue("john.smith@example.com");
        await Until(async () => await Waiting(client) == 0, "it is handed over");
        AssertOnce(sink, [code]);
        sink.AfterData = AfterData.Cut;
        var (second, _) = await client.Issue("john.smith@example.com");
        await Until(async () => (await client.Message("john.smith@example.com")).TryGetProperty("attempts", out var attempts) && attempts.GetInt32() > 0, "it is tried");
        sink.AfterData = AfterData.Take;
        await Until(async () => await Waiting(client) == 0, "it is handed over");
        AssertOnce(sink, [code, second]);
    }

    private async Task<string[]> Arguments(string store, SmtpSink sink)
    {
        if (store == "postgres")
            LocalPostgres.Required();
        return
        [
            "--Store", store == "postgres" ? await (await postgres.Server).NewDatabase() : store, "--DataFolder", _folder, "--Delivery:Smtp", sink.Address,
        ];
    }

    /// Code and milliseconds of each voucher, one begun each so often, whatever became of those before.
    private static async Task<ConcurrentDictionary<string, double>> Issue(Customer[] clients, int count, TimeSpan every)
    {
        var issued = new ConcurrentDictionary<string, double>();
        var calls = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (calls.Count < count && await tick.WaitForNextTickAsync(Cancel))
        {
            while (calls.Count < count && Stopwatch.GetElapsedTime(start) >= every * calls.Count)
                calls.Add(One(clients[calls.Count % clients.Length], calls.Count));
        }

        await Task.WhenAll(calls);
        return issued;

        async Task One(Customer client, int number)
        {
            var began = Stopwatch.GetTimestamp();
            var (code, _) = await client.Issue($"customer{number}@example.com", value: "1.00");
            issued[code] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    private static async Task<long> Waiting(Customer client) => (await client.Get("/_sim/messages?state=waiting&limit=1")).GetProperty("count").GetInt64();

    private static void AssertOnce(SmtpSink sink, ICollection<string> codes)
    {
        var emails = sink.Taken.Select(Customer.Parsed).ToArray();
        Assert.Equal(codes.Count, emails.Length);
        Assert.Equal(codes.Count, emails.Select(email => email.MessageId).Distinct().Count());
        Assert.Equal(codes.Order(), emails.Select(email => codes.Single(code => email.TextBody!.Contains(code, StringComparison.Ordinal))).Order());
    }

    private static async Task Until(Func<Task<bool>> holds, string what)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(120), $"After two minutes it is not so that {what}.");
            await pause.WaitForNextTickAsync(Cancel);
        }
    }

    private static void Say(string figure) => TestContext.Current.TestOutputHelper!.WriteLine($"figure: {figure}");
}
