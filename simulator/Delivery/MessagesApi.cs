using System.Globalization;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Control;
using ImovoSim.Journal;
using ImovoSim.Wire;

namespace ImovoSim.Delivery;

/// <summary>/_sim/messages: what the service would have sent to a client's customers.</summary>
internal sealed class MessagesApi(Journal.Journal journal, TimeProvider time)
{
    private const int MostPerPage = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    public static readonly string[] States = ["waiting", "sent", "delivered", "failed"];

    private static readonly QueryParameter[] Parameters =
    [
        new("to", "Only those for this contact; a UK mobile number however it is written."),
        new("channel", "Only those that go this way.", MessageBody.Channels),
        new("state", "Only those that stand like this by the client's clock.", States),
        new("code", "Only those about this voucher."),
        new("reference", "Only those about vouchers of this customer reference, letter for letter."),
        new("campaign", "Only those about vouchers of this campaign; its code in any casing."),
        new("after", "Only messages after this one."),
        new("before", "Only messages before this one: the page after this one has the `next` of this one here, or in `after` where the oldest come first."),
        new("order", "newest unless told.", ["newest", "oldest"]),
        new("limit", "How many at most, 100 unless told.", Least: 1, Most: MostPerPage),
        new("count", "false leaves out how many there are on all pages.", ["true", "false"]),
        new("wait", "How long to wait for one that is meant, such as 5s or PT5S, at most 30 seconds; the list is empty where none has come by then."),
    ];

    private static readonly string[] Names = [.. Parameters.Select(parameter => parameter.Name)];

    public void Map(IEndpointRouteBuilder routes, ControlRoute control)
    {
        routes.MapGet("/_sim/messages", control.ForClient(List)).Describes(() => new(
            "listMessages", "Messages", "List what customers were sent", "A page of the SMS and e-mails that the service would have sent, newest first. With `wait` it answers as soon as there is one.")
        {
            Query = Parameters,
            Answers = [RouteAnswer.Ok(ControlJson.Plain.MessagesBody, "A page of messages, and how many there are on all pages.")],
            Refuses = [400],
        });
        routes.MapGet("/_sim/messages/{message}", control.ForClient(Show)).Describes(() => new(
            "showMessage", "Messages", "Show a message", "One message with where it stands.")
        {
            Answers = [RouteAnswer.Ok(ControlJson.Plain.MessageBody, "The message.")],
            Refuses = [404],
        });
        routes.MapPost("/_sim/vouchers/{code}/resend", control.ForClient(Again)).Describes(() => new(
            "resendVoucher", "Messages", "Send a voucher's message again", "A new message, to whom and as the voucher was asked for. No fault strikes it.")
        {
            Answers = [RouteAnswer.Created(ControlJson.Plain.MessageBody, "The new message.")],
            Refuses = [404, 409],
        });
    }

    private async ValueTask<Answer> List(ControlCall call)
    {
        if (call.RefuseOther(Names) is { } refusal)
            return refusal;
        if (Wrong(call, out var wait, out var page) is { } wrong)
            return wrong;
        var began = time.GetTimestamp();
        while (true)
        {
            var look = await call.Look(call.Query("code"));
            var query = Meant(call, look, page);
            // One more than asked for tells whether there is a page after this one.
            var found = await call.Store.FindMessages(look.Client.Id, query with { AtMost = query.AtMost + 1 }, call.Cancelled);
            if (found.Count > 0 || time.GetElapsedTime(began) >= wait)
                return await Page(call, look, query, found);
            await journal.Another(call.Cancelled);
        }
    }

    private static async ValueTask<Answer> Page(ControlCall call, Look look, MessageQuery query, IReadOnlyList<Message> found)
    {
        var page = found.Take(query.AtMost).ToList();
        long? count = call.Query("count") == "false" ? null
            : await call.Store.CountMessages(look.Client.Id, query with { After = 0, Before = long.MaxValue }, call.Cancelled);
        return ControlJson.Answer(
            new MessagesBody([.. page.Select(message => MessageBody.Of(call, message, look.Now))], count, found.Count > page.Count ? MessageBody.IdOf(page[^1]) : null),
            ControlJson.Plain.MessagesBody);
    }

    private static async ValueTask<Answer> Show(ControlCall call)
    {
        var look = await call.Look();
        return await Find(call, look.Client) is { } message
            ? ControlJson.Answer(MessageBody.Of(call, message, look.Now), ControlJson.Plain.MessageBody)
            : Unknown();
    }

    private static async ValueTask<Answer> Again(ControlCall call)
    {
        var resend = new Resend(call.Route("code")!, call.Service.Rules, call.RealNow);
        var outcome = await call.Change(resend);
        if (outcome.Refused.Count > 0)
            return ControlProblem.NotFound("This client has no voucher of this code.");
        return resend.Wrong is { } wrong
            ? ControlProblem.Conflict(wrong)
            : ControlJson.Answer(MessageBody.Of(call, outcome.Messages![0], resend.After!.Clock.At(call.RealNow)), ControlJson.Plain.MessageBody, StatusCodes.Status201Created);
    }

    public static async ValueTask<Message?> Find(ControlCall call, Client client) =>
        long.TryParse(call.Route("message"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and < long.MaxValue
            && await call.Store.FindMessages(client.Id, new MessageQuery(default, After: id - 1, Before: id + 1), call.Cancelled) is [var message] ? message : null;

    public static Answer Unknown() => ControlProblem.NotFound("This client has no such message, or has it no more.");

    /// <summary>Null, or what is wrong with the query.</summary>
    private static Answer? Wrong(ControlCall call, out TimeSpan wait, out MessageQuery page)
    {
        (wait, page) = (TimeSpan.Zero, new MessageQuery(default));
        if ((call.Query("channel") is { } channel && !MessageBody.Channels.Contains(channel)) || (call.Query("state") is { } state && !States.Contains(state)))
            return ControlProblem.Wrong($"channel is one of {string.Join(", ", MessageBody.Channels)}, state one of {string.Join(", ", States)}.");
        if (call.Query("order") is not (null or "newest" or "oldest") || call.Query("count") is not (null or "true" or "false"))
            return ControlProblem.Wrong("order is newest or oldest first, count true or false.");
        if (!call.Number("after", out var after) || !call.Number("before", out var before) || !call.Number("limit", out var limit, 1, MostPerPage))
            return ControlProblem.Wrong($"after and before are ids of messages; limit is from 1 to {MostPerPage}.");
        if (Wait(call.Query("wait")) is not { } given)
            return ControlProblem.Wrong($"wait is a time such as 5s or PT5S, at most {LongestWait.TotalSeconds:0} seconds.");
        (wait, page) = (given, new MessageQuery(default, After: after ?? 0, Before: before ?? long.MaxValue, OldestFirst: call.Query("order") == "oldest", AtMost: (int)(limit ?? 100)));
        return null;
    }

    private static MessageQuery Meant(ControlCall call, Look look, MessageQuery page) =>
        Meant(call, look, call.Query("to"), call.Query("code"), call.Query("reference"), call.Query("campaign")) with
        {
            Standing = call.Query("state") is { } state ? Enum.Parse<MessageStanding>(state, ignoreCase: true) : null,
            Channel = call.Query("channel") is { } channel ? (Channel)Array.IndexOf(MessageBody.Channels, channel) : null,
            After = page.After,
            Before = page.Before,
            OldestFirst = page.OldestFirst,
            AtMost = page.AtMost,
        };

    /// <param name="look">The client, and the voucher of the code where there is one.</param>
    public static MessageQuery Meant(ControlCall call, Look look, string? to, string? code, string? reference, string? campaign) => new(
        look.Now,
        To: to is null ? null : JournalApi.Key(Contact.Normal(to)),
        // No voucher has the number 0.
        Serial: code is null ? null : look.Voucher?.Serial ?? 0,
        Campaign: campaign is null ? null : JournalApi.Key(call.Service.Rules.Campaigns.Find(campaign)?.Code ?? campaign),
        Reference: JournalApi.Key(reference));

    private static TimeSpan? Wait(string? text)
    {
        if (text is null)
            return TimeSpan.Zero;
        var iso = text.EndsWith('s') && char.IsAsciiDigit(text[0]) ? $"PT{text[..^1]}S" : text;
        return Duration.Parse(iso) is { Months: 0, Days: 0 } wait && wait.Time >= TimeSpan.Zero && wait.Time <= LongestWait ? wait.Time : null;
    }
}
