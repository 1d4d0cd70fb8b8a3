using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Faults;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>Vouchers to be made up: drawn from the client's seed and this one, so the same client and the same request give the same.</summary>
internal sealed record GenerateRequest(
    [property: Required, Description("How many, at most 100000.")] int? Count,
    [property: Description("Campaigns by their codes; all that the client may use and that are open today unless told.")] IReadOnlyList<string>? Campaigns = null,
    [property: Description("Another gives other vouchers; the same gives the same.")] long Seed = 1,
    [property: Description("Over how many days before the client's now they were issued.")] int Days = GenerateRequest.UsualDays,
    [property: Description("How many of each state in proportion, such as {\"live\":8,\"redeemed\":2}.")] IReadOnlyDictionary<string, int>? States = null)
{
    private const int UsualDays = 28;
    private const int MostDays = 3650;
    private const int LongestSearch = 16;
    private static readonly Dictionary<string, int> UsualStates = new() { ["live"] = 70, ["redeemed"] = 20, ["cancelled"] = 5, ["expired"] = 5 };
    private static readonly long[] RoundAmounts = [5_00, 10_00, 15_00, 20_00, 25_00, 30_00, 40_00, 50_00, 75_00, 100_00];

    /// <summary>What is wrong with it, whoever asks.</summary>
    public string? Wrong(CampaignSet campaigns)
    {
        if (Days is < 0 or > MostDays)
            return $"\"days\" must be from 0 to {MostDays}.";
        if (States is not null && (States.Values.Any(share => share is < 0 or > 1_000_000) || States.Values.Sum() == 0 || !States.Keys.All(UsualStates.ContainsKey)))
            return "\"states\" are shares of live, redeemed, cancelled and expired, such as {\"live\":8,\"redeemed\":2}.";
        return Campaigns is { Count: 0 or > 1000 } || Campaigns?.Any(code => campaigns.Find(code ?? "") is null) == true
            ? "\"campaigns\" are codes of campaigns that exist, or left out."
            : null;
    }

    /// <exception cref="SeedException">The client may not use one of the campaigns.</exception>
    public IEnumerable<PlannedVoucher> Plan(Client client, Rulebook rules, DateTimeOffset now)
    {
        var campaigns = Usable(client, rules, now);
        for (var i = 0; i < Count; i++)
            yield return One(new Draws(client.Seed, (ulong)Seed, (ulong)i), i, campaigns, rules, now);
    }

    private List<Campaign> Usable(Client client, Rulebook rules, DateTimeOffset now)
    {
        if (Campaigns is not null)
            return [.. Campaigns.Select(code => rules.Campaigns.Find(code)!).Select(campaign => client.Grant.Allows(campaign.Code) ? campaign
                : throw new SeedException($"generate: {campaign.Code} is a campaign that this client may not use."))];
        var today = Clock.London.Day(now);
        var all = rules.Campaigns.All.Where(campaign => client.Grant.Allows(campaign.Code) && campaign.Open(today)).ToList();
        return all.Count > 0 ? all : throw new SeedException("generate: this client may use no campaign that is open today.");
    }

    private PlannedVoucher One(Draws draws, int index, List<Campaign> campaigns, Rulebook rules, DateTimeOffset now)
    {
        var person = People.Draw(draws);
        var campaign = campaigns[draws.Below(campaigns.Count)];
        var mobile = draws.Below(10) < 7;
        var contact = mobile ? person.Mobile : person.Email;
        var reference = draws.Below(4) == 0 ? $"{100000 + draws.Below(900000)}-{draws.Below(1000):000}" : contact;
        var (state, issued) = Past(draws, campaign, rules, now);
        return new PlannedVoucher(
            $"generate[{index}]", campaign, Value(draws, campaign), reference, reference == contact && mobile ? null : contact,
            campaign.Id == IdCheck.None ? null : new IdBlock(person.Name, person.Address, person.PostCode), state, issued, EndedAt: Ended(draws, campaign, state, issued, rules, now),
            Outlet: state == Standing.Redeemed ? person.Shop : null, Terminal: state == Standing.Redeemed ? $"{1 + draws.Below(4)}" : null);
    }

    private static long Value(Draws draws, Campaign campaign)
    {
        if (campaign.Fixed is { } face)
            return face;
        var round = RoundAmounts.Where(pence => pence >= campaign.Least && pence <= campaign.Most).ToArray();
        return round.Length > 0 ? round[draws.Below(round.Length)] : campaign.Most;
    }

    // What a campaign cannot have, one that has ended no live voucher and one without an end no expired one, becomes the other.
    private (Standing State, DateTimeOffset Issued) Past(Draws draws, Campaign campaign, Rulebook rules, DateTimeOffset now)
    {
        var state = State(draws);
        var back = TimeSpan.FromSeconds(Math.Floor(draws.Next() * Days * 86_400));
        bool Lives(TimeSpan age) => Expiry.Of(campaign, now - age, rules.Facts) >= now;
        if (state is not Standing.Expired)
        {
            var age = back;
            for (var tries = 0; tries < LongestSearch && !Lives(age); tries++)
                age = tries == LongestSearch - 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds / 2));
            return Lives(age) ? (state, now - age) : (Standing.Expired, now - back);
        }

        var (old, step) = (back, TimeSpan.FromDays(1));
        for (var tries = 0; tries < LongestSearch && Lives(old); tries++, step *= 2)
            old = back + step;
        return Lives(old) ? (Standing.Live, now - back) : (Standing.Expired, now - old);
    }

    private Standing State(Draws draws)
    {
        var shares = States ?? UsualStates;
        var draw = draws.Below(shares.Values.Sum());
        // In one order, whatever that of the request.
        foreach (var standing in Enum.GetValues<Standing>())
        {
            var share = shares.GetValueOrDefault(standing.ToString().ToLowerInvariant());
            if (draw < share)
                return standing;
            draw -= share;
        }

        return Standing.Live;
    }

    private static DateTimeOffset? Ended(Draws draws, Campaign campaign, Standing state, DateTimeOffset issued, Rulebook rules, DateTimeOffset now)
    {
        var draw = draws.Next();
        if (state is not (Standing.Redeemed or Standing.Cancelled))
            return null;
        var last = Expiry.Of(campaign, issued, rules.Facts) is { } expiry && expiry < now ? expiry : now;
        return issued + TimeSpan.FromSeconds(Math.Floor((last - issued).TotalSeconds * draw));
    }
}

/// <summary>Draws that belong to one made-up voucher, one after the other.</summary>
internal sealed class Draws(ulong client, ulong seed, ulong index)
{
    private ulong _which;

    public double Next() => Chance.Draw(client, seed, index, ++_which);

    public int Below(int count) => (int)(Next() * count);
}
