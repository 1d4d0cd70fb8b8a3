using System.Diagnostics;
using Microsoft.Playwright;

namespace ImovoSim.Tests;

/// How long the dashboard lets a person wait. A busy machine delays and never hastens: of up to ten tries the quickest counts.
public sealed class DashboardSpeedTests(Running simulator, Browser browser)
{
    private const int Tries = 10;
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_made_elsewhere_shows_within_a_second_and_without_a_reload()
    {
        var client = simulator.Customer();
        var page = await browser.OpenDashboard(simulator.Address, client.Key);
        await page.EvaluateAsync("window.here = true");
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Tries && best > _second; i++)
        {
            var given = await client.Issue();
            var began = Stopwatch.GetTimestamp();
            await page.Call(given.Code).WaitForAsync();
            await page.Voucher(given.Code).WaitForAsync();
            best = Least(best, Stopwatch.GetElapsedTime(began));
        }

        Assert.InRange(best, TimeSpan.Zero, _second);
        Assert.True(await page.EvaluateAsync<bool>("window.here"));
    }

    [Fact]
    public async Task It_is_quick_with_100_000_vouchers_and_10_000_calls()
    {
        await using var busy = await SimulatorProcess.Start("--Store", "sqlite", "--DataFolder", Directory.CreateTempSubdirectory("imovo-busy-").FullName, "--Journal:Entries", "10000");
        using var http = new HttpClient { BaseAddress = busy.Address };
        var client = new Customer(http, "sim_busy");
        await client.Control(HttpMethod.Post, "/_sim/seed", """{"generate":{"count":100000}}""");
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (i, _) =>
            await client.Control(HttpMethod.Post, $"/Voucher/CancelVoucher?voucherCode=00000{i:00000}"));

        (string What, TimeSpan Limit, TimeSpan Best)[] waits =
        [
            ("first render", 2 * _second, TimeSpan.MaxValue), ("calls turned", _second, TimeSpan.MaxValue), ("calls filtered", _second, TimeSpan.MaxValue),
            ("vouchers turned", _second, TimeSpan.MaxValue), ("vouchers filtered", _second, TimeSpan.MaxValue), ("a reference that nobody has", _second, TimeSpan.MaxValue),
        ];
        for (var i = 0; i < Tries && waits.Any(wait => wait.Best > wait.Limit); i++)
        {
            var took = await Round(busy.Address, client.Key);
            for (var each = 0; each < waits.Length; each++)
                waits[each].Best = Least(waits[each].Best, took[each]);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", waits.Select(wait => $"{wait.What} {wait.Best.TotalMilliseconds:0} ms")));
        Assert.All(waits, wait => Assert.True(wait.Best <= wait.Limit, $"{wait.What}: {wait.Best.TotalMilliseconds:0} ms"));
    }

    /// Each thing once, in a tab of its own.
    private async Task<TimeSpan[]> Round(Uri address, string key)
    {
        var page = await browser.OpenDashboard(address, key);
        await page.Locator("#voucher-list > li").First.WaitForAsync();
        TimeSpan[] took =
        [
            await Took(() => page.ReloadAsync(), page, "body:has(#calls > li:nth-child(50)):has(#voucher-list > li:nth-child(25))"),
            await Took(() => page.ClickAsync("#older-calls"), page, "body:has(#newest-calls:enabled):has(#calls > li:nth-child(50))"),
            await Took(() => page.SelectOptionAsync("#journal-filter [name=outcome]", "issued"), page, "#no-calls:not([hidden])"),
            await Took(() => page.ClickAsync("#older-vouchers"), page, "body:has(#newest-vouchers:enabled):has(#voucher-list > li:nth-child(25))"),
            await Took(() => page.SelectOptionAsync("#voucher-filter [name=state]", "cancelled"), page, "#voucher-list > li:nth-child(25) .badge.cancelled"),
            await Took(() => Enter(page, "nobody"), page, "#no-vouchers:not([hidden])"),
        ];
        await page.Context.DisposeAsync();
        return took;
    }

    private static async Task Enter(IPage page, string reference)
    {
        await page.FillAsync("#voucher-filter [name=reference]", reference);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task<TimeSpan> Took(Func<Task> act, IPage page, string seen)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        await page.WaitForSelectorAsync(seen);
        return Stopwatch.GetElapsedTime(began);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
