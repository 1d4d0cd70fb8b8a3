namespace ImovoSim.Tests;

/// What customers were sent, as a tester sees it.
public sealed class MessagesTests
{
    private readonly Steered _client = Simulator.Shared.Client();

    private async Task<string> States(string query = "") =>
        string.Join(' ', (await _client.Get($"/_sim/messages?order=oldest{query}")).Member("messages").EnumerateArray().Select(message => $"{message.GetProperty("id")}:{message.GetProperty("state")}"));

    [Fact]
    public async Task The_customer_received_the_code()
    {
        var issued = await _client.Issue(reference: "07700900001");
        var list = await _client.Get("/_sim/messages?to=07700+900001&wait=5s");
        Assert.Equal(("1", "1", "sms", "+447700900001", "delivered"), (list.Text("count"), list.Text("messages.0.id"), list.Text("messages.0.channel"), list.Text("messages.0.to"), list.Text("messages.0.state")));
        Assert.Equal((issued.Text("message"), issued.Text("voucherCode"), "THINK", "07700900001"),
            (list.Text("messages.0.text"), list.Text("messages.0.voucherCode"), list.Text("messages.0.campaign"), list.Text("messages.0.customerReference")));
        Assert.Equal("""{"encoding":"GSM-7","characters":156,"count":1}""", list.Text("messages.0.segments"));
        Assert.Equal(list.Text("messages.0.createdAt"), list.Text("messages.0.deliveredAt"));
        Assert.StartsWith($"/{issued.Text("voucherCode")}TY?client=", list.Text("messages.0.page"), StringComparison.Ordinal);
        Assert.Equal(list.Text("messages.0"), (await _client.Get("/_sim/messages/1")).Body);
        await Assert.AllAsync(new[] { "2", "0", "x", "99999999999999999999" }, async id => Assert.StartsWith("404", (await _client.Get($"/_sim/messages/{id}")).Problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_email_has_a_subject_and_one_that_nobody_can_be_reached_by_fails_with_a_reason()
    {
        await _client.Issue(value: "20.00", reference: "a@example.com");
        var mail = await _client.Get("/_sim/messages?to=a@example.com");
        Assert.Equal(("email", "Your £20.00 voucher", "delivered"), (mail.Text("messages.0.channel"), mail.Text("messages.0.subject"), mail.Text("messages.0.state")));
        Assert.True((await _client.Issue(reference: "nobody")).Succeeded);
        var none = await _client.Get("/_sim/messages?channel=none");
        Assert.Equal(("failed", "It is for neither a UK mobile number nor an e-mail address."), (none.Text("messages.0.state"), none.Text("messages.0.reason")));
        Assert.False(none.Member("messages.0").TryGetProperty("deliveredAt", out _));
        await _client.Issue("OFF50P");
        Assert.Equal("1:delivered 2:failed", await States());
    }

    [Fact]
    public async Task Messages_are_filtered_and_come_in_pages()
    {
        var code = await _client.Issued();
        await _client.Issued("ENERGY49", reference: "b@example.com");
        for (var i = 0; i < 3; i++)
            await _client.Issue();
        Assert.Equal(("1:delivered", "2:delivered", "2:delivered", "2:delivered"), (await States($"&code={code}"), await States("&campaign=energy49"), await States("&channel=email"), await States("&reference=b@example.com")));
        Assert.Equal(("", "", ""), (await States("&code=1234567890"), await States("&to=b@example.co"), await States("&state=waiting")));
        var page = await _client.Get("/_sim/messages?limit=2");
        Assert.Equal(("5", "4", "5", "4"), (page.Text("messages.0.id"), page.Text("messages.1.id"), page.Text("count"), page.Text("next")));
        page = await _client.Get($"/_sim/messages?limit=3&count=false&before={page.Text("next")}");
        Assert.Equal(("3", false, false), (page.Text("messages.0.id"), page.Has("next"), page.Has("count")));
        Assert.Equal("4:delivered 5:delivered", await States("&after=3"));
    }

    [Theory]
    [InlineData("channel=pigeon")]
    [InlineData("state=lost")]
    [InlineData("order=up")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("before=-1")]
    [InlineData("wait=31s")]
    [InlineData("wait=soon")]
    [InlineData("wait=P1D")]
    [InlineData("from=me")]
    public async Task A_query_that_makes_no_sense_is_refused(string query) =>
        Assert.StartsWith("400 ", (await _client.Get($"/_sim/messages?{query}")).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_wait_ends_when_one_comes_or_with_an_empty_list()
    {
        await using var simulator = new Simulator();
        var client = simulator.Client();
        var waiting = client.Get("/_sim/messages?to=07700900001&wait=PT30S");
        await client.Issue(reference: "07700900002");
        await client.Issue(reference: "07700900001");
        Assert.Equal("2", (await waiting).Text("messages.0.id"));
        var invain = client.Get("/_sim/messages?to=07700900003&wait=3s");
        while (!invain.IsCompleted)
        {
            simulator.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(invain, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        Assert.Equal("""{"messages":[],"count":0}""", (await invain).Body);
    }

    [Fact]
    public async Task A_delivery_fails_comes_late_or_twice_and_the_answer_is_whole()
    {
        await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2026-08-03T12:00:00"}""");
        await _client.Post("/_sim/faults", """{"kind":"delivery-fails","nth":1}""");
        await _client.Post("/_sim/faults", """{"kind":"delivery-late","milliseconds":172800000,"nth":2}""");
        await _client.Post("/_sim/faults", """{"kind":"delivery-twice","campaign":"THINK","nth":3}""");
        // Of no campaign that the service delivers, and so no call of theirs.
        Assert.False((await _client.Issue("OFF50P")).Headers.ContainsKey("X-Sim-Fault-Struck"));
        var struck = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var reply = await _client.Issue();
            Assert.True(reply.Succeeded);
            struck.Add(reply.Headers.GetValueOrDefault("X-Sim-Fault-Struck", "-"));
        }

        Assert.Equal(["delivery-fails after, fault 1", "delivery-late after, fault 2", "delivery-twice after, fault 3", "-"], struck);
        Assert.Equal("1:failed 2:sent 3:delivered 4:delivered 5:delivered", await States());
        Assert.Equal("A fault (fault 1) lets its delivery fail.", (await _client.Get("/_sim/messages/1")).Text("reason"));
        Assert.Equal((await _client.Get("/_sim/messages/3")).Text("voucherCode"), (await _client.Get("/_sim/messages/4")).Text("voucherCode"));
        var advanced = await _client.Post("/_sim/clock/advance", """{"by":"P2D"}""");
        Assert.Equal(("2", "2026-08-05T12:00:00+01:00"), (advanced.Text("delivered.0.id"), advanced.Text("delivered.0.deliveredAt")));
        Assert.Equal("2:delivered", await States("&state=delivered&after=1&before=3"));
    }

    [Fact]
    public async Task One_call_asks_for_a_fault_of_its_own_delivery()
    {
        await _client.Issue(change: request => request.Headers.Add("X-Sim-Fault", "delivery-late; milliseconds=60000"));
        Assert.Equal("1:sent", await States());
        Assert.StartsWith("400 X-Sim-Fault: \"when\" can only be after", (await _client.Issue(change: request => request.Headers.Add("X-Sim-Fault", "delivery-fails; when=before"))).Problem, StringComparison.Ordinal);
        Assert.StartsWith("400 ", (await _client.Post("/_sim/faults", """{"kind":"delivery-late","milliseconds":604800001}""")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_voucher_is_sent_again_while_it_lives()
    {
        var code = await _client.Issued(reference: "07700900001");
        var again = await _client.Post($"/_sim/vouchers/{code}/resend");
        Assert.Equal((201, "2", "+447700900001", code), (again.Status, again.Text("id"), again.Text("to"), again.Text("voucherCode")));
        Assert.Equal((await _client.Get("/_sim/messages/1")).Text("text"), again.Text("text"));
        await _client.Cancel(code);
        Assert.StartsWith("409 The voucher is redeemed, cancelled or expired", (await _client.Post($"/_sim/vouchers/{code}/resend")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("409 The service does not deliver", (await _client.Post($"/_sim/vouchers/{await _client.Issued("OFF50P")}/resend")).Problem, StringComparison.Ordinal);
        Assert.StartsWith("404 ", (await _client.Post("/_sim/vouchers/1234567890/resend")).Problem, StringComparison.Ordinal);
        // What was seeded was never sent, and can be.
        var seeded = (await _client.Post("/_sim/seed", """{"vouchers":[{"campaign":"THINK","value":5.00,"customerReference":"07700900009"}]}""")).Text("vouchers.0.voucherCode");
        Assert.Equal("1:delivered 2:delivered", await States());
        Assert.Equal("+447700900009", (await _client.Post($"/_sim/vouchers/{seeded}/resend")).Text("to"));
    }

    [Fact]
    public async Task Messages_are_verified()
    {
        await _client.Issue(reference: "07700900001");
        await _client.Issue(reference: "nobody");
        Assert.Equal(200, (await _client.Post("/_sim/verify", """{"exactly":1,"of":"delivered messages","to":"+44 7700 900001"}""")).Status);
        Assert.Equal(200, (await _client.Post("/_sim/verify", """{"exactly":1,"of":"failed messages","campaign":"think"}""")).Status);
        var missing = await _client.Post("/_sim/verify", """{"exactly":2,"of":"messages","reference":"07700900001"}""");
        Assert.Equal((409, "-1", "1"), (missing.Status, missing.Text("difference"), missing.Text("messages.0.id")));
        await Assert.AllAsync(
            new[] { """{"exactly":1,"of":"lost messages"}""", """{"exactly":1,"of":"messages","status":200}""", """{"exactly":1,"of":"vouchers","to":"07700900001"}""", """{"exactly":1,"of":"calls","to":"1"}""" },
            async json => Assert.StartsWith("400 ", (await _client.Post("/_sim/verify", json)).Problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reset_forgets_messages_and_the_same_calls_give_the_same_ones()
    {
        await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2026-08-03T12:00:00"}""");
        await _client.Issue();
        var first = (await _client.Get("/_sim/messages")).Body;
        await _client.Post("/_sim/reset");
        Assert.Equal("", await States());
        await _client.Put("/_sim/clock", """{"mode":"frozen","at":"2026-08-03T12:00:00"}""");
        await _client.Issue();
        Assert.Equal(first, (await _client.Get("/_sim/messages")).Body);
    }

    [Fact]
    public async Task An_export_has_the_messages_and_an_import_goes_on_with_their_numbers()
    {
        await _client.Issue(reference: "a@example.com");
        await _client.Issue(reference: "nobody");
        await _client.Issue(change: request => request.Headers.Add("X-Sim-Fault", "delivery-late; milliseconds=60000"));
        var (before, file) = ((await _client.Get("/_sim/messages")).Body, (await _client.Get("/_sim/export")).Body);
        var other = Simulator.Shared.Client("_other");
        Assert.Equal(200, (await other.Post("/_sim/import", file)).Status);
        Assert.Equal(Anonymous(before), Anonymous((await other.Get("/_sim/messages")).Body));
        await other.Issue();
        Assert.Equal("4", (await other.Get("/_sim/messages")).Text("messages.0.id"));
    }

    [Fact]
    public async Task The_journal_says_where_the_message_went_and_masks_it()
    {
        await _client.Issue(reference: "07700900123");
        await _client.Issue("OFF50P");
        var said = (await _client.Get("/_sim/journal?order=oldest")).Member("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("why").EnumerateArray().Single(why => why.GetProperty("rule").GetString() == "message").GetProperty("text").GetString());
        Assert.Equal(["Message 1 goes to 44***23 by SMS.", "The service sends nothing: vouchers of campaign OFF50P are the client's own to deliver."], said);
    }

    [Fact]
    public async Task While_the_mail_server_is_down_vouchers_are_issued_and_emails_wait_until_they_are_given_up()
    {
        await using var simulator = new Simulator(("Delivery:Smtp", "smtp://127.0.0.1:1"), ("Delivery:GiveUpAfter", "PT5S"));
        var client = simulator.Client();
        Assert.True((await client.Issue(reference: "a@example.com")).Succeeded);
        Assert.Equal("delivered", await Standing(client, (await client.Issue()).Text("voucherCode")));
        var message = await client.Get("/_sim/messages/1");
        while (!message.Has("attempts"))
            message = await client.Get("/_sim/messages/1");
        Assert.Equal(("waiting", "1"), (message.Text("state"), message.Text("attempts")));
        Assert.StartsWith("The SMTP server does not answer", message.Text("reason"), StringComparison.Ordinal);
        while (message.Text("state") == "waiting")
        {
            simulator.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            message = await client.Get("/_sim/messages/1");
        }

        Assert.Equal("failed", message.Text("state"));
        Assert.EndsWith(" Delivery:GiveUpAfter is over, and it is given up.", message.Text("reason"), StringComparison.Ordinal);
    }

    private static async Task<string> Standing(Steered client, string code) => (await client.Get($"/_sim/messages?code={code}")).Text("messages.0.state");

    private static string Anonymous(string json) => System.Text.RegularExpressions.Regex.Replace(json, "client=sandbox-[0-9a-f]+", "client=…");
}
