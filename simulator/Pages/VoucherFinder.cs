using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using Microsoft.AspNetCore.Http.Features;

namespace ImovoSim.Pages;

/// <summary>A voucher with its client and its campaign.</summary>
internal sealed record FoundVoucher(Client Client, Campaign Campaign, Voucher Voucher);

/// <summary>
/// Whose voucher a link leads to. Code and token are permutations of a client's own count, so that is arithmetic for
/// each client, and a look into the store only where the client has counted so far.
/// </summary>
internal sealed class VoucherFinder(IStore store, CampaignFile campaigns, Profile facts)
{
    private volatile Formed? _formed;

    /// <summary>What an address asks for; empty where it has the form of no campaign's link.</summary>
    public IReadOnlyList<AskedLink> Asked(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return [];
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.StartsWith('/') ? target.Split('?')[0] : request.Path.Value ?? "";
        var asked = new List<AskedLink>();
        foreach (var form in Forms())
        {
            if (form.Match(path, request.Query) is { } link)
                asked.Add(link);
        }

        return asked;
    }

    /// <summary>The vouchers that the link leads to: one, none, or the first two of several clients'.</summary>
    /// <param name="client">The name of the one client to look at; null for all.</param>
    public async ValueTask<IReadOnlyList<FoundVoucher>> Find(IReadOnlyList<AskedLink> asked, string? client, CancellationToken cancel)
    {
        IReadOnlyList<Client> clients = [.. (await store.Clients(cancel)).Where(each => client is null || each.Name.Equals(client, StringComparison.OrdinalIgnoreCase))];
        var found = new List<FoundVoucher>();
        foreach (var link in asked)
        {
            if (link is { Code: null, Token: null })
                found.AddRange(await ByReference(link, clients));
            else
                await ByCount(link, clients, found, cancel);
        }

        return found;
    }

    private async ValueTask ByCount(AskedLink link, IReadOnlyList<Client> clients, List<FoundVoucher> found, CancellationToken cancel)
    {
        var codes = Codes(link);
        foreach (var client in clients)
        {
            foreach (var serial in Serials(link, codes, client))
            {
                if (serial <= 0 || serial > client.LastSerial || await store.FindVoucher(client.Id, serial, cancel) is not { } voucher
                    || campaigns.Current.Find(voucher.Campaign) is not { } campaign || !LinkForm.Meant(link, campaign, voucher))
                    continue;
                found.Add(new FoundVoucher(client, campaign, voucher));
                if (found.Count > 1)
                    return;
            }
        }
    }

    private IEnumerable<long> Serials(AskedLink link, IReadOnlyList<string> codes, Client client) =>
        link.Token is { } token && !TokenIsCode
            ? [LinkToken.SerialOf(client.Seed, token) ?? 0]
            : codes.Select(code => VoucherCode.SerialOf(client.Seed, code) ?? 0);

    private bool TokenIsCode => facts.Says(Facts.LinkToken, "code-in-base-62");

    private string[] Codes(AskedLink link)
    {
        if (link.Code is { } code)
            return [code];
        if (!TokenIsCode || LinkToken.Number(link.Token!) is not { } number)
            return [];
        // The vendor's own samples keep the token that its page prints.
        if (Array.Find(Samples.All, sample => sample.LinkTail == link.Token) is { } printed)
            return [printed.Code];
        return [.. link.Form.Campaigns.Select(campaign => campaign.CodeLength).Append(10).Append(12).Select(length => $"{number}".PadLeft(length, '0')).Distinct()];
    }

    // A reference has no count in it. All clients are asked at once, so that a store answers them in one go.
    private async ValueTask<IReadOnlyList<FoundVoucher>> ByReference(AskedLink link, IReadOnlyList<Client> clients)
    {
        var looks = new List<(Client Client, Campaign Campaign, LookByReference Look, Task Done)>();
        foreach (var client in clients.Where(client => client.LastSerial > Samples.All.Length))
        {
            foreach (var campaign in link.Form.Campaigns)
            {
                var look = new LookByReference(campaign.Code, link.Reference ?? "", client.LastUsed);
                looks.Add((client, campaign, look, store.Change(client.Id, look).AsTask()));
            }
        }

        await Task.WhenAll(looks.Select(each => each.Done));
        return
        [
            .. looks.Where(each => each.Look.Found is not null).Select(each => new FoundVoucher(each.Client, each.Campaign, each.Look.Found!))
                .GroupBy(each => each.Client.Id).Select(Newest).Take(2),
        ];
    }

    // Of several vouchers of one reference its page shows one that can be used, and of those the newest.
    private static FoundVoucher Newest(IEnumerable<FoundVoucher> ofOneClient) =>
        ofOneClient.MaxBy(each => (each.Voucher.State == VoucherState.Issued, each.Voucher.Serial))!;

    private LinkForm[] Forms()
    {
        var current = campaigns.Current;
        if (_formed is not { } formed || !ReferenceEquals(formed.Of, current))
            _formed = formed = new Formed(current, LinkForm.Of(current));
        return formed.Forms;
    }

    private sealed record Formed(CampaignSet Of, LinkForm[] Forms);

    /// <summary>Changes nothing, not even when the client was last used: whoever opens a page is not the client.</summary>
    private sealed class LookByReference(string campaign, string reference, DateTimeOffset lastUsed) : Change(lastUsed)
    {
        public Voucher? Found { get; private set; }

        public override (string Campaign, string Reference)? NeedsReference(Client client) => (campaign, reference);

        protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
        {
            Found = found.ForReference.MaxBy(voucher => (voucher.State == VoucherState.Issued, voucher.Serial));
            return new Outcome([]);
        }
    }
}
