using System.Diagnostics;
using Microsoft.Playwright;

namespace ImovoSim.Tests;

public sealed class DashboardTests(Running simulator, Browser browser)
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\u202E";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_only_the_address_calls_opens_redeems_and_sees_why_the_cancel_was_refused()
    {
        var page = await browser.Open(390, 760);
        await page.Go(simulator, "/");
        await page.Listening();
        var key = await page.InputValueAsync("#key");
        Assert.StartsWith("sim_", key, StringComparison.Ordinal);
        await page.AssertNoSidewaysScrolling();

        Assert.Contains("\"successfulRequest\":true", await Shell(await page.InnerTextAsync("#first")), StringComparison.Ordinal);
        var call = page.Call("Request");
        await call.WaitForAsync();
        await call.Locator("summary").ClickAsync();
        await call.GetByText("The page of voucher").ClickAsync();

        await page.WaitForSelectorAsync(".barcode");
        Assert.Contains("£20.00", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
        await page.AssertNoSidewaysScrolling();
        var code = string.Concat((await page.Locator(".number .digits").InnerTextAsync()).Where(char.IsAsciiDigit));

        await page.ClickAsync("footer >> text=Till");
        await page.FillAsync("#key", key);
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync("#code", code);
        await page.Keyboard.PressAsync("Enter");
        await page.ClickAsync("button:text-is('Redeem')");
        await page.WaitForSelectorAsync(".receipt");

        await page.ClickAsync("footer >> text=Dashboard");
        await page.Listening();
        Assert.Equal(key, await page.InputValueAsync("#key"));
        await page.Voucher(code).Locator(".badge.redeemed").WaitForAsync();
        await page.ClickAsync($"[aria-label='Cancel {code}']");
        await page.Locator("#voucher-said").Shows("Voucher is already cancelled or redeemed");
        await page.Call("CancelVoucher").Shows($"Voucher {code} is redeemed already");
        await page.AssertNoSidewaysScrolling();
    }

    [Fact]
    public async Task What_is_done_with_a_voucher_shows_at_once()
    {
        var client = simulator.Customer();
        var given = await client.IssueWithId("John Smith", "19 Test Street", "AL1 0BS");
        var page = await Opened(client);
        await page.ClickAsync($"[aria-label='History of {given.Code}']");
        await page.Voucher(given.Code).Shows("19 Test Street");
        Assert.Equal($"{given.Path}&client={await client.Name()}", await page.GetAttributeAsync($"[aria-label='Open page of {given.Code}']", "href"));
        await page.ClickAsync($"[aria-label='Redeem {given.Code}']");
        await page.Voucher(given.Code).Shows("redeemed £20.00 at Dashboard terminal 1");
        await page.ClickAsync($"[aria-label='Expire {given.Code}']");
        await page.Locator("#voucher-said").Shows("cannot expire any more");

        var second = (await client.Issue()).Code;
        await page.ClickAsync($"[aria-label='Expire {second}']");
        await page.Voucher(second).Locator(".badge.expired").WaitForAsync();
        var third = (await client.Issue()).Code;
        await page.ClickAsync($"[aria-label='Cancel {third}']");
        await page.Voucher(third).Locator(".badge.cancelled").WaitForAsync();
        await client.Redeem((await client.Issue(reference: "elsewhere")).Code);
        await page.Locator("#voucher-list > li").Filter(new LocatorFilterOptions { HasText = "elsewhere" }).Locator(".badge.redeemed").WaitForAsync();
    }

    [Fact]
    public async Task Limit_clock_and_faults_are_set_from_the_page()
    {
        var client = simulator.Customer();
        await client.Issue();
        var page = await Opened(client);
        await page.Locator("#limit-text").Shows("20.00 used, and no limit");
        await page.FillAsync("#limit", "50");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#limit-text").Shows("50.00 allowed - 20.00 used = 30.00 left");
        Assert.Equal(0.4, await page.EvalOnSelectorAsync<double>("#limit-bar", "bar => bar.position"), 3);
        await page.FillAsync("#limit", "lots");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#limit-said").Shows("Pounds, such as 50.00.");

        await page.ClickAsync("text=Freeze");
        await page.Locator("#clock-mode").Shows("stands still");
        await page.ClickAsync("text=+ 1 month");
        await page.ClickAsync("text=+ 1 day");
        await page.Locator("#clock-said").Shows("vouchers expired.");
        Assert.Contains("\"frozen\"", await client.Control(HttpMethod.Get, "/_sim/clock"), StringComparison.Ordinal);
        await page.ClickAsync("text=Real time");
        await page.Locator("#clock-mode").Shows("real time");

        await page.SelectOptionAsync("#kind", "status");
        await page.FillAsync("#fault-form [name=status]", "502");
        await page.FillAsync("#fault-form [name=strikes]", "1");
        await page.ClickAsync("text=Switch on");
        await page.Locator("#faults").Shows("1. status before: struck 0 of 1");
        await page.ClickAsync("text=Call it from here");
        await page.Locator("#start-said").Shows("HTTP 502");
        await page.Call("fault status").WaitForAsync();
        await page.Locator("#faults").Shows("struck 1 of 1");
        await page.ClickAsync("[aria-label='Remove fault 1']");
        await page.Locator("#no-faults").WaitForAsync();
    }

    [Fact]
    public async Task Calls_and_vouchers_are_filtered_by_the_server_and_turned_page_by_page()
    {
        var client = simulator.Customer();
        await client.Control(HttpMethod.Post, "/_sim/seed", """{"generate":{"count":60}}""");
        var given = await client.Issue(reference: "found me");
        for (var i = 0; i < 60; i++)
            await client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode=000000{i:0000}");
        var page = await Opened(client);
        Assert.Equal((50, 25), (await page.Locator("#calls > li").CountAsync(), await page.Locator("#voucher-list > li").CountAsync()));
        await page.ClickAsync("#older-calls");
        await page.Call(given.Code).WaitForAsync();
        Assert.Equal(11, await page.Locator("#calls > li").CountAsync());
        await page.ClickAsync("#newest-calls");
        await page.SelectOptionAsync("#journal-filter [name=outcome]", "issued");
        await page.Call(given.Code).WaitForAsync();
        Assert.Equal(1, await page.Locator("#calls > li").CountAsync());
        await client.Control(HttpMethod.Post, "/Voucher/CancelVoucher?voucherCode=0000009999");
        var next = await client.Issue();
        await page.Call(next.Code).WaitForAsync();
        Assert.Equal(2, await page.Locator("#calls > li").CountAsync());

        await page.ClickAsync("#older-vouchers");
        await page.Voucher(next.Code).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        Assert.Equal(25, await page.Locator("#voucher-list > li").CountAsync());
        await page.FillAsync("#voucher-filter [name=reference]", "found me");
        await page.Keyboard.PressAsync("Enter");
        await page.Voucher(given.Code).WaitForAsync();
        Assert.Equal(1, await page.Locator("#voucher-list > li").CountAsync());
        await page.FillAsync("#voucher-filter [name=code]", "0000000000");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#no-vouchers").WaitForAsync();
    }

    [Fact]
    public async Task Hostile_texts_are_shown_as_texts()
    {
        var client = simulator.Customer();
        await client.IssueWithId(Hostile, Hostile, "AL1 0BS", reference: Hostile);
        var cash = await client.Issue(reference: Hostile);
        await client.Control(HttpMethod.Post, $"/_sim/vouchers/{cash.Code}/redeem", """{"outlet":"<script>alert(3)</script>","terminal":"<b>1</b>"}""");
        var page = await browser.Open(360);
        var said = new List<string>();
        page.Console += (_, message) => said.Add(message.Text);
        page.PageError += (_, error) => said.Add(error);
        page.Dialog += (_, dialog) => said.Add(dialog.Message);
        await page.Go(simulator, "/");
        await page.UseKey(client.Key);
        await page.ClickAsync("text=Show names and contact details");
        await page.Locator("#calls bdi").Shows(Hostile);
        foreach (var summary in await page.Locator("#calls summary").AllAsync())
            await summary.ClickAsync();
        foreach (var history in await page.Locator("[aria-label^='History']").AllAsync())
            await history.ClickAsync();
        await page.Voucher(cash.Code).Shows("at <script>alert(3)</script> terminal <b>1</b>");
        await page.Locator("#calls pre").GetByText("onerror").First.WaitForAsync();
        await page.Locator("#voucher-list dd").First.Shows(Hostile);
        Assert.Equal(0, await page.Locator("main script, main img, main b").CountAsync());
        Assert.Empty(said);
        await page.AssertNoSidewaysScrolling();
    }

    [Fact]
    public async Task A_reason_leads_to_the_fact_that_it_rests_on()
    {
        var client = simulator.Customer();
        await client.Issue();
        var page = await Opened(client);
        await page.ClickAsync("#calls summary");
        await page.ClickAsync("#calls a[href='#fact-expiry-time']");
        await page.WaitForSelectorAsync("#fact-expiry-time:focus");
        Assert.Matches("[0-9]+ documented, [0-9]+ observed, [0-9]+ assumed", await page.InnerTextAsync("#facts-count"));
    }

    [Fact]
    public async Task A_key_stays_in_its_tab_and_shows_its_own_client_only()
    {
        var client = simulator.Customer();
        var given = await client.Issue();
        var page = await Opened(client);
        await page.Voucher(given.Code).WaitForAsync();
        Assert.Equal((0, "", false), (
            await page.EvaluateAsync<int>("localStorage.length"), await page.EvaluateAsync<string>("document.cookie"), page.Url.Contains(client.Key, StringComparison.Ordinal)));
        await page.ReloadAsync();
        await page.Voucher(given.Code).WaitForAsync();
        await page.ClickAsync("text=New key");
        await page.Locator("#no-calls").WaitForAsync();
        await page.Voucher(given.Code).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        Assert.NotEqual(client.Key, await page.InputValueAsync("#key"));
        await page.FillAsync("#key", "nobodys-key");
        await page.ClickAsync("text=Use this key");
        await page.Locator("#live").Shows("there is none of this key");
        Assert.Equal(("", 0), (await page.InnerTextAsync("#limit-text"), await page.Locator("#voucher-list > li, #calls > li, #faults > li").CountAsync()));
    }

    [Fact]
    public async Task Live_is_said_of_the_key_in_use_and_not_of_the_one_before()
    {
        var page = await Opened(simulator.Customer());
        await page.RouteAsync("**/_sim/journal?*", _ => Task.CompletedTask);
        await page.FillAsync("#key", simulator.Customer().Key);
        await page.ClickAsync("text=Use this key");
        Assert.Equal("Connecting…", await page.InnerTextAsync("#live"));
        await page.UnrouteAllAsync();
        await page.RouteAsync("**/_sim/journal?*", route => route.AbortAsync());
        await page.ClickAsync("text=Use this key");
        await page.Locator("#live").Shows("does not answer. Trying again.");
        await page.UnrouteAllAsync();
        await page.Listening();
    }

    [Fact]
    public async Task A_tab_that_lost_the_simulator_goes_on_when_it_is_back()
    {
        IPage page;
        Uri address;
        await using (var first = await SimulatorProcess.Start("--Store", "memory"))
        {
            address = first.Address;
            page = await browser.OpenDashboard(address, "sim_backagain");
        }

        await page.Locator("#live").Shows("trying again");
        await using var second = await SimulatorProcess.Start("--Store", "memory", "--urls", address.GetLeftPart(UriPartial.Authority));
        await page.Listening();
        using var http = new HttpClient { BaseAddress = address };
        var given = await new Customer(http, "sim_backagain").Issue();
        await page.Call(given.Code).WaitForAsync();
    }

    private Task<IPage> Opened(Customer client) => browser.OpenDashboard(simulator.Address, client.Key);

    private static async Task<string> Shell(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["no_proxy"] = "*";
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(Cancel);
        await shell.WaitForExitAsync(Cancel);
        return output;
    }
}
