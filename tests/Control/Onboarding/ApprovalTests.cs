using ImovoSim.Clients;
using ImovoSim.Onboarding;
using Microsoft.Extensions.DependencyInjection;

namespace ImovoSim.Tests;

/// Keys that the admin approves first.
public sealed class ApprovalTests : IAsyncDisposable
{
    private readonly Gpg _gpg = new();
    private readonly Simulator _simulator = new(("Onboarding:Approval", "true"));

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        await _gpg.DisposeAsync();
    }

    [Fact]
    public async Task Who_asks_waits_until_the_admin_approves_and_then_reads_the_key()
    {
        var fingerprint = await _gpg.NewKey("acme");
        var asked = await Ask("ACME");
        Assert.Equal((202, "waiting", $"/_sim/onboarding/{asked.Text("id")}"), (asked.Status, asked.Text("state"), asked.Text("collect")));
        Assert.Equal(asked.Text("collect"), asked.Headers["Location"]);
        Assert.Matches("^[0-9a-f]{32}$", asked.Text("id"));
        Assert.Equal(202, (await Collect(asked)).Status);

        var listed = await _simulator.Admin.Get("/_sim/admin/onboarding");
        Assert.Equal((asked.Text("id"), "ACME", "waiting", fingerprint), (listed.Text("applications.0.id"), listed.Text("applications.0.name"), listed.Text("applications.0.state"), listed.Text("applications.0.fingerprint")));
        Assert.DoesNotContain("ACME", (await _simulator.Admin.Get("/_sim/admin/clients")).Body, StringComparison.Ordinal);

        var approved = await Approve(asked, """{"campaigns":["THINK"],"weeklyLimit":50.00}""");
        Assert.Equal((200, "approved"), (approved.Status, approved.Text("state")));
        var letter = await _gpg.Opened(await Collect(asked));
        Assert.Contains("\nWeekly limit: £50.00\n", letter, StringComparison.Ordinal);
        Assert.Contains("\nTHINK: ", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("\nCAMP01: ", letter, StringComparison.Ordinal);
        var client = _simulator.WithKey(Partner.KeyIn(letter));
        Assert.True((await client.Issue(value: "50.00")).Succeeded);
        Assert.False((await client.Issue(value: "1.00")).Succeeded);
        Assert.Equal("409 This one is approved already.", (await Approve(asked)).Problem);
        Assert.Equal("409 This one is approved already.", (await Refuse(asked)).Problem);
    }

    [Fact]
    public async Task Who_is_refused_reads_the_reason_and_may_ask_again()
    {
        await _gpg.NewKey("acme");
        var asked = await Ask("ACME");
        var refused = await Refuse(asked, "We do not know you: call us first.");
        Assert.Equal(("refused", "We do not know you: call us first."), (refused.Text("state"), refused.Text("reason")));
        Assert.Equal("403 The admin has refused it: We do not know you: call us first.", (await Collect(asked)).Problem);
        Assert.Equal("409 This one is refused already.", (await Approve(asked)).Problem);
        Assert.Equal(202, (await Ask("ACME")).Status);
    }

    [Fact]
    public async Task A_name_waits_once_and_is_nobody_elses()
    {
        await _gpg.NewKey("acme");
        var asked = await Ask("ACME");
        Assert.StartsWith("409 Somebody waits for a key under this name already", (await Ask("acme")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("409 There is a client of this name", (await Ask("DEMO")).Problem, StringComparison.Ordinal);
        await _simulator.Admin.Post("/_sim/admin/clients", """{"name":"Acme"}""");
        Assert.Equal("409 There is a client of this name by now: remove it, or refuse this one.", (await Approve(asked)).Problem);
        await _simulator.Admin.Delete("/_sim/admin/clients/ACME");
        Assert.Equal(200, (await Approve(asked)).Status);
    }

    [Fact]
    public async Task A_key_that_expires_while_it_waits_gets_nothing()
    {
        await _gpg.NewKey("brief", expires: "1y");
        var asked = await _simulator.Ask("ACME", await _gpg.Export("brief"));
        Assert.True((await _simulator.Admin.Get("/_sim/admin/onboarding")).Text("applications.0.keyExpires").Length > 0);
        _simulator.Clock.Advance(TimeSpan.FromDays(1000));
        Assert.StartsWith("409 The key expired on ", (await Approve(asked)).Problem, StringComparison.Ordinal);
        Assert.Equal(200, (await Refuse(asked)).Status);
    }

    [Fact]
    public async Task Of_parallel_approvals_all_mean_the_same_client()
    {
        await _gpg.NewKey("acme");
        var asked = await Ask("ACME");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Approve(asked), TestContext.Current.CancellationToken)));
        Assert.Contains(200, answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 409, answer.Body));
        Assert.True((await _simulator.WithKey(await _gpg.OpenedKey(await Collect(asked))).Issue()).Succeeded);
    }

    [Fact]
    public async Task An_approval_that_was_cut_off_goes_on_where_it_stopped()
    {
        await _gpg.NewKey("acme");
        var asked = await Ask("ACME");
        var applications = _simulator.Services.GetRequiredService<Applications>();
        var waiting = (await applications.Find(asked.Text("id"), TestContext.Current.CancellationToken))!;
        await applications.Replace(waiting, waiting with { Sealed = new Sealed("what was sealed", ApiKeys.Hash("the key in it"), "THINK", null) }, TestContext.Current.CancellationToken);
        Assert.Equal(202, (await Collect(asked)).Status);
        Assert.StartsWith("409 This one is being approved", (await Refuse(asked)).Problem, StringComparison.Ordinal);
        Assert.Equal(200, (await Approve(asked)).Status);
        Assert.Equal("what was sealed", (await Collect(asked)).Body);
        Assert.Equal("THINK", (await _simulator.WithKey("the key in it").Get("/_sim")).Text("campaigns"));
    }

    [Fact]
    public async Task What_is_decided_is_kept_for_thirty_days_and_what_waits_for_ever()
    {
        await _gpg.NewKey("acme");
        var (decided, waiting) = (await Ask("DECIDED"), await Ask("WAITING"));
        await Approve(decided);
        _simulator.Clock.Advance(TimeSpan.FromDays(29));
        await Ask("NEXT");
        Assert.Equal(200, (await Collect(decided)).Status);
        _simulator.Clock.Advance(TimeSpan.FromDays(1));
        await Ask("LAST");
        Assert.StartsWith("404 There is no request for a key with this id", (await Collect(decided)).Problem, StringComparison.Ordinal);
        Assert.Equal(202, (await Collect(waiting)).Status);
    }

    [Fact]
    public async Task No_more_than_a_hundred_wait()
    {
        await _gpg.NewKey("acme");
        var key = await _gpg.Export("acme");
        var asked = await Task.WhenAll(Enumerable.Range(0, 105).Select(number => _simulator.Ask($"partner-{number}", key)));
        Assert.Equal((100, 5), (asked.Count(reply => reply.Status == 202), asked.Count(reply => reply.Problem == "503 100 wait for a key already, as many as may: ask the admin to decide.")));
        Assert.Equal(200, (await Refuse(asked.First(reply => reply.Status == 202))).Status);
        Assert.Equal(202, (await Ask("one-more")).Status);
    }

    [Fact]
    public async Task It_outlives_a_restart_and_the_file_has_neither_the_key_nor_a_mail_address()
    {
        var folder = Directory.CreateTempSubdirectory("imovo-onboarding-");
        (string, string?)[] settings = [("Onboarding:Approval", "true"), ("Store", "sqlite"), ("DataFolder", folder.FullName)];
        await _gpg.NewKey("acme");
        Reply asked;
        await using (var simulator = new Simulator(settings))
            asked = await simulator.Ask("ACME", await _gpg.Export("acme"));
        await using (var simulator = new Simulator(settings))
            Assert.Equal(200, (await simulator.Admin.Post($"/_sim/admin/onboarding/{asked.Text("id")}/approve")).Status);
        string key;
        await using (var simulator = new Simulator(settings))
        {
            key = await _gpg.OpenedKey(await simulator.WithKey(null).Get(asked.Text("collect")));
            Assert.True((await simulator.WithKey(key).Issue()).Succeeded);
        }

        foreach (var file in folder.GetFiles())
        {
            var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(key, bytes, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("@example.com", bytes, StringComparison.Ordinal);
        }

        folder.Delete(true);
    }

    [Fact]
    public async Task Only_the_admin_sees_and_decides()
    {
        var anyone = _simulator.Client();
        Assert.Equal(401, (await anyone.Get("/_sim/admin/onboarding")).Status);
        Assert.Equal(401, (await anyone.Post("/_sim/admin/onboarding/x/approve")).Status);
        Assert.Equal(401, (await anyone.Post("/_sim/admin/onboarding/x/refuse")).Status);
        Assert.StartsWith("404 ", (await _simulator.Admin.Post("/_sim/admin/onboarding/x/approve")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("404 ", (await _simulator.Admin.Post("/_sim/admin/onboarding/x/refuse", """{"reason":"x"}""")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("400 ", (await _simulator.Admin.Post("/_sim/admin/onboarding/x/refuse", """{"reason":""}""")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("400 ", (await _simulator.Admin.Post("/_sim/admin/onboarding/x/approve", """{"campaigns":["A,B"]}""")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("400 ", (await _simulator.Admin.Post("/_sim/admin/onboarding/x/approve", """{"weeklyLimit":-1}""")).Problem, StringComparison.Ordinal);
    }

    private async Task<Reply> Ask(string name) => await _simulator.Ask(name, await _gpg.Export("acme"));

    private Task<Reply> Collect(Reply asked) => _simulator.WithKey(null).Get(asked.Text("collect"));

    private Task<Reply> Approve(Reply asked, string? json = null) => _simulator.Admin.Post($"/_sim/admin/onboarding/{asked.Text("id")}/approve", json);

    private Task<Reply> Refuse(Reply asked, string reason = "No.") => _simulator.Admin.Post($"/_sim/admin/onboarding/{asked.Text("id")}/refuse", $$"""{"reason":"{{reason}}"}""");
}
