using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImovoSim.Storage;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>One call of a control route that concerns one client.</summary>
internal sealed class ControlCall(HttpContext http, Caller caller, VoucherService service, IStore store)
{
    public HttpContext Http => http;

    public Caller Caller => caller;

    public VoucherService Service => service;

    public IStore Store => store;

    public DateTimeOffset RealNow { get; } = service.RealNow;

    public CancellationToken Cancelled => http.RequestAborted;

    public string? Route(string name) => http.GetRouteValue(name) as string;

    public string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>A whole number of the query, null where none is asked for; false where it is none, or out of bounds.</summary>
    public bool Number(string name, out long? number, long least = 0, long most = long.MaxValue)
    {
        number = null;
        if (Query(name) is not { } text)
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) || read < least || read > most)
            return false;
        number = read;
        return true;
    }

    /// <summary>Null, or the answer to a query that this route does not know: a misspelt filter must not pass for none.</summary>
    public Answer? RefuseOther(params ReadOnlySpan<string> known) => RefuseOther(http.Request, known);

    public static Answer? RefuseOther(HttpRequest request, params ReadOnlySpan<string> known)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!known.Contains(name))
                return ControlProblem.Wrong($"{name} is no parameter of this route{(known.IsEmpty ? ", which takes none" : $": there are {string.Join(", ", known)}")}.");
            if (values.Count > 1)
                return ControlProblem.Wrong($"{name} is there {values.Count} times: ask once for each.");
        }

        return null;
    }

    /// <summary>The last change that was asked for; it knows the client as it left it.</summary>
    public Change? Decided { get; private set; }

    public ValueTask<Outcome> Change(Change change)
    {
        Decided = change;
        return service.Change(caller, change);
    }

    /// <summary>The client as it is now, not as it was when its key was looked up.</summary>
    public async ValueTask<Look> Look(string? code = null)
    {
        var look = new Look(code, RealNow);
        await Change(look);
        return look;
    }

    public ValueTask<Answer> Reading<T>(JsonTypeInfo<T> type, Func<T, ValueTask<Answer>> answer)
        where T : class => ControlBody.Reading(http.Request, type, answer);
}

/// <summary>Reads a request's JSON, or says what is wrong with it.</summary>
internal static class ControlBody
{
    public static async ValueTask<Answer> Reading<T>(HttpRequest request, JsonTypeInfo<T> type, Func<T, ValueTask<Answer>> answer)
        where T : class
    {
        var bytes = await RequestBody.Read(request);
        try
        {
            // Without a body a request asks for all the defaults.
            if (JsonSerializer.Deserialize(bytes.Length == 0 ? "{}"u8 : bytes, type) is { } body)
                return await answer(body);
            return ControlProblem.Wrong("The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            return ControlProblem.Wrong(BodyFault.Of(e, type));
        }
    }
}
