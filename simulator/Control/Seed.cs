using System.ComponentModel;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace ImovoSim.Control;

/// <summary>POST /_sim/seed: vouchers that a client has without having issued them, listed or generated; all of them or none.</summary>
internal static class SeedApi
{
    private const int Most = 100_000;
    private const int Shown = 100;
    private const long MostBytes = 64 << 20;

    public static void MapSeed(this IEndpointRouteBuilder routes, ControlRoute control) => routes.MapPost("/_sim/seed", control.ForClient(Seed)).Describes(() => new(
        "seedVouchers", "Client", "Seed vouchers", "Gives the client vouchers that it has not issued, with a past: listed one by one, or made up. All of them, or none where one is wrong.")
    {
        Takes = ControlJson.Plain.SeedRequest,
        Answers = [RouteAnswer.Created(ControlJson.Plain.SeededBody, "How many there are of each state, and the first of them.")],
        Refuses = [400],
    });

    private static ValueTask<Answer> Seed(ControlCall call)
    {
        call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostBytes;
        return call.Reading(ControlJson.Plain.SeedRequest, async asked =>
        {
            if (asked.Vouchers is null == asked.Generate is null)
                return ControlProblem.Wrong("Say which vouchers: {\"vouchers\":[…]} lists them, {\"generate\":{\"count\":500}} makes them up.");
            if (asked.Vouchers is { Count: 0 or > Most } || asked.Generate is { Count: not (>= 1 and <= Most) })
                return ControlProblem.Wrong($"One call seeds 1 to {Most} vouchers.");
            if (asked.Generate?.Wrong(call.Service.Rules.Campaigns) is { } wrong)
                return ControlProblem.Wrong(wrong);
            return await Seed(call, asked);
        });
    }

    private static async ValueTask<Answer> Seed(ControlCall call, SeedRequest asked)
    {
        var change = new Seed(asked, call.Service.Rules, call.RealNow);
        // Made before the client's turn comes, so that nobody waits for it; made again only where something changed meanwhile.
        change.Prepare((await call.Look()).Client);
        await call.Change(change);
        if (change.Wrong is { } wrong)
            return ControlProblem.Wrong(wrong);
        var now = change.After!.Clock.At(call.RealNow);
        return ControlJson.Answer(
            new SeededBody(
                change.Vouchers.Count,
                change.Vouchers.GroupBy(voucher => VoucherBody.StateOf(voucher, now)).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()),
                change.Vouchers[0].Serial - 1,
                [.. change.Vouchers.Take(Shown).Select(voucher => VoucherBody.Of(call, voucher, now))]),
            ControlJson.Plain.SeededBody, StatusCodes.Status201Created);
    }
}

/// <summary>Gives a client vouchers with codes of its own seed and count, and a past.</summary>
internal sealed class Seed(SeedRequest asked, Rulebook rules, DateTimeOffset real) : Change(real)
{
    private Client? _preparedFor;
    private List<(long Serial, VoucherEvent Happened)> _histories = [];

    /// <summary>What is wrong with one of them, as a sentence.</summary>
    public string? Wrong { get; private set; }

    public IReadOnlyList<Voucher> Vouchers { get; private set; } = [];

    public void Prepare(Client client)
    {
        var now = client.Clock.At(Real);
        var (vouchers, histories) = (new List<Voucher>(), new List<(long, VoucherEvent)>());
        (_preparedFor, Wrong) = (client, null);
        try
        {
            foreach (var planned in asked.Generate?.Plan(client, rules, now) ?? PlannedVoucher.All(asked.Vouchers!, client, rules))
            {
                var (voucher, ended) = planned.Make(client.Seed, client.LastSerial + vouchers.Count + 1, rules, now);
                vouchers.Add(voucher with { Uncounted = !asked.CountsForLimit });
                if (ended is not null)
                    histories.Add((voucher.Serial, ended));
            }
        }
        catch (SeedException e)
        {
            Wrong = e.Message;
        }

        (Vouchers, _histories) = (vouchers, histories);
    }

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        if (_preparedFor is not { } then || (then.Seed, then.LastSerial, then.Clock, then.Grant) != (client.Seed, client.LastSerial, client.Clock, client.Grant))
            Prepare(client);
        return Wrong is not null
            ? new Outcome([])
            : new Outcome([], Client: Counted(client) with { LastSerial = client.LastSerial + Vouchers.Count }, Added: Vouchers, Histories: _histories);
    }

    // A seeded voucher stands for one of a past that nobody's test has to know, so a limit is as free after it as before.
    private Client Counted(Client client)
    {
        if (!asked.CountsForLimit)
            return client;
        var freed = rules.Facts.Says(Facts.LimitAfterCancel, "yes");
        var days = Vouchers.Where(voucher => !freed || voucher.State != VoucherState.Cancelled).GroupBy(voucher => voucher.IssuedOn);
        return days.OrderBy(day => day.Key).Aggregate(client, (counted, day) => counted with { DayTotals = counted.WithTotal(day.Key, day.Sum(voucher => voucher.Pence)) });
    }
}

/// <summary>A voucher that cannot be, in a sentence that names it.</summary>
internal sealed class SeedException(string why) : Exception(why);

internal sealed record SeedRequest(
    [property: Description("The vouchers, at most 100000; not beside generate.")] IReadOnlyList<SeedVoucher>? Vouchers,
    [property: Description("What to make up; not beside vouchers.")] GenerateRequest? Generate,
    [property: Description("Whether the weekly limit counts them, each on the day of its issue.")] bool CountsForLimit = false);

internal sealed record SeededBody(
    [property: Description("How many there are.")] int Count,
    [property: Description("How many of each state.")] IReadOnlyDictionary<string, int> States,
    [property: Description("The `after` with which the list of vouchers begins with them.")] long After,
    [property: Description("The first 100 of them.")] IReadOnlyList<VoucherBody> Vouchers);
