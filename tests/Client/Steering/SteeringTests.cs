using System.Net;
using ImovoSim.Client;

namespace ImovoSim.Tests;

/// Each call of the typed client for the control routes, against the real program.
public sealed class SteeringTests(SteeredSimulator simulator) : IClassFixture<SteeredSimulator>
{
    private readonly ImovoSimulator _steer = simulator.Steer();
    private readonly IImovoClient _imovo = simulator.Client();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_is_shown_and_begins_anew()
    {
        await _steer.Limit.Set(10.00m, Cancel);
        var client = await _steer.Show(Cancel);
        Assert.Equal((true, "*", 10.00m, 3L), (client.Sandbox, client.Campaigns, client.WeeklyLimit, client.Vouchers));
        Assert.Null((await _steer.Reset(Cancel)).WeeklyLimit);
    }

    [Fact]
    public async Task A_voucher_is_redeemed_taken_back_and_expired_and_its_history_tells_it()
    {
        var code = await Issue("r1");
        var paid = await _steer.Redeem(code, "Corner Shop", "T1", 10.00m, Cancel);
        Assert.Equal((true, 10.00m, 0), (paid.Accepted, paid.Amount, paid.Voucher.UsesLeft));
        var twice = await _steer.Redeem(code, cancellationToken: Cancel);
        Assert.Equal((false, "Redemption rejected - the voucher has been already used", null), (twice.Accepted, twice.Text, twice.Amount));
        Assert.True((await _steer.Void(code, "Corner Shop", "T1", Cancel)).Accepted);
        Assert.Equal(VoucherState.Expired, (await _steer.Expire(code, Cancel)).State);
        var details = await _steer.Vouchers.Get(code, Cancel);
        Assert.Equal(["issued", "redeemed", "voided", "expired by hand"], details.History.Select(happened => happened.What));
        Assert.Equal(("Corner Shop", "T1", 10.00m), (details.History[1].Outlet, details.History[1].Terminal, details.History[1].Amount));
        Assert.Equal(("THINK", 10.00m, "r1"), (details.Voucher.Campaign, details.Voucher.Value, details.Voucher.CustomerReference));
    }

    [Fact]
    public async Task Calls_are_counted_and_verified_by_the_journal()
    {
        await Issue("counted");
        await _steer.Verify(CallCount.Exactly(1, CallOutcome.Issued).ForOperation(VendorOperation.Request).ForReference("counted").Struck(false).Within(TimeSpan.FromSeconds(5)), Cancel);
        var wrong = await Assert.ThrowsAsync<ImovoVerificationException>(() => _steer.Verify(CallCount.AtLeast(2).ForReference("counted"), Cancel));
        Assert.Equal("Expected at least 2 calls for reference counted, found 1: 1 missing.", wrong.Message);
        Assert.Equal(CallOutcome.Issued, Assert.Single(wrong.Counted.Calls!).Outcome);
    }

    [Fact]
    public async Task Vouchers_are_seeded_listed_or_made_up()
    {
        var seeded = await _steer.Seed(
            [new SeedVoucher("THINK", "past") { Value = 15.00m, State = VoucherState.Redeemed, IssuedAt = new(2026, 7, 20, 9, 0, 0, TimeSpan.Zero), EndedAt = new(2026, 7, 21, 9, 0, 0, TimeSpan.Zero), Outlet = "Corner Shop" }],
            cancellationToken: Cancel);
        Assert.Equal((1, VoucherState.Redeemed, 15.00m), (seeded.Count, seeded.Vouchers[0].State, seeded.Vouchers[0].Value));
        Assert.Equal(250, (await _steer.Seed(250, ["THINK"], seed: 7, Cancel)).Count);
        var refused = await Assert.ThrowsAsync<ImovoSimulatorException>(() => _steer.Seed([new SeedVoucher("NONE", "x")], cancellationToken: Cancel));
        Assert.Contains("vouchers[0]", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_is_exported_and_another_becomes_it()
    {
        var code = await Issue("moved");
        var file = await _steer.Export(Cancel);
        var other = simulator.Steer("other");
        await other.Import(file, Cancel);
        Assert.Equal("moved", (await other.Vouchers.Get(code, Cancel)).Voucher.CustomerReference);
        Assert.Equal(file.Length, (await _steer.Export(Cancel)).Length);
        var refused = await Assert.ThrowsAsync<ImovoSimulatorException>(() => other.Import("{}"u8.ToArray(), Cancel));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task The_customer_of_a_voucher_with_ID_is_told_and_not_printed()
    {
        var issued = Assert.IsType<VoucherIssued>(await _imovo.RequestVoucherWithIdAsync(ClientUnderTest.WithId(), Cancel));
        var details = await _steer.Vouchers.Get(issued.Code, Cancel);
        Assert.Equal(("John Smith", "AL1 0BS"), (details.CustomerName, details.PostCode));
        Assert.DoesNotContain("Smith", details.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vouchers_are_listed_over_all_pages()
    {
        for (var i = 0; i < 5; i++)
            await Issue($"odd & strange/{i % 2}");
        await _imovo.CancelVoucherAsync(await Issue("odd & strange/0"), Cancel);
        Assert.Equal(9, await _steer.Vouchers.List(cancellationToken: Cancel).CountAsync(Cancel));
        Assert.Equal(3, await _steer.Vouchers.List(VoucherState.Live, "odd & strange/0", "think", Cancel).CountAsync(Cancel));
        var page = await _steer.Vouchers.Page(limit: 4, cancellationToken: Cancel);
        Assert.Equal((4, 9L), (page.Vouchers.Count, page.Count));
        var rest = await _steer.Vouchers.Page(after: page.Next, limit: 5, cancellationToken: Cancel);
        Assert.Null(rest.Next);
        Assert.Empty(page.Vouchers.Intersect(rest.Vouchers));
    }

    [Fact]
    public async Task A_clock_is_frozen_moved_and_real_again()
    {
        Assert.Equal((ClockMode.Real, TimeSpan.Zero), (await _steer.Clock.Get(Cancel)) is var real ? (real.Mode, real.Offset) : default);
        var frozen = await _steer.Clock.Freeze(new DateOnly(2026, 8, 3), Cancel);
        Assert.Equal((ClockMode.Frozen, At("2026-08-03T00:00:00+01:00"), null), (frozen.Mode, frozen.Now, frozen.Offset));
        Assert.Equal(At("2026-12-24T12:00:00.1234567Z"), (await _steer.Clock.Freeze(At("2026-12-24T12:00:00.1234567Z"), Cancel)).Now);
        Assert.Equal(At("2026-12-24T12:00:00.1234567Z"), (await _steer.Clock.Freeze(Cancel)).Now);
        var ahead = await _steer.Clock.RunAhead(TimeSpan.FromHours(36), Cancel);
        Assert.Equal((ClockMode.Offset, TimeSpan.FromHours(36)), (ahead.Mode, ahead.Offset));
        Assert.Equal(ClockMode.Offset, (await _steer.Clock.RunFrom(At("2030-01-01T00:00:00Z"), Cancel)).Mode);
        Assert.Equal(ClockMode.Real, (await _steer.Clock.BackToReal(Cancel)).Mode);
    }

    [Fact]
    public async Task Elapsed_time_is_exact_and_written_days_follow_londons_calendar()
    {
        await _steer.Clock.Freeze("2026-10-24T12:00:00", Cancel);
        Assert.Equal(At("2026-10-25T11:00:00+00:00"), (await _steer.Clock.Advance(TimeSpan.FromDays(1), Cancel)).To);
        await _steer.Clock.Freeze("2026-10-24T12:00:00", Cancel);
        Assert.Equal(At("2026-10-25T12:00:00+00:00"), (await _steer.Clock.Advance("P1D", Cancel)).To);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _steer.Clock.Advance(TimeSpan.FromSeconds(-1), Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _steer.Clock.Advance(TimeSpan.FromSeconds(0.5), Cancel));
    }

    [Fact]
    public async Task Moving_a_clock_says_what_fell_due()
    {
        await _steer.Clock.Freeze("2026-08-02T23:00:00", Cancel);
        var code = await Issue("brief", "SHORT", 5.00m);
        var due = await _steer.Clock.Advance(TimeSpan.FromDays(7), Cancel);
        Assert.Equal((1L, code, VoucherState.Expired), (due.Expired.Count, due.Expired.Vouchers[0].Code, due.Expired.Vouchers[0].State));
        Assert.Equal("2026-W32", Assert.Single(due.WeeksBegun));
        Assert.Equal((ClockMode.Frozen, due.To), (due.Clock.Mode, due.Clock.Now));
    }

    [Fact]
    public async Task A_limit_is_read_set_and_removed()
    {
        await _steer.Clock.Freeze("2026-08-02T23:00:00", Cancel);
        await Issue("r");
        var limit = await _steer.Limit.Set(50.00m, Cancel);
        Assert.Equal((50.00m, "2026-W31", new DateOnly(2026, 7, 27), new DateOnly(2026, 8, 2), 10.00m, 40.00m), (limit.WeeklyLimit, limit.Week, limit.From, limit.To, limit.Used, limit.Left));
        Assert.Equal(limit, await _steer.Limit.Get(Cancel));
        var none = await _steer.Limit.Remove(Cancel);
        Assert.Equal((null, null, 10.00m), (none.WeeklyLimit, none.Left, none.Used));
    }

    [Fact]
    public async Task What_a_customer_was_sent_is_listed_waited_for_and_sent_again()
    {
        var imovo = simulator.Client();
        await _steer.Faults.Add(Fault.DeliveryLate(TimeSpan.FromHours(1)).Once(), Cancel);
        var issued = Assert.IsType<VoucherIssued>(await imovo.RequestVoucherAsync("THINK", "07700900001", 20.00m, Cancel));
        var late = await _steer.Messages.List(to: "+447700900001", cancellationToken: Cancel).SingleAsync(Cancel);
        Assert.Equal((MessageState.Sent, MessageChannel.Sms, issued.Message, null), (late.State, late.Channel, late.Text, late.DeliveredAt));
        Assert.Equal(new MessageSegments("GSM-7", 156, 1), late.Segments);
        var none = await Assert.ThrowsAsync<ImovoSimulatorException>(() => _steer.Messages.WaitFor("07700900001", TimeSpan.Zero, issued.Code, Cancel));
        Assert.DoesNotContain("07700900001", none.Message, StringComparison.Ordinal);
        var advanced = await _steer.Clock.Advance(TimeSpan.FromHours(1), Cancel);
        Assert.Equal(late.Id, Assert.Single(advanced.Delivered!).Id);
        Assert.Equal(late.Id, (await _steer.Messages.WaitFor("07700900001", voucherCode: issued.Code, cancellationToken: Cancel)).Id);
        var again = await _steer.Messages.Resend(issued.Code, Cancel);
        Assert.Equal([again.Id, late.Id], await _steer.Messages.List(state: MessageState.Delivered, cancellationToken: Cancel).Select(message => message.Id).ToListAsync(Cancel));
        await imovo.CancelVoucherAsync(issued.Code, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<ImovoSimulatorException>(() => _steer.Messages.Resend(issued.Code, Cancel))).StatusCode);
    }

    [Fact]
    public async Task A_count_that_does_not_hold_says_what_was_found()
    {
        await Issue("X");
        Assert.True((await _steer.Count(VoucherCount.Between(4, 5), Cancel)).Holds);
        var counted = await _steer.Count(VoucherCount.AtLeast(3, VoucherState.Live).ForReference("X"), Cancel);
        Assert.Equal((false, 1L, -2L, "X"), (counted.Holds, counted.Found, counted.Difference, counted.Vouchers![0].CustomerReference));
        var missing = await Assert.ThrowsAsync<ImovoVerificationException>(() => _steer.Verify(VoucherCount.AtLeast(3, VoucherState.Live).ForReference("X"), Cancel));
        Assert.Equal("Expected at least 3 live vouchers for reference X, found 1: 2 missing.", missing.Message);
        Assert.Equal(1, missing.Counted.Found);
        Assert.Equal("Expected at most 2 vouchers, found 4: 2 too many.", (await Assert.ThrowsAsync<ImovoVerificationException>(() => _steer.Verify(VoucherCount.AtMost(2), Cancel))).Message);
    }

    [Fact]
    public async Task The_journal_says_why_a_call_was_refused_and_is_emptied()
    {
        Assert.IsType<VoucherRefused>(await _imovo.RequestVoucherAsync("THINK", "07700900000", 100.01m, Cancel));
        await Issue("07700900001");
        var refused = await _steer.Journal.List(CallOutcome.Refused, operation: VendorOperation.Request, struck: false, cancellationToken: Cancel).SingleAsync(Cancel);
        Assert.Equal(("Request", "07***00", 200, null), (refused.Operation, refused.Reference, refused.Answer?.Status, refused.Code));
        Assert.Equal("Campaign THINK has values from 1.00 to 100.00 in whole pence; 100.01 was given.", Assert.Single(refused.Why).Text);
        Assert.StartsWith("curl -g -X POST ", refused.Curl, StringComparison.Ordinal);
        Assert.Equal(2, await _steer.Journal.List(cancellationToken: Cancel).CountAsync(Cancel));
        await _steer.Journal.Clear(Cancel);
        Assert.Empty(await _steer.Journal.List(cancellationToken: Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_the_simulators_sentence()
    {
        var wrong = await Assert.ThrowsAsync<ImovoSimulatorException>(() => _steer.Clock.Advance("7 days", Cancel));
        Assert.Equal((HttpStatusCode.BadRequest, "Bad Request", "\"by\" must be an ISO 8601 duration such as P7D or PT1H30M."), (wrong.StatusCode, wrong.Title, wrong.Detail));
        Assert.Equal($"The simulator answered 400: {wrong.Detail}", wrong.Message);
        var unknown = await Assert.ThrowsAsync<ImovoSimulatorException>(() => new ImovoSimulator(simulator.Http, "nobody").Show(Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.DoesNotContain("nobody", unknown.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ImovoSimulatorException>(() => _steer.Redeem("0000000000", cancellationToken: Cancel))).StatusCode);
    }

    [Fact]
    public async Task Where_no_simulator_answers_the_exception_says_so()
    {
        using var nowhere = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1") };
        var unreached = await Assert.ThrowsAsync<ImovoSimulatorException>(() => new ImovoSimulator(nowhere, "sim_key").Show(Cancel));
        Assert.Equal((null, "No simulator answers at http://127.0.0.1:1/: start one there, or set the HttpClient's BaseAddress to where one is."), (unreached.StatusCode, unreached.Message));
        await using var other = new RawServer(async connection =>
        {
            await connection.ReadRequest();
            await connection.Send("HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\n<html>");
        });
        using var elsewhere = new HttpClient { BaseAddress = other.Address };
        var unknown = await Assert.ThrowsAsync<ImovoSimulatorException>(() => new ImovoSimulator(elsewhere, "sim_key").Show(Cancel));
        Assert.Equal($"{other.Address} answered 404 without a reason: is it an ImovoSim?", unknown.Message);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _steer.Show(cancelled.Token));
        using var homeless = new HttpClient();
        Assert.StartsWith("The HttpClient has no BaseAddress", Assert.Throws<ArgumentException>(() => new ImovoSimulator(homeless, "sim_key")).Message, StringComparison.Ordinal);
    }

    private async Task<string> Issue(string reference, string campaign = "THINK", decimal value = 10.00m) =>
        Assert.IsType<VoucherIssued>(await _imovo.RequestVoucherAsync(campaign, reference, value, Cancel)).Code;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
