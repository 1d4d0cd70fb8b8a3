using System.Collections.Concurrent;

namespace ImovoSim.Contracts.Tests.Deviations;

internal static class States
{
    private const string Already = "Voucher is already cancelled or redeemed";

    private static string Flipped(string code, int digits) => string.Concat(code.AsSpan(0, code.Length - 1), ((code[^1] - '0' + digits) % 10).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Codes that a caller sees are other than the simulator's; both ways.</summary>
    private static Deviation Codes(string name, Func<string, int, string> seen) => new("uniqueness", name, _ =>
    {
        ConcurrentDictionary<string, string> real = [];
        return async (asked, simulator) =>
        {
            if (asked.Code is { } code && real.TryGetValue(code, out var known)) asked = asked.Replacing(code, known);
            var reply = await simulator(asked);
            if (reply.Code is not { } issued) return reply;
            var shown = seen(issued, real.Count);
            real[shown] = issued;
            return reply.Replacing(issued, shown);
        };
    });

    /// <summary>The same codes by another hand.</summary>
    public static Deviation None { get; } = Codes("every code is what it should be", (code, _) => code);

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfReply("state", "a voucher can be cancelled again and again", (_, reply) => reply.Says(Already) ? Reply.Success : reply),
        Deviation.OfReply("state", "a cancelled voucher is not found", (_, reply) => reply.Replacing(Already, "Voucher not found")),
        Deviation.Instead("state", "cancelling a voucher cancels nothing", (asked, reply) => asked.IsCancel && reply.Says(Already), (_, _) => Task.FromResult(Reply.Success)),
        Deviation.Instead("state", "an expired voucher cannot be cancelled", (asked, reply) => asked.IsCancel && reply.Succeeds, async (asked, simulator) => Reply.Refusal(Already)),
        Deviation.OfReply("state", "whatever is not there is cancelled", (_, reply) => reply.Says("Voucher not found") ? Reply.Success : reply),
        Deviation.OfCall("state", "the letters of the link are read over", asked => asked.IsCancel ? asked.Replacing("TY", "") : asked),
        Deviation.OfCall("state", "a code is a number", asked => asked.IsCancel && asked.Code is { Length: 11 } code && code[0] == '0' ? asked.Replacing("=0", "=") : asked),
        Deviation.OfCall("state", "a code is a whole word of digits and spaces", asked => asked.IsCancel ? asked.Replacing("%200", "") : asked),
        new("state", "cancelling one voucher cancels all of the client's", _ =>
        {
            HashSet<string> cancelledBy = [];
            return async (asked, simulator) => asked.IsCancel && asked.Key is { } key && await simulator(asked) is { Succeeds: true } done ? cancelledBy.Add(key) ? done : Reply.Refusal(Already) : await simulator(asked);
        }),
        new("state", "the same reference gets the same voucher again", _ =>
        {
            Dictionary<string, Reply> given = [];
            return async (asked, simulator) =>
            {
                if (!asked.IsRequest || asked.Reference is not { Length: > 0 } reference || asked.Campaign != "THINK") return await simulator(asked);
                if (given.TryGetValue(reference, out var before)) return before;
                var reply = await simulator(asked);
                if (reply.Issues) given[reference] = reply;
                return reply;
            };
        }),
        new("state", "a reference has one voucher of every campaign", _ =>
        {
            HashSet<string> given = [];
            return async (asked, simulator) => await simulator(asked) is var reply && reply.Issues && !given.Add(asked.Campaign + asked.Reference)
                ? Reply.Refusal("Unable to create voucher: a live voucher already exists for the supplied customer reference") : reply;
        }),
        Deviation.Instead("state", "no campaign limits the vouchers of a reference", (asked, reply) => reply.Says("a live voucher already exists") || reply.Says("CustomerVoucherLimitReached"),
            (asked, simulator) => simulator(asked.Replacing(Uri.EscapeDataString(asked.Reference!), "another").Replacing(asked.Reference!, "another"))),
        new("state", "a reference's voucher counts after its cancellation", _ =>
        {
            HashSet<string> given = [];
            return async (asked, simulator) => asked.Campaign == "ONEPER" && !given.Add(asked.Reference ?? "")
                ? Reply.Refusal(asked.IsWithId ? "CustomerVoucherLimitReached" : "Unable to create voucher: a live voucher already exists for the supplied customer reference") : await simulator(asked);
        }),
        new("state", "a refused request uses the reference up", _ =>
        {
            HashSet<string> refused = [];
            return async (asked, simulator) =>
            {
                if (asked.Campaign == "ONEPER" && refused.Contains(asked.Reference ?? "")) return Reply.Refusal("Unable to create voucher: a live voucher already exists for the supplied customer reference");
                var reply = await simulator(asked);
                if (reply.Refuses) refused.Add(asked.Reference ?? "");
                return reply;
            };
        }),
        Codes("a second voucher has the first one's code", (code, _) => code[..2] + new string('7', code.Length - 2)),
        Codes("a code has a digit more", (code, _) => code + "7"),
        Codes("a code has a digit less", (code, _) => code[..^1]),
        Codes("a code begins with a zero", (code, _) => "0" + code[1..]),
        Codes("codes of twelve digits have no check digit", (code, _) => code.Length == 12 ? Flipped(code, 3) : code),
        Codes("codes have letters", (code, _) => "A" + code[1..]),
        Deviation.OfReply("uniqueness", "the link shows another code", (_, reply) => reply.Code is { } code ? reply.Replacing(code + "TY", Flipped(code, 1) + "TY") : reply),
        Deviation.OfReply("uniqueness", "the message shows another code than the answer", (_, reply) => reply.Code is { } code ? reply.Replacing("\"voucherCode\":\"" + code, "\"voucherCode\":\"" + Flipped(code, 1)) : reply),
        Deviation.OfReply("uniqueness", "every voucher has the same link", (_, reply) => reply.Matching("id=GC-[A-Za-z0-9]+", "id=GC-QGhDENUu4")),
        Deviation.OfReply("uniqueness", "a link is the code", (_, reply) => reply.Code is { } code ? reply.Matching("id=GC-[A-Za-z0-9]+", "id=GC-" + code) : reply),
        Deviation.OfReply("uniqueness", "a link's token is a letter longer", (_, reply) => reply.Matching("id=GC-([A-Za-z0-9]+)", "id=GC-${1}x")),
    ];
}
