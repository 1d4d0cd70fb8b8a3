using System.Text;
using System.Text.RegularExpressions;
using ImovoSim.Campaigns;

namespace ImovoSim.Tests;

/// The default campaigns one by one, and a file of one's own.
public sealed class CampaignsTests
{
    private readonly Caller _caller = Simulator.Shared.Caller();

    [Theory]
    [InlineData("THINK", "20", "20.00", 10, "2026-06-23T23:59:59.9999999", "£20.00 CashOut voucher valid at any PayPoint to 23-Jun: http://imovo.org/CODETY OR shop: use CASHOUT > I-MOVO > CODE > ENTER Help? 0800 310 0000")]
    [InlineData("CAMP01", "0.01", "0.01", 12, "2026-08-22T23:59:59.999", "Here is your FREE £5 off voucher: voucher CODE Expires on 22-Aug-26. See here for barcode, storefinder, T&Cs: imovo.org/?id=GC-TOKEN")]
    [InlineData("CASHID", "100", "100.00", 12, "2026-08-22T23:59:59.9999999", "£100.00 CashOut voucher CODE valid to 22-Aug. Take ID showing your name & address to any PayPoint: imovo.org/?id=GC-TOKEN")]
    [InlineData("PES01", "1", "1.00", 12, "2026-08-22T23:59:59.9999999", "Your payment of £1.00: voucher CODE, valid to 22-Aug. Take it with ID to any PayPoint: imovo.org/?id=GC-TOKEN")]
    [InlineData("ENERGY49", "49", "49.00", 12, "2026-08-22T23:59:59.9999999", "£49.00 energy credit CODE valid to 22-Aug. Take with your gas card, electricity key or smart meter card to any PayPoint: imovo.org/?id=GC-TOKEN")]
    [InlineData("ENERGYID", "5", "5.00", 12, "2026-08-22T23:59:59.9999999", "£5.00 fuel voucher CODE valid to 22-Aug. Take it with ID and your key or card to any PayPoint: imovo.org/?id=GC-TOKEN")]
    [InlineData("EBSS66", "", "66.00", 12, "2026-08-22T23:59:59.9999999", "£66.00 energy support voucher CODE valid to 22-Aug. Take it with ID and your key or card to any PayPoint: imovo.org/?id=GC-TOKEN")]
    [InlineData("FREEBAR", "", "0.85", 10, "2030-12-31T23:59:59.9999999", "Your FREE bar: show imovo.org/CODEFB or code CODE at any PayPoint, Payzone or epay shop by 31-Dec. T&Cs apply")]
    [InlineData("OFF50P", "", "0.50", 10, "2026-06-21T23:59:59.9999999", "50p off: show imovo.org/CODEOF or code CODE in the shop by 21-Jun. T&Cs apply")]
    [InlineData("GSUBPROMO001", "", "5.00", 10, "2030-12-31T13:34:56.789", null)]
    [InlineData("GMGSUB7DAY", "", "2.20", 10, "2027-05-24T23:59:59.9999999", "Your newspaper voucher CODE is valid to 24-May-27, one copy a day: https://digitalvouchers-uat-voucher.azurewebsites.net/voucher/07123456789/GSUB")]
    [InlineData("NEWSFREE", "", "1.20", 10, "2026-05-31T23:59:59.9999999", "Your free copy: show imovo.org/CODENF or code CODE in the shop by 31-May")]
    [InlineData("LIMITED", "7", "7.00", 12, "2026-06-23T23:59:59.9999999", "£7.00 CashOut voucher CODE valid to 23-Jun: imovo.org/?id=GC-TOKEN")]
    [InlineData("ONEPER", "", "1.00", 10, "2026-06-23T23:59:59.9999999", "£1 off: show imovo.org/CODEON or code CODE in the shop by 23-Jun")]
    [InlineData("SHORT", "10", "10.00", 10, "2026-05-24T13:35:56.789", "£10.00 voucher CODE, gone in a minute: imovo.org/CODESH")]
    public async Task A_default_campaign_issues(string campaign, string value, string balance, int length, string expiry, string? message)
    {
        foreach (var reply in new[] { await _caller.Issue(campaign, value), await _caller.WithId(WithId(campaign, value)) })
        {
            Assert.Equal((balance, expiry, length), (reply.Balance, reply.ExpiryDate, reply.Code.Length));
            Assert.Equal(message is null ? "voucherCode,balance,expiryDate,successfulRequest" : "voucherCode,balance,expiryDate,message,successfulRequest", reply.Members);
            if (message is null)
                continue;
            var said = message.EndsWith("TOKEN", StringComparison.Ordinal) ? reply.Message[..^9] + "TOKEN" : reply.Message;
            Assert.Equal(message, said.Replace(reply.Code, "CODE", StringComparison.Ordinal));
            if (length == 12)
                Assert.Equal(Vouchers.VoucherCode.Luhn(reply.Code.AsSpan()[..^1]), reply.Code[^1]);
        }
    }

    [Fact]
    public void No_default_campaign_is_left_out_here()
    {
        var method = typeof(CampaignsTests).GetMethod(nameof(A_default_campaign_issues))!;
        var tested = method.GetCustomAttributes(typeof(InlineDataAttribute), false).Select(row => (string)((InlineDataAttribute)row).Data[0]!);
        Assert.Equal(CampaignFile.BuiltIn().All.Select(campaign => campaign.Code).Order(), tested.Append("CLOSED").Append("FUTURE").Order());
    }

    [Theory]
    [InlineData("CLOSED")]
    [InlineData("FUTURE")]
    [InlineData("NOPE")]
    [InlineData("think!")]
    public async Task A_campaign_that_has_ended_or_not_begun_is_answered_as_one_that_does_not_exist(string campaign)
    {
        Assert.Equal("Unable to create voucher: the campaign code submitted does not exist", (await _caller.Issue(campaign)).Said);
        Assert.Equal("InvalidCampaign", (await _caller.WithId(WithId(campaign, "1"))).Said);
    }

    [Fact]
    public async Task A_client_may_use_its_own_campaigns_only()
    {
        await using var simulator = new Simulator();
        string[] campaigns = ["THINK", "LIMITED"];
        foreach (var (key, own) in new[] { ("demo-key", "THINK"), ("limitco-key", "LIMITED"), ("other-key", ""), ("sim_any_key", "THINK LIMITED") })
        {
            foreach (var campaign in campaigns)
                Assert.Equal(own.Contains(campaign, StringComparison.Ordinal), (await new Caller(simulator.Http, key).Issue(campaign, "1")).Succeeded);
        }
    }

    [Fact]
    public async Task A_campaign_that_ends_today_is_open_to_the_end_of_the_London_day()
    {
        var file = TemporaryFile.With("""{"campaigns": [{"code": "DAY", "value": 1, "starts": "2026-05-25", "ends": "2026-05-25"}]}""");
        await using var simulator = new Simulator(campaigns: file, at: new DateTimeOffset(2026, 5, 24, 22, 59, 59, TimeSpan.Zero));
        var caller = simulator.Caller();
        Assert.False((await caller.Issue("DAY")).Succeeded);
        simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2026-05-25T23:59:59.9999999", (await caller.Issue("DAY")).ExpiryDate);
        simulator.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.True((await caller.Issue("DAY")).Succeeded);
        simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await caller.Issue("DAY")).Succeeded);
    }

    [Fact]
    public async Task A_campaign_may_end_with_the_last_day_that_there_is()
    {
        var file = TemporaryFile.With("""{"campaigns": [{"code": "FOREVER", "value": {"least": 1, "most": 100}, "ends": "9999-12-31"}]}""");
        await using var simulator = new Simulator(campaigns: file);
        Assert.Equal("9999-12-31T23:59:59.9999999", (await simulator.Caller().Issue("FOREVER", "5")).ExpiryDate);
    }

    [Fact]
    public async Task A_changed_file_is_taken_up_and_a_broken_one_leaves_the_old_in_force()
    {
        var file = TemporaryFile.With("""{"campaigns": [{"code": "ONE", "value": 1, "validity": "P1D"}]}""");
        using var log = new CapturedLog();
        await using var simulator = new Simulator(campaigns: file, log: log);
        var caller = simulator.Caller();
        Assert.Equal("issued 1.00", (await caller.Issue("ONE")).Said);
        File.WriteAllText(file, """{"campaigns": [{"code": "ONE", "value": 2, "validity": "P1D"}]}""");
        await Poll.Until(async () => (await caller.Issue("ONE")).Said == "issued 2.00");
        File.WriteAllText(file, """{"campaigns": [{"code": "ONE", "value": }]}""");
        await Poll.Until(() => Task.FromResult(log.Lines.Any(line => line.Contains("is refused, line 1: this is not JSON", StringComparison.Ordinal))));
        Assert.Contains(log.Lines, line => line.Contains("refused, line 1", StringComparison.Ordinal) && Regex.IsMatch(line, "[0-9][.] The campaigns from before stay in force[.]"));
        Assert.Equal("issued 2.00", (await caller.Issue("ONE")).Said);
        var whole = file + ".new";
        File.WriteAllText(whole, """{"campaigns": [{"code": "ONE", "value": 3, "validity": "P1D"}]}""");
        File.Move(whole, file, overwrite: true);
        await Poll.Until(async () => (await caller.Issue("ONE")).Said == "issued 3.00");
    }

    [Theory]
    [InlineData("", "line 1: this is not JSON: ")]
    [InlineData("[]", "line 1: the file must be {\"campaigns\": [ … ]}")]
    [InlineData("{\n\"campaign\": []}", "line 2: the file must be {\"campaigns\": [ … ]}")]
    [InlineData("{\"campaigns\": {}}", "line 1: the file must be ")]
    [InlineData("{}", "line 1: the file must be ")]
    [InlineData("{\"campaigns\": [],\n\"campaigns\": []}", "line 2: the file must be ")]
    [InlineData("{\"campaigns\": []}\n{}", "line 2: this is not JSON: ")]
    [InlineData("{\"campaigns\": [\n{\"code\": \"A\"\n\"value\": 1}]}", "line 3: this is not JSON: ")]
    [InlineData("{\"campaigns\": [\n1]}", "line 2: a campaign is an object: {\"code\": …}")]
    [InlineData("{\"campaigns\": [\n{GOOD},\n{GOOD}]}", "line 3: GOOD stands in the file twice")]
    [InlineData("{\"campaigns\": [{GOOD}]", "line 1: this is not JSON: ")]
    public void A_broken_file_is_refused_with_its_line(string json, string begins) =>
        Refused(json.Replace("GOOD}", "\"code\": \"GOOD\", \"value\": 1, \"validity\": \"P1D\"}", StringComparison.Ordinal), begins);

    [Theory]
    [InlineData("\"validity\": \"P1D\"", "value is missing: a number, or {\"least\": 1.00, \"most\": 100.00}")]
    [InlineData("\"value\": \"1\"", "value must be a number, or ")]
    [InlineData("\"value\": -1", "value must be from 0.00 to 1000000.00, in whole pence")]
    [InlineData("\"value\": 1.005", "value must be from ")]
    [InlineData("\"value\": 1000000.01", "value must be from ")]
    [InlineData("\"value\": 1e400", "value must be a number of pounds")]
    [InlineData("\"value\": {\"least\": 1}", "a variable value needs least and most")]
    [InlineData("\"value\": {\"least\": 2, \"most\": 1}", "the least value 2 is over the most")]
    [InlineData("\"value\": {\"least\": \"1\", \"most\": 2}", "least must be a number of pounds")]
    [InlineData("\"value\": {\"least\": 1, \"most\": 2, \"default\": 3}", "the default value is not between least and most")]
    [InlineData("\"value\": 1", "validity or ends is needed, or a voucher would have no expiry")]
    [InlineData("\"value\": 1, \"validity\": \"30 days\"", "validity 30 days is no ISO 8601 duration such as P30D")]
    [InlineData("\"value\": 1, \"validity\": 30", "validity must be a text")]
    [InlineData("\"value\": 1, \"ends\": \"31/12/2026\"", "ends must be a day such as 2026-12-31")]
    [InlineData("\"value\": 1, \"starts\": \"2026-02-30\", \"ends\": \"2026-12-31\"", "starts must be a day such as 2026-12-31")]
    [InlineData("\"value\": 1, \"starts\": \"2026-02-02\", \"ends\": \"2026-02-01\"", "it ends before it starts")]
    [InlineData("\"values\": 1", "values is no member; there are code, kind, value, ")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"kind\": \"money\"", "kind money does not exist; there are cash, energy, discount, product, news")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"expiry\": \"never\"", "expiry never does not exist; there are end-of-day-7-digits, ")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"checkDigit\": \"mod10\"", "checkDigit mod10 does not exist; there are none, luhn")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"delivery\": \"post\"", "delivery post does not exist; there are client, service")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"id\": \"yes\"", "id yes does not exist; there are none, shown, required")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"codeLength\": 7", "codeLength must be from 8 to 18")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"codeLength\": 10.5", "codeLength must be a whole number")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"uses\": 0", "uses must be from 1 to 10000")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"maximumPerReference\": \"1\"", "maximumPerReference must be a whole number")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"oncePerDay\": \"yes\"", "oncePerDay must be true or false")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"message\": \"{cod}\"", "{cod} is no placeholder; there are {value}, {code}, ")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"message\": \"{code\"", "a { is not closed in \"{code\"")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"message\": \"{expiry:%}\"", "{expiry:%} has no form of a date such as dd-MMM-yy")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"message\": \"{value:0}\"", "{value:0} is no placeholder; ")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"link\": \"imovo.org/{value}\"", "{value} is no placeholder; there are {code}, {token}, {reference}")]
    [InlineData("\"value\": 1, \"validity\": \"P1D\", \"link\": 5", "link must be a text")]
    public void A_mistake_in_a_campaign_is_told_with_its_line_and_name(string members, string begins) =>
        Refused("{\"campaigns\": [\n\n{ \"code\": \"X\", " + members + " }]}", "line 3: campaign X: " + begins);

    [Fact]
    public void A_campaign_needs_a_code()
    {
        Refused("{\"campaigns\": [{\"value\": 1}]}", "line 1: campaign without a code: code is missing");
        Refused("{\"campaigns\": [{\"code\": \" \"}]}", "line 1: campaign without a code: code is missing");
        Refused("{\"campaigns\": [{\"code\": 7}]}", "line 1: campaign without a code: code is missing");
        Refused("{\"campaigns\": [{\"code\": \"\\ud800\"}]}", "line 1: campaign without a code: ");
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused_with_its_line()
    {
        const string File = "{\"campaigns\": [\n{\"code\": \"CAFÉ\", \"value\": 1, \"validity\": \"P1D\"}]}";
        Refused(Encoding.Latin1.GetBytes(File), "line 2: this is not UTF-8: save the file in that encoding");
        Refused(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(File)).ToArray(), "line 1: this is not UTF-8: ");
        Assert.Equal("CAFÉ", CampaignReader.Read(Encoding.UTF8.GetBytes(File)).All[0].Code);
    }

    [Fact]
    public void A_byte_order_mark_comments_and_trailing_commas_are_taken() =>
        Assert.Single(CampaignReader.Read(Encoding.UTF8.GetBytes("\uFEFF// mine\n{\"campaigns\": [{\"code\": \"X\", \"value\": 1, \"validity\": \"P1D\",},]}")).All);

    private static string WithId(string campaign, string value)
    {
        var json = Caller.Sample.Replace("CAMP01", campaign, StringComparison.Ordinal).Replace("09283-765748", "07123456789", StringComparison.Ordinal);
        return campaign == "ONEPER" ? json.Replace("07123456789", "another", StringComparison.Ordinal)
            : value.Length == 0 ? json.Replace("\"VoucherValue\":1.00,", "", StringComparison.Ordinal) : json.Replace("1.00", value, StringComparison.Ordinal);
    }

    private static void Refused(string json, string begins) => Refused(Encoding.UTF8.GetBytes(json), begins);

    private static void Refused(byte[] json, string begins) =>
        Assert.StartsWith(begins, Assert.Throws<CampaignsException>(() => CampaignReader.Read(json)).Message, StringComparison.Ordinal);
}
