using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ImovoSim.Campaigns;
using ImovoSim.Control;
using ImovoSim.Delivery;
using ImovoSim.Storage;
using ImovoSim.Wire;

namespace ImovoSim.Clock;

/// <summary>/_sim/clock: a client's own time.</summary>
internal static class ClockApi
{
    private const int MostListed = 100;

    public static void MapClock(this IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim/clock", control.ForClient(Show)).Describes(() => new(
            "showClock", "Clock", "Show the clock", "The client's own time; the Date header and every time that it sees follow it.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ClockBody, "The clock.")],
        });
        routes.MapPut("/_sim/clock", control.ForClient(Put)).Describes(() => new(
            "setClock", "Clock", "Set the clock",
            "`real`; `frozen` at an instant, or where it stands; `offset`, running on from an instant, or by a duration from now. A clock is set from the year 2000 to 2199.")
        {
            Takes = ControlJson.Plain.ClockRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ClockBody, "The clock as it is now.")],
            Refuses = [400],
        });
        routes.MapDelete("/_sim/clock", control.ForClient(call => Set(call, (_, _) => default))).Describes(() => new(
            "resetClock", "Clock", "Back to real time", "The client's clock is the real one again.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.ClockBody, "The clock as it is now.")],
        });
        routes.MapPost("/_sim/clock/advance", control.ForClient(Move)).Describes(() => new(
            "advanceClock", "Clock", "Move the clock on",
            "A frozen clock stays frozen, at its later instant. Years, months and days follow London's calendar, hours and less are exact. What fell due on the way has happened when the answer comes.")
        {
            Takes = ControlJson.Plain.AdvanceRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.AdvanceBody, "The clock, and what fell due.")],
            Refuses = [400],
        });
    }

    private static async ValueTask<Answer> Show(ControlCall call)
    {
        var look = await call.Look();
        return ControlJson.Answer(ClockBody.Of(look.Client.Clock, call.RealNow), ControlJson.Plain.ClockBody);
    }

    private static ValueTask<Answer> Put(ControlCall call) => call.Reading(ControlJson.Plain.ClockRequest, async asked =>
    {
        var (set, wrong) = asked.Read();
        return set is null ? ControlProblem.Wrong(wrong!) : await Set(call, set);
    });

    private static ValueTask<Answer> Move(ControlCall call) => call.Reading(ControlJson.Plain.AdvanceRequest, async asked =>
    {
        if (asked.By is null || Duration.Parse(asked.By) is not { } by)
            return ControlProblem.Wrong("\"by\" must be an ISO 8601 duration such as P7D or PT1H30M.");
        var change = new SetClock((clock, real) => Advance.By(by, clock, real), call.RealNow);
        if ((await call.Change(change)).Refused.Count > 0)
            return OutOfRange();
        var (clock, from, to) = (change.After!.Clock, change.Before, change.After.Clock.At(call.RealNow));
        var due = new VoucherQuery(to, Standing.Expired, EndedSince: from, AtMost: MostListed);
        var expired = await call.Store.FindVouchers(change.After.Id, due, call.Cancelled);
        var count = expired.Count < MostListed ? expired.Count : await call.Store.CountVouchers(change.After.Id, due, call.Cancelled);
        var arrived = new MessageQuery(to, MessageStanding.Delivered, DeliveredAfter: from, OldestFirst: true, AtMost: MostListed);
        var delivered = await call.Store.FindMessages(change.After.Id, arrived, call.Cancelled);
        var weeks = Advance.WeeksTurned(from, to).Select(WeekName).ToList();
        return ControlJson.Answer(
            new AdvanceBody(
                ClockBody.Of(clock, call.RealNow), London.Local(from), London.Local(to),
                new ExpiredBody(count, [.. expired.Select(voucher => VoucherBody.Of(call, voucher, to))]),
                delivered.Count == 0 ? null : [.. delivered.Select(message => MessageBody.Of(call, message, to))], weeks),
            ControlJson.Plain.AdvanceBody);
    });

    public static string WeekName(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        return $"{ISOWeek.GetYear(date)}-W{ISOWeek.GetWeekOfYear(date):00}";
    }

    private static async ValueTask<Answer> Set(ControlCall call, Func<ClockSetting, DateTimeOffset, ClockSetting> set)
    {
        var change = new SetClock(set, call.RealNow);
        return (await call.Change(change)).Refused.Count > 0
            ? OutOfRange()
            : ControlJson.Answer(ClockBody.Of(change.After!.Clock, call.RealNow), ControlJson.Plain.ClockBody);
    }

    public static Answer OutOfRange() => ControlProblem.Wrong($"A client's clock can be set from the year {SetClock.First.Year} to {SetClock.Last.Year}.");
}

internal sealed record ClockRequest(
    [property: Required, Description("How the clock goes."), AllowedValues("real", "offset", "frozen")] string? Mode,
    [property: Description("An instant such as 2026-08-03T00:00:00+01:00; without an offset a time in London, and a day alone is its first moment.")] string? At,
    [property: Description("Only with offset: an ISO 8601 duration from now, such as P7D.")] string? By)
{
    public static ClockRequest Real { get; } = new("real", null, null);

    /// <summary>The same, with its instant as all others are told: whoever reads it need not know that London is meant.</summary>
    public ClockRequest WithLondonsOffset() =>
        At is not null && Instants.Parse(At) is { } instant ? this with { At = London.Local(instant).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture) } : this;

    /// <summary>What it makes of a clock at a real instant, or what is wrong with it.</summary>
    public (Func<ClockSetting, DateTimeOffset, ClockSetting>? Set, string? Wrong) Read()
    {
        var at = At is null ? null : Instants.Parse(At);
        var by = By is null ? null : Duration.Parse(By);
        if ((At is not null && at is null) || (By is not null && by is null))
            return (null, "\"at\" is an instant such as 2026-08-03T00:00:00+01:00, or without an offset a time in London; \"by\" is an ISO 8601 duration such as P7D.");
        return this switch
        {
            { Mode: "real", At: null, By: null } => ((_, _) => default, null),
            { Mode: "frozen", By: null } => ((clock, real) => new ClockSetting(default, at ?? clock.At(real)), null),
            { Mode: "offset", At: null, By: not null } => ((_, real) => Advance.By(by!, default, real), null),
            { Mode: "offset", At: not null, By: null } => ((_, real) => new ClockSetting(at!.Value - real, null), null),
            _ => (null, "A clock is {\"mode\":\"real\"}, {\"mode\":\"frozen\"} with or without \"at\", or {\"mode\":\"offset\"} with either \"at\" or \"by\"."),
        };
    }
}

internal sealed record AdvanceRequest(
    [property: Required, Description("An ISO 8601 duration such as P7D or PT1H30M.")] string? By);

/// <summary>A client's clock, and how far it is from the real one where both run; times are written with London's offset.</summary>
internal sealed record ClockBody(
    [property: Description("How the clock goes."), AllowedValues("real", "offset", "frozen")] string Mode,
    [property: Description("The client's time, with London's offset.")] DateTimeOffset Now,
    [property: Description("How far it is ahead of the real clock, in seconds; missing where it is frozen.")] long? OffsetSeconds)
{
    public static ClockBody Of(ClockSetting clock, DateTimeOffset real) => new(
        clock.FrozenAt is not null ? "frozen" : clock.Offset == default ? "real" : "offset",
        London.Local(clock.At(real)), clock.FrozenAt is null ? (long)clock.Offset.TotalSeconds : null);
}

/// <summary>What fell due while a clock was moved.</summary>
internal sealed record AdvanceBody(
    [property: Description("The clock as it is now.")] ClockBody Clock,
    [property: Description("The client's time before.")] DateTimeOffset From,
    [property: Description("The client's time now.")] DateTimeOffset To,
    [property: Description("The vouchers whose last moment passed.")] ExpiredBody Expired,
    [property: Description("The first 100 messages that were late and have arrived; missing where none has.")] IReadOnlyList<MessageBody>? Delivered,
    [property: Description("The ISO weeks that began, such as 2026-W32.")] IReadOnlyList<string> WeeksBegun);

internal sealed record ExpiredBody(
    [property: Description("How many.")] long Count,
    [property: Description("The first 100 of them.")] IReadOnlyList<VoucherBody> Vouchers);
