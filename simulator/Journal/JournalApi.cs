using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using ImovoSim.Control;
using ImovoSim.Wire;

namespace ImovoSim.Journal;

/// <summary>/_sim/journal: what a client's calls said, and why each was decided as it was.</summary>
internal sealed class JournalApi(Journal journal, IHostApplicationLifetime lifetime)
{
    public const string StreamPath = "/_sim/journal/stream";
    private const int MostPerPage = 1000;

    // An entry of another replica can come this much after its time: its pause before it writes, and clocks that differ.
    private const long Late = 3_000_000L << 10;

    public static readonly string[] Operations = [.. Enum.GetNames<Operation>(), "Unknown"];

    public static readonly string[] Outcomes = ["issued", "cancelled", "refused", "nothing", "failed"];

    private static readonly QueryParameter[] Filtering =
    [
        new("operation", "Only calls of this operation.", Operations),
        new("outcome", "Only calls that were decided so.", Outcomes),
        new("status", "Only calls that got this HTTP status; 0 where nothing came.", Least: 0, Most: 599),
        new("struck", "Only calls that a fault struck, or that none did.", ["true", "false"]),
        new("campaign", "Only calls for this campaign, by its code."),
        new("reference", "Only calls for this customer reference, letter for letter."),
        new("code", "Only calls that issued or cancelled this voucher."),
        new("show", "With names, addresses and contact details.", ["personal"]),
    ];

    private static readonly string[] Filters = [.. Filtering.Select(filter => filter.Name)];

    public void Map(IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim/journal", control.ForClient(List)).Describes(() => new(
            "listJournal", "Journal", "List the calls that were made", "A page of the journal, newest first, with the request and the answer as they were sent, and why it was decided so. Names, addresses and contact details are masked, keys are never there.")
        {
            Query =
            [
                .. Filtering,
                new("after", "Only entries after this one."),
                new("before", "Only entries before this one: the page after this one has the `next` of this one here, or in `after` where the oldest come first."),
                new("order", "newest unless told.", ["newest", "oldest"]),
                new("limit", "How many at most, 100 unless told.", Least: 1, Most: MostPerPage),
            ],
            Answers = [RouteAnswer.Ok(ControlJson.Plain.EntriesBody, "A page of entries, and how many there are on all pages.")],
            Refuses = [400],
        });
        routes.MapDelete("/_sim/journal", control.ForClient(Clear)).Describes(() => new(
            "clearJournal", "Journal", "Begin the journal anew", "Forgets all its entries.") { Answers = [RouteAnswer.Gone("They are forgotten.")] });
        routes.MapGet(StreamPath, control.ForClient(Stream)).Describes(() => new(
            "streamJournal", "Journal", "Listen to calls as they come", "Server-sent events, one for each call from now on: its `id`, the event `call`, and as `data` the entry. With the header Last-Event-ID it goes on after that entry.")
        {
            Query = Filtering,
            Answers = [new(StatusCodes.Status200OK, "The events, for as long as somebody listens.", ContentType: "text/event-stream")],
            Refuses = [400],
        });
        routes.MapGet("/_sim/journal/har", control.ForClient(Export)).Describes(() => new(
            "exportJournal", "Journal", "Export an HTTP archive", "The entries as an HTTP Archive 1.2, oldest first, for the developer tools of browsers.")
        {
            Query = Filtering,
            Answers = [new(StatusCodes.Status200OK, "The archive.", ContentType: "application/har+json")],
            Refuses = [400],
        });
        routes.MapGet("/_sim/journal/{entry}", control.ForClient(Show)).Describes(() => new(
            "showJournalEntry", "Journal", "Show one call", "One entry of the journal.")
        {
            Query = [Filtering[^1]],
            Answers = [RouteAnswer.Ok(ControlJson.Plain.JournalBody, "The entry.")],
            Refuses = [404],
        });
    }

    private async ValueTask<Answer> List(ControlCall call)
    {
        if (call.RefuseOther([.. Filters, "after", "before", "order", "limit"]) is { } refusal)
            return refusal;
        if (Read(call, out var query) is { } wrong)
            return wrong;
        var client = (await call.Look()).Client.Id;
        // One more than asked for tells whether there is a page after this one.
        var found = await journal.Find(client, query with { AtMost = query.AtMost + 1 }, call.Cancelled);
        var page = found.Take(query.AtMost).ToList();
        var count = await journal.Count(client, query with { After = 0, Before = long.MaxValue }, call.Cancelled);
        return ControlJson.Answer(
            new EntriesBody([.. page.Select(entry => View(call, entry))], count, found.Count > page.Count ? Text(page[^1].Id) : null),
            ControlJson.Plain.EntriesBody);
    }

    private async ValueTask<Answer> Show(ControlCall call)
    {
        if (call.RefuseOther("show") is { } refusal)
            return refusal;
        var client = (await call.Look()).Client.Id;
        return long.TryParse(call.Route("entry"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await journal.Find(client, new JournalQuery(After: id - 1, Before: id + 1), call.Cancelled) is [var entry]
            ? ControlJson.Answer(View(call, entry), ControlJson.Plain.JournalBody)
            : ControlProblem.NotFound("This client's journal has no such entry, or has it no more.");
    }

    private async ValueTask<Answer> Clear(ControlCall call)
    {
        await journal.Clear((await call.Look()).Client.Id, call.Cancelled);
        return Answer.Bare(StatusCodes.Status204NoContent);
    }

    private async ValueTask<Answer> Export(ControlCall call)
    {
        if (call.RefuseOther(Filters) is { } refusal)
            return refusal;
        if (Read(call, out var query) is { } wrong)
            return wrong;
        var found = await journal.Find((await call.Look()).Client.Id, query with { OldestFirst = true, AtMost = int.MaxValue }, call.Cancelled);
        return new Answer(StatusCodes.Status200OK, "application/har+json", Har.Of(found.Select(entry => View(call, entry)), Address(call)))
        {
            Header = "Content-Disposition",
            HeaderValue = "attachment; filename=\"imovo-sim.har\"",
        };
    }

    private async ValueTask<Answer> Stream(ControlCall call)
    {
        if (call.RefuseOther(Filters) is { } refusal)
            return refusal;
        if (Read(call, out var query) is { } wrong)
            return wrong;
        var newest = await journal.Find((await call.Look()).Client.Id, new JournalQuery(AtMost: 1), call.Cancelled);
        var after = long.TryParse(call.Http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen
            : newest is [var last] ? last.Id : 0;
        return new Answer(StatusCodes.Status200OK, "text/event-stream", default, Streamed: response => Write(response, call, query with { OldestFirst = true, AtMost = 1000 }, after));
    }

    private async Task Write(HttpResponse response, ControlCall call, JournalQuery query, long after)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        using var over = CancellationTokenSource.CreateLinkedTokenSource(call.Cancelled, lifetime.ApplicationStopping);
        try
        {
            await response.WriteAsync(": calls of this client follow\n\n", over.Token);
            var sent = new HashSet<long>();
            for (var first = after; ;)
            {
                var found = await journal.Find((await call.Look()).Client.Id, query with { After = first }, over.Token);
                foreach (var entry in found.Where(entry => sent.Add(entry.Id)))
                {
                    var json = JsonSerializer.Serialize(View(call, entry), ControlJson.Plain.JournalBody);
                    await response.WriteAsync($"id: {Text(entry.Id)}\nevent: call\ndata: {json}\n\n", over.Token);
                }

                await response.Body.FlushAsync(over.Token);
                if (found.Count > 0)
                    first = found.Count == query.AtMost ? found[^1].Id : Math.Max(first, found[^1].Id - Late);
                sent.RemoveWhere(id => id <= first);
                await journal.Another(over.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or UnknownKeyException)
        {
            // The listener went away, or its key is refused from now on, or the program stops.
        }
    }

    public static JournalBody View(ControlCall call, JournalEntry entry)
    {
        var kept = JsonSerializer.Deserialize(entry.Body, JournalJson.Plain.JournalBody)!;
        var shown = call.Query("show") == "personal" ? kept : Mask.Of(kept);
        return shown with { Curl = Curl.Of(shown.Request, Address(call)) };
    }

    private static string Address(ControlCall call) => $"{call.Http.Request.Scheme}://{call.Http.Request.Host.Value}";

    /// <summary>Null, or what is wrong with the query.</summary>
    private static Answer? Read(ControlCall call, out JournalQuery query)
    {
        query = new JournalQuery();
        if (call.Query("operation") is { } operation && !Operations.Contains(operation))
            return ControlProblem.Wrong($"operation is one of {string.Join(", ", Operations)}.");
        if (call.Query("outcome") is { } outcome && !Outcomes.Contains(outcome))
            return ControlProblem.Wrong($"outcome is one of {string.Join(", ", Outcomes)}.");
        if (call.Query("struck") is not (null or "true" or "false") || call.Query("show") is not (null or "personal") || call.Query("order") is not (null or "newest" or "oldest"))
            return ControlProblem.Wrong("struck is true or false, show is personal, order is newest or oldest.");
        if (!call.Number("status", out var status, 0, 599) || !call.Number("after", out var after) || !call.Number("before", out var before)
            || !call.Number("limit", out var limit, 1, MostPerPage))
            return ControlProblem.Wrong($"status is from 100 to 599, or 0 where nothing came; after and before are ids of entries; limit is from 1 to {MostPerPage}.");
        query = new JournalQuery(
            call.Query("operation"), call.Query("outcome"), (int?)status, call.Query("struck") is { } struck ? struck == "true" : null,
            Key(call.Query("campaign")), Key(call.Query("reference")), Key(call.Query("code")), after ?? 0, before ?? long.MaxValue,
            call.Query("order") == "oldest", (int)(limit ?? 100));
        return null;
    }

    /// <summary>As it is kept: no text that is has NUL, and PostgreSQL cannot even be asked for it.</summary>
    public static string? Key(string? text) => text?.Replace('\0', '\uFFFD');

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}

internal sealed record EntriesBody(
    [property: Description("The page.")] IReadOnlyList<JournalBody> Entries,
    [property: Description("How many the filters mean, on all pages.")] long Count,
    [property: Description("For the page after this one, in `before`, or in `after` where the oldest come first; left out on the last.")] string? Next);
