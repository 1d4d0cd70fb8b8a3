using System.Text;
using ImovoSim.Clients;
using ImovoSim.Fidelity;

namespace ImovoSim.Wire;

/// <summary>The X-API-KEY of a call, and the answers to a missing and an unknown one.</summary>
internal static class ApiKeyHeader
{
    public const string Name = "X-API-KEY";

    public static ValueTask<(Caller? Caller, Answer? Refusal)> Check(HttpContext context, VoucherService service)
    {
        var facts = service.Facts;
        if (facts.Says(Facts.Network, "403-html"))
            return new((null, Forbidden()));
        var given = context.Request.Headers[Name];
        if (given.Count == 0 && facts.Says(Facts.KeyPlace, "header-or-query"))
            given = context.Request.Query[Name];
        if (given.Count == 0 || string.IsNullOrWhiteSpace(given[0]))
            return new((null, Refuse(facts[Facts.MissingKey], "Api Key was not provided", service)));
        if (given is not [{ } key])
            return new((null, Unauthorized(service)));
        var finding = service.Keys.Find(key, default);
        return finding is { IsCompletedSuccessfully: true, Result: { } client } ? new((new Caller(client, key), null)) : Check(finding, key, service);
    }

    private static async ValueTask<(Caller? Caller, Answer? Refusal)> Check(ValueTask<Client?> finding, string key, VoucherService service) =>
        await finding is { } client ? (new Caller(client, key), null) : (null, Unauthorized(service));

    public static Answer Unauthorized(VoucherService service) => Refuse(service.Facts[Facts.UnknownKey], "Unauthorized client", service);

    private static Answer Refuse(string how, string text, VoucherService service) => how switch
    {
        "401-envelope" => service.Json.Refused(401, [text]),
        "200-envelope" => service.Json.Refused(200, [text]),
        "403" => Answer.Bare(403),
        _ => new Answer(401, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text)),
    };

    private static Answer Forbidden() => new(
        403, "text/html", "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"u8.ToArray());
}
