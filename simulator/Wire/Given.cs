using ImovoSim.Fidelity;
using ImovoSim.Journal;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>Gathers an operation's parameters from where the facts say that it looks for them.</summary>
internal static class Given
{
    /// <returns>Null, or the answer to a request that cannot be read.</returns>
    public static async ValueTask<Answer?> QueryAndForm(Call call, Parameters parameters, Fact place, int valueIndex)
    {
        var places = call.Facts[place];
        var formFirst = call.Facts.Says(Facts.Precedence, "query");
        if (formFirst && places.Contains("form", StringComparison.Ordinal))
            await RequestBody.ReadForm(call.Request, parameters);
        if (places.Contains("query", StringComparison.Ordinal))
            RequestBody.ReadQuery(call.Request, parameters);
        if (!formFirst && places.Contains("form", StringComparison.Ordinal))
            await RequestBody.ReadForm(call.Request, parameters);
        if (RequestBody.IsJson(call.Request) && await Json(call, parameters, places, valueIndex) is { } wrong)
            return wrong;
        return Accept(call, parameters);
    }

    // The page says "the request body must contain" and shows a query: whoever took it at its word is told, whichever answer is in force.
    private static async ValueTask<Answer?> Json(Call call, Parameters parameters, string places, int valueIndex)
    {
        if (!places.EndsWith("json", StringComparison.Ordinal))
        {
            Warn(call, "the JSON body is ignored: this operation reads a query or a form");
            return null;
        }

        Warn(call, "the JSON body is read only because the profile says so: the page's sample has its parameters in the query");
        var members = parameters.Empty();
        if (await Members(call, members, valueIndex) is { } wrong)
            return wrong;
        parameters.Add(members);
        return null;
    }

    /// <summary>Reads the JSON body.</summary>
    /// <returns>Null, or the answer to one that cannot be read.</returns>
    public static async ValueTask<Answer?> Members(Call call, Parameters parameters, int valueIndex)
    {
        if (JsonBody.Read(await RequestBody.Read(call.Request), parameters, valueIndex, call.Facts) is not { } wrong)
            return null;
        switch (call.Facts[Facts.MalformedJson])
        {
            case "required-messages":
                parameters.Clear();
                return null;
            case "400-envelope":
                return call.Service.Json.Refused(400, [wrong.Why]);
            case "500":
                return call.Service.Json.Refused(call.Asked.Operation, [Reason.Unexpected]);
            default:
                return Problem.For(wrong.Path, wrong.Why);
        }
    }

    private static void Warn(Call call, string text) => call.Http.Response.Headers.Append("X-Sim-Warning", text);

    /// <summary>What is unknown is ignored with a warning; what is no text is refused.</summary>
    public static Answer? Accept(Call call, Parameters parameters)
    {
        call.Given = parameters;
        if (parameters.Unreadable is { } unreadable && call.Facts.Says(Facts.UnreadableText, "400-problem"))
            return Problem.For(unreadable, $"The {unreadable} is not text: it has NUL, broken UTF-8 or half a surrogate pair.");
        if (parameters.Unknown.Count == 0)
            return null;
        if (call.Facts.Says(Facts.Unknown, "400-problem"))
            return Problem.For(parameters.Unknown[0], $"The parameter {parameters.Unknown[0]} is not known.");
        var names = string.Join(", ", parameters.Unknown.Take(5).Select(name => Printable(KeyMask.Text(name, call.Caller.Key))));
        Warn(call, $"ignored, because this operation does not know it: {names}");
        return null;
    }

    // A name goes into a header here, so nothing but letters that a header can hold.
    private static string Printable(string name) =>
        string.Concat(name.Take(40).Select(character => character is > ' ' and <= '~' ? character : '?'));
}
