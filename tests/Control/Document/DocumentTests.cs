using System.Text.Json.Nodes;
using ImovoSim.Control;
using ImovoSim.Faults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ImovoSim.Tests;

/// What /_sim/openapi.json says; Judge holds every control answer of all the tests here against it.
public sealed class DocumentTests
{
    private static async Task<(JsonObject Read, ServedDocument Served)> Document()
    {
        var body = (await Simulator.Shared.WithKey(null).Get("/_sim/openapi.json")).Body;
        return (JsonNode.Parse(body)!.AsObject(), new ServedDocument(body));
    }

    [Fact]
    public void Every_control_route_is_described()
    {
        var routes = Simulator.Shared.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/_sim", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count > 20);
        Assert.Empty(routes.Where(route => route.Metadata.GetMetadata<Func<RouteDescription>>() is null).Select(route => route.DisplayName));
    }

    [Fact]
    public async Task Every_member_of_every_body_is_described()
    {
        var (read, _) = await Document();
        var members = from schema in read["components"]!["schemas"]!.AsObject()
                      from member in schema.Value!["properties"]!.AsObject()
                      where (string?)member.Value!["description"] is not { Length: > 0 }
                      select $"{schema.Key}.{member.Key}";
        Assert.Empty(members);
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_a_tag_that_is_explained()
    {
        var (read, served) = await Document();
        var operations = served.Operations.Select(one => one.Operation).ToList();
        Assert.Equal(operations.Count, operations.Select(operation => (string)operation["operationId"]!).Distinct().Count());
        Assert.Subset(read["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToHashSet(), operations.Select(operation => (string)operation["tags"]![0]!).ToHashSet());
    }

    [Fact]
    public async Task The_program_in_a_process_of_its_own_serves_the_same_document()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        using var http = new HttpClient { BaseAddress = simulator.Address };
        Assert.Equal((await Simulator.Shared.WithKey(null).Get("/_sim/openapi.json")).Body, (await new Steered(http, null).Get("/_sim/openapi.json")).Body);
    }

    [Fact]
    public async Task The_kinds_of_faults_are_those_that_there_are()
    {
        var (read, _) = await Document();
        Assert.Equal(FaultKinds.All.Select(kind => kind.Name), read["components"]!["schemas"]!["FaultRequest"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(kind => (string)kind!));
    }

    [Fact]
    public async Task An_operation_asks_for_the_key_or_the_token_that_its_document_names()
    {
        var (_, served) = await Document();
        foreach (var (method, path, operation) in served.Operations)
        {
            var security = operation["security"]!.AsArray().SelectMany(one => one!.AsObject()).Select(one => one.Key).SingleOrDefault();
            // A stream would not end, so there it is asked for by a query that is refused.
            var target = path.Replace("{", "no", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal) + (path.EndsWith("/stream", StringComparison.Ordinal) ? "?status=none" : "");
            async Task<bool> Opens(Steered caller) => (await caller.Send(new HttpMethod(method.ToUpperInvariant()), target)).Status != 401;
            Assert.Equal((security, path, true), (security, path, security is null == await Opens(Simulator.Shared.WithKey(null))));
            Assert.Equal((security, path, true), (security, path, security != "admin" == await Opens(Simulator.Shared.Client())));
            Assert.Equal((security, path, true), (security, path, security != "apiKey" == await Opens(Simulator.Shared.Admin)));
        }
    }

    [Fact]
    public async Task The_judge_finds_what_its_document_does_not_allow()
    {
        var (_, served) = await Document();
        const string Clock = """{"mode":"real","now":"2026-08-02T23:00:00+01:00","offsetSeconds":0}""";
        const string Json = "application/json; charset=utf-8";
        served.Check("GET", "/_sim/clock", null, 200, Json, Clock);
        foreach (var wrong in new Action[]
        {
            () => served.Check("GET", "/_sim/clock", null, 200, Json, Clock.Replace("real", "slow", StringComparison.Ordinal)),
            () => served.Check("GET", "/_sim/clock", null, 200, Json, Clock.Replace("now", "then", StringComparison.Ordinal)),
            () => served.Check("GET", "/_sim/clock", null, 200, Json, Clock.Replace("+01:00", "", StringComparison.Ordinal).Replace("T", " at ", StringComparison.Ordinal)),
            () => served.Check("GET", "/_sim/clock", null, 200, "text/plain", Clock),
            () => served.Check("GET", "/_sim/clock", null, 204, null, ""),
            () => served.Check("PUT", "/_sim/clock", """{"mode":"real","til":"x"}""", 200, Json, Clock),
            () => served.Check("GET", "/_sim/clock?x=1", null, 200, Json, Clock),
            () => served.Check("GET", "/_sim/nothing", null, 200, Json, Clock),
        })
            Assert.ThrowsAny<Exception>(wrong);
    }
}
