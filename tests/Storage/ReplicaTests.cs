using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// Two programs on one PostgreSQL, callers spread over both.
public sealed class ReplicaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Two_replicas_spend_a_limit_to_the_penny()
    {
        await using var replicas = await Replicas.Start(postgres, "--Clients:ACME:Key", "acme-key", "--Clients:ACME:WeeklyLimit", "1000.00");
        using var callers = new Callers("acme-key", replicas.Addresses);
        await callers.Issue(32, 400);
        Assert.Equal((100, 300), (callers.Acknowledged.Count, callers.Refused.Count));
        Assert.Equal(100, callers.Acknowledged.Distinct().Count());
        Assert.Equal("Unable to create voucher: the client weekly value limit has been reached", Assert.Single(callers.Refused.Distinct()));
    }

    [Fact]
    public async Task Of_fifty_cancels_at_two_replicas_one_succeeds()
    {
        await using var replicas = await Replicas.Start(postgres);
        using var callers = new Callers("sim_fifty", replicas.Addresses);
        await callers.Issue(1, 1);
        var code = Assert.Single(callers.Acknowledged);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => callers.Send(number, $"Voucher/CancelVoucher?voucherCode={code}")));
        Assert.Equal(1, answers.Count(answer => answer!.Value.GetProperty("successfulRequest").GetBoolean()));
    }

    [Fact]
    public async Task A_sandbox_made_at_one_replica_is_there_at_the_other()
    {
        await using var replicas = await Replicas.Start(postgres);
        using var first = new Callers("sim_both_sides", replicas.Addresses[0]);
        using var second = new Callers("sim_both_sides", replicas.Addresses[1]);
        await Task.WhenAll(first.Issue(8, 100), second.Issue(8, 100));
        Assert.Equal(200, first.Acknowledged.Concat(second.Acknowledged).Distinct().Count());
        var codes = first.Acknowledged.ToArray();
        foreach (var code in codes)
            second.Acknowledged.Add(code);
        Assert.Empty(await second.CancelAll());
    }

    [Fact]
    public async Task What_is_steered_at_one_replica_holds_at_the_other()
    {
        await using var replicas = await Replicas.Start(postgres, "--Admin:Token", "the-token-of-all-replicas");
        using var first = Http(replicas.Addresses[0]);
        using var second = Http(replicas.Addresses[1]);
        // Both have looked the client up, and each could go on by what it saw then.
        foreach (var http in new[] { first, second })
            Assert.Contains("\"mode\":\"real\"", await Send(http, HttpMethod.Get, "/_sim/clock"), StringComparison.Ordinal);
        await Send(first, HttpMethod.Put, "/_sim/clock", """{"mode":"frozen","at":"2031-02-03T04:05:06Z"}""");
        await Send(first, HttpMethod.Put, "/_sim/limit", """{"weeklyLimit":20.00}""");
        const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=r&value=20.00";
        Assert.Contains("2031-03-05T23:59:59.9999999", await Send(second, HttpMethod.Post, Call), StringComparison.Ordinal);
        Assert.Contains("weekly value limit", await Send(first, HttpMethod.Post, Call), StringComparison.Ordinal);
        await Send(second, HttpMethod.Delete, "/_sim/limit");
        await Send(second, HttpMethod.Post, "/_sim/faults", """{"kind":"status","body":"struck","strikes":5}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Send(number % 2 == 0 ? first : second, HttpMethod.Post, Call)));
        Assert.Equal(5, answers.Count(answer => answer == "struck"));
        await Send(first, HttpMethod.Post, "/_sim/reset");
        Assert.Contains("\"count\":3", await Send(second, HttpMethod.Get, "/_sim/vouchers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_seeded_imported_or_set_for_sandboxes_at_one_replica_holds_at_the_other()
    {
        await using var replicas = await Replicas.Start(postgres, "--Admin:Token", "the-token-of-all-replicas");
        using var first = Http(replicas.Addresses[0]);
        using var second = Http(replicas.Addresses[1]);
        using var another = Http(replicas.Addresses[1], "sim_another");
        Assert.Contains("\"vouchers\":3", await Send(first, HttpMethod.Get, "/_sim"), StringComparison.Ordinal);
        Assert.Contains("\"count\":12000", await Send(second, HttpMethod.Post, "/_sim/seed", """{"generate":{"count":12000}}"""), StringComparison.Ordinal);
        var file = await Send(first, HttpMethod.Get, "/_sim/export");
        Assert.Contains("\"vouchers\":12003", await Send(another, HttpMethod.Post, "/_sim/import", file), StringComparison.Ordinal);
        using var anotherAtFirst = Http(replicas.Addresses[0], "sim_another");
        const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=r&value=20.00";
        Assert.Equal(await Send(second, HttpMethod.Post, Call), await Send(anotherAtFirst, HttpMethod.Post, Call));
        await Send(first, HttpMethod.Put, "/_sim/admin/defaults", """{"weeklyLimit":50.00}""");
        using var fresh = Http(replicas.Addresses[1], "sim_fresh");
        Assert.Contains("\"weeklyLimit\":50.00", await Send(fresh, HttpMethod.Get, "/_sim"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_parallel_makes_of_one_name_at_two_replicas_one_succeeds()
    {
        await using var replicas = await Replicas.Start(postgres, "--Admin:Token", "the-token-of-all-replicas");
        using var first = Http(replicas.Addresses[0]);
        using var second = Http(replicas.Addresses[1]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Send(number % 2 == 0 ? first : second, HttpMethod.Post, "/_sim/admin/clients", """{"name":"ACME"}""")));
        Assert.Single(answers, answer => answer.Contains("\"key\":", StringComparison.Ordinal));
        Assert.Equal(19, answers.Count(answer => answer.Contains("There is a client of this name.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_asks_for_a_key_at_one_replica_is_approved_at_the_other()
    {
        await using var gpg = new Gpg();
        await using var replicas = await Replicas.Start(postgres, "--Admin:Token", "the-token-of-all-replicas", "--Onboarding:Approval", "true");
        using var first = Http(replicas.Addresses[0]);
        using var second = Http(replicas.Addresses[1]);
        await gpg.NewKey("acme");
        var key = await gpg.Export("acme");
        var asked = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Send(number % 2 == 0 ? first : second, HttpMethod.Post, $"/_sim/onboarding?name=partner-{number}", key)));
        var ids = asked.Select(answer => System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!).ToList();
        var listed = await Send(second, HttpMethod.Get, "/_sim/admin/onboarding");
        Assert.All(ids, id => Assert.Contains(id, listed, StringComparison.Ordinal));
        // Both admins at once.
        await Task.WhenAll(ids.SelectMany(id => new[] { first, second }.Select(http => Send(http, HttpMethod.Post, $"/_sim/admin/onboarding/{id}/approve", "{}"))));
        foreach (var id in ids)
        {
            var letter = (await gpg.Decrypt(await Send(first, HttpMethod.Get, $"/_sim/onboarding/{id}"))).Text;
            using var partner = Http(replicas.Addresses[1], letter.Split("\nKey: ")[1].Split('\n')[0]);
            Assert.Contains("\"name\":\"partner-", await Send(partner, HttpMethod.Get, "/_sim"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_is_rotated_or_removed_at_one_replica_opens_nothing_at_the_other()
    {
        await using var replicas = await Replicas.Start(postgres, "--Admin:Token", "the-token-of-all-replicas");
        using var first = Http(replicas.Addresses[0]);
        using var second = Http(replicas.Addresses[1], "a-key-of-before");
        await Send(first, HttpMethod.Post, "/_sim/admin/clients", """{"name":"ACME","key":"a-key-of-before"}""");
        Assert.Contains("ACME", await Send(second, HttpMethod.Get, "/_sim"), StringComparison.Ordinal);
        await Send(first, HttpMethod.Post, "/_sim/admin/clients/ACME/rotate-key", """{"key":"a-key-of-after"}""");
        Assert.Equal("Unauthorized client", await Send(second, HttpMethod.Post, "/Voucher/CancelVoucher?voucherCode=2193785990"));
        using var after = Http(replicas.Addresses[1], "a-key-of-after");
        Assert.Equal("""{"successfulRequest":true}""", await Send(after, HttpMethod.Post, "/Voucher/CancelVoucher?voucherCode=2193785990"));
        await Send(first, HttpMethod.Delete, "/_sim/admin/clients/ACME");
        Assert.Equal("Unauthorized client", await Send(after, HttpMethod.Post, "/Voucher/CancelVoucher?voucherCode=2193785990"));
    }

    [Fact]
    public async Task No_route_of_a_client_opens_to_its_key_of_before_at_either_replica()
    {
        await using var replicas = await Replicas.Start(postgres, "--Admin:Token", "the-token-of-all-replicas");
        using var admin = Http(replicas.Addresses[0]);
        var routes = JsonNode.Parse(await Send(admin, HttpMethod.Get, "/_sim/openapi.json"))!["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Method: operation.Key, Path: Regex.Replace(path.Key, "{[a-z]+}", "1"), Operation: operation.Value!)))
            .Where(route => route.Method is "get" or "delete" && route.Operation["security"]!.AsArray() is [JsonObject scheme] && scheme.ContainsKey("apiKey"))
            .ToList();
        Assert.InRange(routes.Count, 15, 100);
        foreach (var (method, path, _) in routes)
        {
            // A key for each: once one call was refused, the replica has forgotten whose the key was.
            var client = $"{method}{path.Replace('/', '-')}";
            await Send(admin, HttpMethod.Post, "/_sim/admin/clients", $$"""{"name":"{{client}}","key":"{{client}}"}""");
            foreach (var address in replicas.Addresses)
            {
                using var http = Http(address, client);
                await Send(http, HttpMethod.Post, "/Voucher/CancelVoucher?voucherCode=2193785990");
            }

            Assert.Contains("\"key\":", await Send(admin, HttpMethod.Post, $"/_sim/admin/clients/{client}/rotate-key", "{}"), StringComparison.Ordinal);
            foreach (var address in replicas.Addresses)
            {
                using var http = Http(address, client);
                using var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Who_listens_with_a_key_that_is_rotated_hears_no_more_and_the_key_can_be_given_again()
    {
        await using var replicas = await Replicas.Start(postgres, "--Admin:Token", "the-token-of-all-replicas");
        using var admin = Http(replicas.Addresses[0]);
        using var client = Http(replicas.Addresses[1], "a-key-of-before");
        await Send(admin, HttpMethod.Post, "/_sim/admin/clients", """{"name":"ACME","key":"a-key-of-before"}""");
        using var listening = await client.GetAsync("/_sim/journal/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await Send(admin, HttpMethod.Post, "/_sim/admin/clients/ACME/rotate-key", """{"key":"a-key-of-after"}""");
        await listening.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains("a-key-of-before", await Send(admin, HttpMethod.Post, "/_sim/admin/clients/ACME/rotate-key", """{"key":"a-key-of-before"}"""), StringComparison.Ordinal);
        Assert.Contains("ACME", await Send(client, HttpMethod.Get, "/_sim"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_at_one_replica_is_in_the_journal_at_the_other()
    {
        await using var replicas = await Replicas.Start(postgres);
        using var first = Http(replicas.Addresses[0]);
        using var second = Http(replicas.Addresses[1]);
        const string Call = "/VoucherRequest/Request?campaignCode=THINK&customerReference=r&value=20.00";
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Send(number % 2 == 0 ? first : second, HttpMethod.Post, Call)));
        foreach (var http in new[] { first, second })
            Assert.Contains("\"holds\":true", await Send(http, HttpMethod.Post, "/_sim/verify", """{"exactly":10,"of":"issued calls","wait":"PT20S"}"""), StringComparison.Ordinal);
        // What one replica has yet to write, or is just writing, when the other clears is cleared as well.
        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Send(first, HttpMethod.Post, Call)));
            await Send(second, HttpMethod.Delete, "/_sim/journal");
            await Send(second, HttpMethod.Post, Call);
            await Send(first, HttpMethod.Get, "/_sim/journal");
            Assert.Contains("\"holds\":true", await Send(second, HttpMethod.Post, "/_sim/verify", """{"exactly":1,"of":"calls","wait":"PT20S"}"""), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_journal_is_whole_after_a_stop()
    {
        LocalPostgres.Required();
        var folder = Directory.CreateTempSubdirectory("imovo-journal-").FullName;
        foreach (var store in new[] { "sqlite", await (await postgres.Server).NewDatabase() })
        {
            await using (var simulator = await SimulatorProcess.Start("--Store", store, "--DataFolder", folder))
            {
                using var http = Http(simulator.Address);
                for (var call = 0; call < 20; call++)
                    await Send(http, HttpMethod.Post, "/VoucherRequest/Request?campaignCode=THINK&customerReference=r&value=20.00");
                Assert.Equal(0, await simulator.Stop());
            }

            await using var again = await SimulatorProcess.Start("--Store", store, "--DataFolder", folder);
            using var after = Http(again.Address);
            Assert.Contains("\"count\":20", await Send(after, HttpMethod.Get, "/_sim/journal?limit=1"), StringComparison.Ordinal);
        }

        Directory.Delete(folder, true);
    }

    private static HttpClient Http(Uri address, string key = "sim_steered") => new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { { "X-API-KEY", key }, { "Authorization", "Bearer the-token-of-all-replicas" } },
    };

    private static async Task<string> Send(HttpClient http, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Replicas(SimulatorProcess[] processes) : IAsyncDisposable
    {
        public Uri[] Addresses => [.. processes.Select(process => process.Address)];

        public static async Task<Replicas> Start(PostgresFixture postgres, params string[] arguments)
        {
            LocalPostgres.Required();
            string[] all = ["--Store", await (await postgres.Server).NewDatabase(), .. arguments];
            // Together, so that the schema's turn-taking is tried too.
            return new Replicas(await Task.WhenAll(SimulatorProcess.Start(all), SimulatorProcess.Start(all)));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }
}
