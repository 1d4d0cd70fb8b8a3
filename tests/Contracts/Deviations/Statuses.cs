namespace ImovoSim.Contracts.Tests.Deviations;

internal static class Statuses
{
    private static Deviation Status(string name, Func<Asked, Reply, Reply> alter) => Deviation.OfReply("status", name, alter);

    private static Deviation Key(string name, Func<Asked, Reply, Reply> alter) => Deviation.OfReply("authentication", name, alter);

    private static readonly string Anyone = "sim_anyone_at_all";

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Status("a refusal is a 400", (_, reply) => reply.Refuses ? reply with { Status = 400 } : reply),
        Status("only the other call's refusal is a 400", (asked, reply) => reply.Refuses && asked.IsWithId ? reply with { Status = 400 } : reply),
        Status("missing members are a 422", (_, reply) => reply.Says("is required\"") ? reply with { Status = 422 } : reply),
        Status("a voucher that is not found is a 404", (_, reply) => reply.Says("Voucher not found") ? reply with { Status = 404 } : reply),
        Status("a second cancellation is a 409", (_, reply) => reply.Says("already cancelled") ? reply with { Status = 409 } : reply),
        Status("a spent limit is a 429", (_, reply) => reply.Says("eekly") ? reply with { Status = 429, Headers = [.. reply.Headers, ("Retry-After", "3600")] } : reply),
        Status("a voucher is a 201", (_, reply) => reply.Issues ? reply with { Status = 201 } : reply),
        Status("a voucher has an address", (_, reply) => reply.Issues ? reply with { Headers = [.. reply.Headers, ("Location", "/Voucher/1")] } : reply),
        Status("a method that is not allowed has no Allow", (_, reply) => reply with { Headers = [.. reply.Headers.Where(header => header.Name != "Allow")] }),
        Status("a method that is not allowed is not there", (_, reply) => reply.Status == 405 ? new(404, null, "", []) : reply),
        Status("what is not there is a page", (_, reply) => reply.Status == 404 ? reply with { ContentType = "text/html", Body = "<html>Not found</html>" } : reply),
        Status("broken JSON is a 500", (_, reply) => reply.Status == 400 ? new(500, null, "", []) : reply),
        Status("broken JSON is a refusal", (_, reply) => reply.Status == 400 ? Reply.Refusal("Unexpected error") : reply),
        Status("a problem is plain JSON", (_, reply) => reply.Status == 400 ? reply with { ContentType = "application/json; charset=utf-8" } : reply),
        Status("a long body is a 400", (_, reply) => reply.Status == 413 ? reply with { Status = 400 } : reply),
        Status("paths are read as written", (asked, reply) => asked.Path is "/VoucherRequest/Request" or "/VoucherRequest/RequestVoucherWithId" or "/Voucher/CancelVoucher" ? reply : new(404, null, "", [])),

        Key("a missing key is a 403", (_, reply) => reply.Says("was not provided") ? reply with { Status = 403 } : reply),
        Key("an unknown key is a 403", (_, reply) => reply.Says("Unauthorized client") ? reply with { Status = 403 } : reply),
        Key("a missing and an unknown key read alike", (_, reply) => reply.Replacing("Api Key was not provided", "Unauthorized client")),
        Key("a refused key is told in JSON", (_, reply) => reply.Status == 401 ? Reply.Json("{\"errorMessages\":[\"" + reply.Body + "\"],\"successfulRequest\":false}", 401) : reply),
        Key("a refused key is told how to come back", (_, reply) => reply.Status == 401 ? reply with { Headers = [.. reply.Headers, ("WWW-Authenticate", "ApiKey")] } : reply),
        Key("a refused key is told nothing", (_, reply) => reply.Status == 401 ? reply with { Body = "", ContentType = null } : reply),
        Deviation.Instead("authentication", "an unknown key is nobody's business", (_, reply) => reply.Says("Unauthorized client"), (asked, simulator) => simulator(asked.WithKey(Anyone))),
        Deviation.Instead("authentication", "cancelling needs no key", (asked, reply) => asked.IsCancel && reply.Says("was not provided"), (asked, simulator) => simulator(asked.WithKey(Anyone))),
        Deviation.OfCall("authentication", "a key may stand in the query", asked => asked.Key is null && asked.Query.Contains("X-API-KEY", StringComparison.Ordinal) ? asked.WithKey(Anyone) : asked),
        Deviation.Instead("authentication", "the key's header is read as written", (asked, _) => asked.Headers.Any(header => header.Name == "x-api-key"),
            (asked, simulator) => simulator(asked with { Headers = [] })),
        Deviation.Instead("authentication", "the body is read before the key", (asked, reply) => reply.Status == 401 && asked.Text == "{",
            (asked, simulator) => simulator(asked.WithKey(Anyone))),
        Deviation.Instead("authentication", "any client may use any campaign", (asked, _) => asked.Campaign == "LIMITED" && asked.Key == "outsider-key",
            (asked, simulator) => simulator(asked.WithKey(Anyone))),
        new("authentication", "any client may cancel any voucher", _ =>
        {
            Dictionary<string, string> owners = [];
            return async (asked, simulator) =>
            {
                if (asked.IsCancel && asked.Code is { } code && owners.TryGetValue(code, out var owner)) asked = asked.WithKey(owner);
                var reply = await simulator(asked);
                if (reply.Code is { } issued) owners[issued] = asked.Key!;
                return reply;
            };
        }),
    ];
}
