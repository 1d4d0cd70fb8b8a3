using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>/_sim/limit: a client's weekly value limit, with the arithmetic.</summary>
internal static class LimitApi
{
    public static void MapLimit(this IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim/limit", control.ForClient(Show)).Describes(() => new(
            "showLimit", "Limit", "Show the weekly limit", "The client's weekly value limit with the arithmetic.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.LimitBody, "The limit, the week, and what is used of it.")],
        });
        routes.MapPut("/_sim/limit", control.ForClient(Put)).Describes(() => new(
            "setLimit", "Limit", "Set the weekly limit", "What was issued this week counts already; a limit below it refuses every further voucher.")
        {
            Takes = ControlJson.Plain.LimitRequest,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.LimitBody, "The limit as it is now.")],
            Refuses = [400],
        });
        routes.MapDelete("/_sim/limit", control.ForClient(call => Set(call, null))).Describes(() => new(
            "removeLimit", "Limit", "Remove the weekly limit", "The client can issue what it likes.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.LimitBody, "What is used, and no limit.")],
        });
    }

    private static async ValueTask<Answer> Show(ControlCall call)
    {
        var look = await call.Look();
        return Body(call, look.Client);
    }

    private static ValueTask<Answer> Put(ControlCall call) => call.Reading(ControlJson.Plain.LimitRequest, async asked =>
        IsLimit(asked.WeeklyLimit)
            ? await Set(call, Money.ToPence(asked.WeeklyLimit!.Value))
            : ControlProblem.Wrong("\"weeklyLimit\" must be pounds from 0 with two decimals at most, such as 50.00; DELETE removes the limit."));

    public static bool IsLimit(decimal? pounds) => pounds is >= 0 and <= 1_000_000_000 && decimal.Round(pounds.Value, 2) == pounds;

    private static async ValueTask<Answer> Set(ControlCall call, long? pence)
    {
        var change = new SetLimit(pence, call.RealNow);
        await call.Change(change);
        return Body(call, change.After!);
    }

    private static Answer Body(ControlCall call, Client client)
    {
        var facts = call.Service.Facts;
        var (from, to) = WeeklyLimit.Days(London.Day(client.Clock.At(call.RealNow)), facts);
        var used = client.IssuedBetween(from, to);
        return ControlJson.Answer(
            new LimitBody(
                Pounds(client.WeeklyLimit), facts.Says(Facts.LimitWindow, "iso-week-london") ? ClockApi.WeekName(from) : null,
                from, to, Money.ToPounds(used), client.WeeklyLimit is { } limit ? Money.ToPounds(Math.Max(limit - used, 0)) : null,
                Arithmetic(client.WeeklyLimit, used)),
            ControlJson.Plain.LimitBody);
    }

    private static string Arithmetic(long? limit, long used) => limit is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Money.Text(used)} used, and no limit")
        : used > limit ? $"{Money.Text(used)} used > {Money.Text(limit.Value)} allowed" : $"{Money.Text(limit.Value)} allowed - {Money.Text(used)} used = {Money.Text(limit.Value - used)} left";

    private static decimal? Pounds(long? pence) => pence is { } given ? Money.ToPounds(given) : null;

    private sealed class SetLimit(long? pence, DateTimeOffset real) : Change(real)
    {
        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new([], Client: client with { WeeklyLimit = pence });
    }
}

internal sealed record LimitRequest(
    [property: Required, Description("Pounds a week from 0 to 1,000,000,000, with two decimals at most.")] decimal? WeeklyLimit);

/// <summary>The limit, the days that count, and what is used of it; without a limit nothing is left over.</summary>
internal sealed record LimitBody(
    [property: Description("Pounds a week; missing where there is no limit.")] decimal? WeeklyLimit,
    [property: Description("The ISO week that counts, where it is one.")] string? Week,
    [property: Description("The first day that counts, in London.")] DateOnly From,
    [property: Description("The last day that counts, in London.")] DateOnly To,
    [property: Description("Pounds issued on these days.")] decimal Used,
    [property: Description("Pounds that can still be issued; missing where there is no limit.")] decimal? Left,
    [property: Description("The same as a sentence.")] string Arithmetic);
