using System.ComponentModel;
using ImovoSim.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace ImovoSim.Control;

/// <summary>Every refusal of a control route, as problem details (RFC 9457).</summary>
internal static class ControlProblem
{
    public const string ContentType = "application/problem+json; charset=utf-8";

    public static Answer Of(int status, string detail) => new(
        status, ContentType, ControlJson.Write(new ProblemBody("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail), ControlJson.Plain.ProblemBody));

    public static Answer Wrong(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static Answer NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static Answer Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    /// <summary>What routing answers by itself is empty; under /_sim it says what there is.</summary>
    public static void UseControlProblems(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.Path.StartsWithSegments("/_sim") ? Explained(context, next) : next(context));

    private static async Task Explained(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted)
            return;
        if (context.Response.StatusCode == StatusCodes.Status404NotFound && context.GetEndpoint() is null)
            await NotFound("There is no such control route: the README lists them.").Write(context.Response);
        else if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            await Of(StatusCodes.Status405MethodNotAllowed, $"This route takes {context.Response.Headers.Allow}.").Write(context.Response);
    }
}

internal sealed record ProblemBody(
    [property: Description("Always about:blank: the status says what kind of problem it is.")] string Type,
    [property: Description("The status in words.")] string Title,
    [property: Description("The HTTP status.")] int Status,
    [property: Description("What is wrong, and what to do.")] string Detail);
