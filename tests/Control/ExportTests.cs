using System.Text.Json;

namespace ImovoSim.Tests;

public sealed class ExportTests
{
    private static string OldFile => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Files", "export-v1.json"));

    private readonly Steered _client = Simulator.Shared.Client();

    [Fact]
    public async Task A_client_is_written_for_people_and_never_with_its_key()
    {
        var code = await Lived(_client);
        var file = await _client.Get("/_sim/export");
        Assert.Equal((200, "application/json; charset=utf-8", "imovosim-client", "3"), (file.Status, file.ContentType, file.Text("format"), file.Text("version")));
        Assert.StartsWith("attachment; filename=\"sandbox-", file.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(("*", "100.00", "2027-01-01T00:00:00+00:00", "21.00"), (file.Text("campaigns.0"), file.Text("weeklyLimit"), file.Text("clock.frozenAt"), file.Text("days.0.value")));
        Assert.Equal(("2", "status", "3"), (file.Text("lastFaultId"), file.Text("faults.0.kind"), file.Text("faults.0.nth")));
        Assert.Equal((code, "redeemed", "Corner Shop"), (file.Text("vouchers.3.code"), file.Text("vouchers.3.events.0.what"), file.Text("vouchers.3.events.0.outlet")));
        var lines = file.Body.Split('\n');
        Assert.Single(lines, line => line.StartsWith($"{{\"code\":\"{code}\"", StringComparison.Ordinal) && line.Contains("redeemed", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("{\"id\":1,\"voucher\":4,\"channel\":\"sms\"", StringComparison.Ordinal) && line.Contains(code, StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains(code, StringComparison.Ordinal)));
        var key = Clients.ApiKeys.Hash(Simulator.Key());
        foreach (var secret in new[] { Simulator.Key(), $"{key.A:x16}", $"{key.B:x16}", $"{key.C:x16}", $"{key.D:x16}" })
            Assert.DoesNotContain(secret, file.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Exported_and_imported_a_client_is_the_same_to_the_byte()
    {
        await Lived(_client);
        await _client.Post("/_sim/seed", """{"generate":{"count":2500,"days":60}}""");
        var file = (await _client.Get("/_sim/export")).Body;
        Assert.Equal(200, (await _client.Post("/_sim/import", file)).Status);
        Assert.Equal(file, (await _client.Get("/_sim/export")).Body);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Another_client_goes_on_where_the_exported_one_stands(string store)
    {
        var redeemed = await Lived(_client);
        var live = await _client.Issued(value: "5.00");
        var file = (await _client.Get("/_sim/export")).Body;

        var folder = Directory.CreateTempSubdirectory("imovo-import-");
        await using (var simulator = new Simulator(("Store", store), ("DataFolder", folder.FullName)))
        {
            var other = simulator.WithKey("demo-key");
            await other.Issued();
            var imported = await other.Post("/_sim/import", file);
            Assert.Equal(("DEMO", "*,!LIMITED", "100.00", "6"), (imported.Text("name"), imported.Text("campaigns"), imported.Text("weeklyLimit"), imported.Text("vouchers")));
            var itsOwn = Anonymous(file).Replace("\"campaigns\":[\"*\"]", "\"campaigns\":[\"*\",\"!LIMITED\"]", StringComparison.Ordinal);
            Assert.Equal(itsOwn, Anonymous((await other.Get("/_sim/export")).Body));
            Assert.Equal("Voucher is already cancelled or redeemed", (await other.Cancel(redeemed)).Error);
            Assert.Equal("true", (await other.Post($"/_sim/vouchers/{redeemed}/void", """{"outlet":"Corner Shop","terminal":"1"}""")).Text("accepted"));
            Assert.True((await other.Cancel(live)).Succeeded);
            // The third call of the kind that the fault is for, wherever the first two were made.
            var (here, there) = (await _client.Issue(), await other.Issue());
            Assert.Equal((502, 502), (here.Status, there.Status));
            Assert.Equal(await _client.Issued(), await other.Issued());
            Assert.Equal((await _client.Get("/_sim/limit")).Body, (await other.Get("/_sim/limit")).Body);
        }

        folder.Delete(true);
    }

    [Fact]
    public async Task A_file_that_the_first_version_wrote_is_imported_for_ever()
    {
        Assert.Equal(200, (await _client.Post("/_sim/import", OldFile)).Status);
        // What a file of that version does not have is as with a new client.
        var now = OldFile.Replace("\"version\":1", "\"version\":3", StringComparison.Ordinal).Replace("\"vouchers\":[", "\"lastMessageId\":0,\n\"vouchers\":[", StringComparison.Ordinal)
            .Replace("\n]\n}\n", "\n],\n\"messages\":[\n]\n}\n", StringComparison.Ordinal);
        Assert.Equal(Anonymous(now), Anonymous((await _client.Get("/_sim/export")).Body));
        Assert.Equal("redeemed", (await _client.Get("/_sim/vouchers?order=newest&limit=1&after=5")).Text("vouchers.0.state"));
    }

    [Fact]
    public async Task A_client_that_the_admin_made_cannot_give_itself_campaigns_by_a_file()
    {
        var name = $"import-{Simulator.Key()[^12..]}";
        await Simulator.Shared.Admin.Post("/_sim/admin/clients", $$"""{"name":"{{name}}","key":"a-key-of-{{name}}","campaigns":["THINK"]}""");
        var client = Simulator.Shared.WithKey($"a-key-of-{name}");
        Assert.Equal("THINK", (await client.Post("/_sim/import", OldFile)).Text("campaigns"));
    }

    [Fact]
    public async Task A_reset_after_an_import_gives_the_clients_own_first_day()
    {
        var code = await _client.Issued();
        await _client.Post("/_sim/import", OldFile);
        await _client.Post("/_sim/reset");
        Assert.Equal(code, await _client.Issued());
        Assert.Equal("real", (await _client.Get("/_sim/clock")).Text("mode"));
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":4,\"new\":{}", "$.version: the file is of version 4, and this program reads versions up to 3")]
    [InlineData("\"version\":1", "\"version\":2", "$.messages: they are missing")]
    [InlineData("\"lastFaultId\"", "\"messages\":[],\"lastFaultId\"", "$.messages: a file of version 1 has no messages")]
    [InlineData("\"version\":1", "\"version\":0", "$.version: it must be a version from 1 to 3")]
    [InlineData("\"version\":1", "\"version\":\"1\"", "$.version: it must be")]
    [InlineData("imovosim-client", "imovosim-fidelity", "$.format: it must be \"imovosim-client\"")]
    [InlineData("\"lastFaultId\"", "\"journal\":[],\"lastFaultId\"", "$.journal: ")]
    [InlineData("\"lastFaultId\":2,", "", "$: ")]
    [InlineData("\"state\":\"redeemed\"", "\"state\":\"lost\"", "$.vouchers[3].state: it must be one of issued, redeemed, cancelled")]
    [InlineData("\"usesLeft\":0", "\"usesLeft\":-1", "$.vouchers[3].usesLeft: it must be from 0")]
    [InlineData("\"usesLeft\":0", "\"usesLeft\":0,\"uncounted\":true", "$.vouchers[3].uncounted: a file of version 1 does not have it")]
    [InlineData("\"usesLeft\":0", "\"usesLeft\":\"0\"", "$.vouchers[3].usesLeft: ")]
    [InlineData("\"campaign\":\"THINK\",\"value\"", "\"campaign\":null,\"value\"", "$.vouchers[0].campaign: ")]
    [InlineData("\"code\":\"3721902693\"", "\"code\":\"3721902694\"", "")]
    [InlineData("\"code\":\"3721902693\"", "\"code\":\"3721902683\"", "$.vouchers[0].code: 3721902683 is not a code that voucher number 1 of this seed can have")]
    [InlineData("\"what\":\"redeemed\"", "\"what\":\"voided\"", "$.vouchers[3].events[0]: there is no redemption before it")]
    [InlineData("\"what\":\"redeemed\"", "\"what\":\"eaten\"", "$.vouchers[3].events[0].what: it must be one of")]
    [InlineData("\"kind\":\"status\"", "\"kind\":\"boom\"", "$.faults[0]: \"kind\" must be one of")]
    [InlineData("\"customerReference\":\"07123456789\"", "\"customerReference\":\"\\u0000\"", "$.vouchers[0].customerReference: no text")]
    [InlineData("\"customerReference\":\"07123456789\"", "\"customerReference\":\"\\ud800\"", "$.vouchers[0].customerReference: ")]
    [InlineData("\"name\"", "\"name\":\"twice\",\"name\"", "$")]
    [InlineData("\"seed\":\"", "\"seed\":\"x", "$.seed: it must be 16 hexadecimal digits")]
    [InlineData("\"weeklyLimit\":100.00", "\"weeklyLimit\":1e30", "$.weeklyLimit: ")]
    [InlineData("{\n", "[{\n", "$: ")]
    [InlineData("\n}\n", "", "$")]
    public async Task A_file_that_is_broken_is_refused_whole_with_the_place(string good, string bad, string problem)
    {
        var at = OldFile.IndexOf(good, StringComparison.Ordinal);
        var reply = await _client.Post("/_sim/import", OldFile[..at] + bad + OldFile[(at + good.Length)..]);
        if (problem.Length == 0)
            Assert.Equal(200, reply.Status);
        else
            Assert.StartsWith($"400 The file is not imported, and nothing has changed. {problem}", reply.Problem, StringComparison.Ordinal);
        Assert.Equal(problem.Length == 0 ? "6" : "3", (await _client.Get("/_sim")).Text("vouchers"));
    }

    [Theory]
    [InlineData("6300000000")]
    [InlineData("-6300000000")]
    [InlineData("1e28")]
    public async Task A_clock_that_no_client_can_have_is_refused(string offset)
    {
        await _client.Put("/_sim/clock", """{"mode":"offset","by":"PT1H"}""");
        var file = (await _client.Get("/_sim/export")).Body;
        Assert.Contains("\"offsetSeconds\":3600", file, StringComparison.Ordinal);
        var reply = await _client.Post("/_sim/import", file.Replace("\"offsetSeconds\":3600", $"\"offsetSeconds\":{offset}", StringComparison.Ordinal));
        Assert.Equal("400 The file is not imported, and nothing has changed. $.clock.offsetSeconds: with it the client's time does not lie from the year 2000 to 2199.", reply.Problem);
        Assert.Equal(200, (await _client.Post("/_sim/import", file)).Status);
    }

    [Theory]
    [InlineData("\"id\":1", "\"id\":0", "id: the ids grow")]
    [InlineData("\"id\":1", "\"id\":9", "id: the ids grow")]
    [InlineData("\"voucher\":4", "\"voucher\":9", "voucher: it must be the number")]
    [InlineData("\"channel\":\"sms\"", "\"channel\":\"fax\"", "channel: it must be one of none, sms, email")]
    [InlineData("\"state\":\"sent\"", "\"state\":\"delivered\"", "state: it must be one of waiting, sent, failed")]
    [InlineData("\"to\":\"+447700900000\"", "\"to\":\"\\u0000\"", "text: no text")]
    [InlineData("\"to\":\"+447700900000\"", "\"to\":null", "to: ")]
    public async Task A_broken_message_is_refused_with_the_place(string good, string bad, string problem)
    {
        await _client.Issue();
        var file = (await _client.Get("/_sim/export")).Body;
        Assert.Contains(good, file, StringComparison.Ordinal);
        Assert.StartsWith($"400 The file is not imported, and nothing has changed. $.messages[0].{problem}", (await _client.Post("/_sim/import", file.Replace(good, bad, StringComparison.Ordinal))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_waits_where_it_was_exported_is_not_sent_from_elsewhere()
    {
        await _client.Issue(reference: "a@example.com");
        var file = (await _client.Get("/_sim/export")).Body.Replace("\"state\":\"sent\"", "\"state\":\"waiting\"", StringComparison.Ordinal);
        await _client.Post("/_sim/import", file);
        var message = await _client.Get("/_sim/messages/1");
        Assert.Equal(("failed", "It waited for the mail server when its client was exported."), (message.Text("state"), message.Text("reason")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("[1]")]
    public async Task What_is_no_file_is_refused(string json) =>
        Assert.StartsWith("400 The file is not imported, and nothing has changed. $", (await _client.Post("/_sim/import", json)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_may_be_larger_than_any_other_body()
    {
        await _client.Post("/_sim/seed", """{"generate":{"count":20000}}""");
        var file = (await _client.Get("/_sim/export")).Body;
        Assert.True(file.Length > 4_000_000);
        Assert.Equal("20003", (await _client.Post("/_sim/import", file)).Text("vouchers"));
    }

    // With a redemption, a limit, a frozen clock and faults of which one is gone.
    private static async Task<string> Lived(Steered client)
    {
        await client.Put("/_sim/clock", """{"mode":"frozen","at":"2027-01-01"}""");
        await client.Put("/_sim/limit", """{"weeklyLimit":100.00}""");
        await client.Post("/_sim/faults", """{"kind":"status","status":502,"operation":"Request","nth":3,"campaign":"THINK"}""");
        await client.Post("/_sim/faults", """{"kind":"unavailable","nth":99}""");
        await client.Delete("/_sim/faults/2");
        var code = await client.Issued(value: "20.00");
        await client.Post($"/_sim/vouchers/{code}/redeem", """{"outlet":"Corner Shop","terminal":"1"}""");
        await client.Issue("ONEPER", "10.00", "07700900001");
        return code;
    }

    private static string Anonymous(string file)
    {
        var name = JsonDocument.Parse(file).RootElement.GetProperty("name").GetString()!;
        return file.Replace($"\"name\":\"{name}\"", "\"name\":\"…\"", StringComparison.Ordinal);
    }
}
